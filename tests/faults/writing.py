"""People who write, edit, delete, answer and share in a burst's channel while the bot is away, and its transcript."""

import os
import random
import signal
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.client import Person, Refused, texts_of, wait_for
from bot.taskforce.terms import State
from bot.taskforce.transcript import Message
from tests.faults.runs import Run, drawn
from tests.faults.world import World, world

WITHIN = 120.0
STEPS = 60
KILLS = 4
# Slack is out of the bot's reach for so many steps.
AWAY_FOR = 12
WRITERS = ("priya", "gudrun", "dominic")
GRACE_FOR = timedelta(hours=25)
_LINE = "open network_provisioning site:SBH impact:2 urgency:2 Viewer rule missing"


@dataclass
class Writing:
    """What was written in the channel of burst ``number``: the messages that stand, and what became of the others."""

    living: World
    number: int
    chance: random.Random
    channel: str = ""
    standing: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    edited: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    written: int = 0

    def raised(self) -> None:
        """Raised, with a channel of its own and its writers in it."""
        raiser = self.living.person(WRITERS[0])
        wait_for(lambda: _answered(raiser, _LINE), WITHIN, "raised")
        self.channel = wait_for(self._home, WITHIN, "a channel")
        for name in WRITERS[1:]:
            raiser.change_channel(self.channel, "invite", self.living.person(name).id)

    def step(self) -> None:
        """One of the things that people do in a channel, drawn."""
        acts = (
            self._say,
            self._say,
            self._answer,
            self._answer,
            self._edit,
            self._edit,
            self._delete,
            self._share,
        )
        self.chance.choice(acts)()

    def ended(self) -> None:
        """Withdrawn, and after its grace archived with everything told."""
        raiser = self.living.person(WRITERS[0])
        line = f"cancel BURST-{self.number} withdrawn Played to its end"
        wait_for(lambda: self._is_in(State.CLOSED) or _answered(raiser, line), WITHIN, "cancelled")
        wait_for(lambda: self._is_in(State.CLOSED), WITHIN, "closed")

    def archived(self) -> None:
        """The grace is over, and the channel archived: nothing can be written any more."""
        self.living.move_time(GRACE_FOR)
        raiser = self.living.person(WRITERS[0])
        wait_for(lambda: raiser.channel(self.channel)["is_archived"], WITHIN, "the channel archived")

    def shown(self) -> dict[str, dict[str, Any]]:
        """Everything that the sandbox's channel holds, by its ``ts``."""
        reader = self.living.person(WRITERS[0])
        above = [one for one in reader.messages(self.channel) if not one["is_ephemeral"]]
        threads = (reader.messages(self.channel, one["ts"]) for one in above if one.get("reply_count"))
        everything = (*above, *(reply for thread in threads for reply in thread))
        # What Slack writes when the channel is archived stands behind all that could be read.
        return {one["ts"]: one for one in everything if one.get("subtype") != "channel_archive"}

    def kept(self) -> dict[str, Message]:
        """The transcript, by ``ts``."""
        with self.living.stored() as unit:
            return {one.ts: one for one in unit.transcripts.page(self.number, limit=100_000)}

    def _home(self) -> str:
        burst = self.living.burst(self.number)
        return "" if burst is None or burst.place is None else burst.place.channel

    def _is_in(self, state: State) -> bool:
        burst = self.living.burst(self.number)
        return burst is not None and burst.state is state

    def _say(self) -> None:
        self._wrote(*self._written(None))

    def _answer(self) -> None:
        parents = [
            one for _, one in self.standing if not one.get("thread_ts") or one["thread_ts"] == one["ts"]
        ]
        self._wrote(*self._written(self.chance.choice(parents)["ts"] if parents else None))

    def _written(self, thread: str | None) -> tuple[Person, dict[str, Any]]:
        person = self.living.person(self.chance.choice(WRITERS))
        return person, person.say(self.channel, self._words(), thread)

    def _share(self) -> None:
        person = self.living.person(self.chance.choice(WRITERS))
        self._wrote(person, person.upload(self.channel, "rule.txt", "permit any", self._words()))

    def _edit(self) -> None:
        if self.standing:
            person, message = self.chance.choice(self.standing)
            person.edit(message, self._words())
            self.edited.add(message["ts"])

    def _delete(self) -> None:
        if self.standing:
            person, message = self.standing.pop(self.chance.randrange(len(self.standing)))
            person.delete(message)
            self.deleted.add(message["ts"])

    def _words(self) -> str:
        self.written += 1
        return f"Line {self.written}: the rule is <on> & off"

    def _wrote(self, person: Person, message: dict[str, Any]) -> None:
        self.standing.append((person, message))


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """One channel each, in a workspace of its own."""
    for index in indices:
        with world(folder / f"run-{index}") as living:
            yield told(living, seed, index)


def told(living: World, seed: int, index: int) -> Run:
    """A channel that is written in while the bot is killed or cut off: in its life, at its closing and at its archiving."""
    chance = drawn("transcripts", seed, index)
    story = Writing(living, 1, chance)
    story.raised()
    weather = _weather(chance)
    for number in range(STEPS):
        for befalls in weather.get(number, ()):
            befalls(living)
        story.step()
    back(living)
    story.ended()
    kill(living)
    for _ in range(STEPS // 6):
        story.step()
    living.slack.wait_until_connected(within=WITHIN)
    story.archived()
    numbers = {
        "channels": 1,
        "kills": len(living.bot.deaths),
        "times without Slack": 1,
        "messages": story.written,
        "edited": len(story.edited),
        "deleted": len(story.deleted),
    }
    return Run("transcripts", seed, index, numbers, {}, tuple(differences(story)))


def _weather(chance: random.Random) -> Mapping[int, Sequence[Callable[[World], None]]]:
    """What befalls the bot before which step, drawn."""
    befalls: defaultdict[int, list[Callable[[World], None]]] = defaultdict(list)
    for step in chance.sample(range(STEPS), KILLS):
        befalls[step].append(chance.choice((kill, restart)))
    away = chance.randrange(STEPS - AWAY_FOR)
    befalls[away].append(cut_off)
    befalls[away + AWAY_FOR].append(back)
    return befalls


def kill(living: World) -> None:
    """SIGKILL; the bot comes back in its own time, and people go on meanwhile."""
    died = len(living.bot.deaths)
    os.kill(living.bot.pid, signal.SIGKILL)
    wait_for(lambda: len(living.bot.deaths) > died, WITHIN, "dead")


def restart(living: World) -> None:
    """SIGKILL, and nobody writes until it is back, unless Slack is out of reach."""
    kill(living)
    if not living.slack.get("/faults")["outage"]:
        living.slack.wait_until_connected(within=WITHIN)


def cut_off(living: World) -> None:
    """Slack is out of the bot's reach, and people go on meanwhile."""
    living.slack.outage(3600.0)


def back(living: World) -> None:
    """Slack is in reach, and the bot there."""
    living.slack.heal()
    living.slack.wait_until_connected(within=WITHIN)


def differences(story: Writing) -> Iterator[str]:
    """Where the transcript is not what the channel holds, in words."""
    shown, kept = story.shown(), story.kept()
    for ts, message in shown.items():
        one = kept.get(ts)
        if one is None:
            yield f"{ts} is missing"
        elif message.get("subtype") == "tombstone":
            if not one.deleted or one.text:
                yield f"{ts} was deleted, and is kept as {one.text!r}"
        elif one.deleted or _as_shown(message) != _as_kept(one):
            yield f"{ts} is {_as_kept(one)}, and the channel shows {_as_shown(message)}"
        if one is not None and ts in story.edited and not one.deleted and not one.edited_at:
            yield f"{ts} was edited, which is not told"
    for ts, one in kept.items():
        if ts not in shown and not one.deleted:
            yield f"{ts} was deleted, and is kept as {one.text!r}"
    with story.living.stored() as unit:
        yield from (f"a gap: {gap}" for gap in unit.transcripts.reading(story.number).gaps)


def _as_shown(message: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    thread = message.get("thread_ts", "")
    files = tuple(file["id"] for file in message.get("files", ()))
    return "" if thread == message["ts"] else thread, message["text"], files


def _as_kept(message: Message) -> tuple[str, str, tuple[str, ...]]:
    return message.thread, message.text, tuple(file.id for file in message.files)


def _answered(person: Person, line: str) -> bool:
    try:
        return "BURST-" in texts_of(person.command(f"/burst {line}").get("message") or {})
    except Refused:
        return False
