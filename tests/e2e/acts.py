"""What the stories do and look for, beyond the acts that the demonstration has."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.demo.blockers import Blocker
from bot.demo.finishing import prove_by_commands, resolve_by_command, tick_everything
from bot.demo.raising import raise_in_a_line, raise_in_pages
from bot.demo.stage import Played, Shown, Stage, newest
from bot.sandbox.client import Person, texts_of, wait_for

# On PostgreSQL what a killed bot was just sending is given back when its lease is over.
PATIENCE_FOR = 40.0


def opened(stage: Stage, raiser: str, blocker: str) -> tuple[Played, Blocker]:
    """A blocker of the demonstration, raised in pages."""
    chosen = stage.blockers[blocker]
    return raise_in_pages(stage, stage.cast[raiser], chosen), chosen


def opened_in_a_line(stage: Stage, raiser: str, blocker: str) -> tuple[Played, Blocker]:
    """A blocker of the demonstration, raised with one command."""
    chosen = stage.blockers[blocker]
    return raise_in_a_line(stage, stage.cast[raiser], chosen), chosen


def closed_by_commands(stage: Stage, burst: Played, blocker: Blocker, owner: str, *signers: str) -> None:
    """From assigned to closed in the quickest way there is."""
    stage.command(stage.cast[owner], "/burst accept", burst.channel)
    finished_by_commands(stage, burst, blocker, owner, *signers)


def finished_by_commands(stage: Stage, burst: Played, blocker: Blocker, owner: str, *signers: str) -> None:
    """From accepted to closed: whatever keeps the burst open is ticked, the rest is proven and signed."""
    tick_everything(stage, stage.cast[owner], burst)
    prove_by_commands(stage, stage.cast[owner], burst, blocker.evidence)
    resolve_by_command(stage, stage.cast[owner], burst, blocker)
    for signer in signers:
        stage.command(stage.cast[signer], "/burst signoff", burst.channel)


def owner_of(stage: Stage, reader: str, burst: Played) -> Person:
    """Whom the card names as accountable owner."""
    card = state_on_card(stage, reader, burst)
    named = re.search(r"\*Accountable owner\*\n<@(\w+)>", card)
    assert named, card
    return stage.cast.whose(named[1])


def read(stage: Stage, reader: str, channel: str, words: str) -> Shown:
    """What somebody reads in a channel, once it is there."""
    person = stage.cast[reader]
    return wait_for(
        lambda: newest(person.messages(channel), words), PATIENCE_FOR, f"{reader} reads “{words}”"
    )


def answered(stage: Stage, person: str, line: str, channel: str = "app") -> str:
    """All that a command answers this person alone."""
    answer = stage.cast[person].command(line, channel)
    assert answer["outcome"] == "acknowledged", answer
    return texts_of(answer["message"] or {})


def told_alone(stage: Stage, person: str, channel: str, words: str) -> Shown:
    """An ephemeral message with these words, once it is there."""
    someone = stage.cast[person]

    def look() -> Shown:
        return newest([m for m in someone.messages(channel) if m.get("is_ephemeral")], words)

    return wait_for(look, 10, f"{person} is told alone: {words}")


def state_on_card(stage: Stage, reader: str, burst: Played) -> str:
    """All that the card says now."""
    return texts_of(stage.card(stage.cast[reader], burst))


def wait_for_card(stage: Stage, reader: str, burst: Played, words: str) -> None:
    """Wait until the card says so."""
    wait_for(lambda: words in state_on_card(stage, reader, burst), PATIENCE_FOR, f"a card with “{words}”")


def archived(person: Person, burst: Played) -> bool:
    """Whether the burst's channel is archived."""
    return bool(person.channel(burst.channel)["is_archived"])


def shown_twice(stage: Stage, burst: Played, witnesses: Iterable[str]) -> list[str]:
    """The intents of which these people see two messages, in the burst's channel or alone."""
    seen = {
        (message["channel"], message["ts"]): message["metadata"]["event_payload"]["op"]
        for person in (stage.cast[name] for name in witnesses)
        for message in (*person.messages(burst.channel), *person.dms())
        if message.get("metadata")
    }
    return [op for op, times in Counter(seen.values()).items() if times > 1]
