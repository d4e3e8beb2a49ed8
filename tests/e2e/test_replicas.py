"""Two bots on one PostgreSQL: they share a story, and when one is killed or frozen the other goes on with it."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot import clock
from bot.demo.deployment import Deployment
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage, Process, start
from bot.demo.raising import arrived
from bot.demo.stage import ARCHIVE, Played, Stage
from bot.demo.story import stage_on
from bot.sandbox.client import Person, wait_for
from bot.slack.sending.life import LEASE_FOR
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from storage import Unit, peek
from storage.terms import IntentState
from tests.e2e.acts import answered, finished_by_commands, read, shown_twice
from tests.store_fixtures import postgres_database

pytestmark = pytest.mark.timeout(240)

PATIENCE_FOR = 60.0
DONE = "acknowledged"
LONGER_THAN_A_DELIVERY = 8.0
A_WORKING_DAY = timedelta(hours=7)
BLOCKER = "ai-gateway-dns"
WITNESSES = ("petra", "neil", "lena", "kofi", "dominic")


@dataclass(frozen=True)
class Pair:
    """Two bots, the stage on which they play, and the database that they share."""

    stage: Stage
    bots: tuple[Process, Process]

    @contextmanager
    def stored(self) -> Iterator[Unit]:
        """What the database holds."""
        backstage = self.stage.backstage
        with peek(backstage.deployment.database_url, backstage.folder) as unit:
            yield unit

    def holding(self, kind: EffectKind) -> Process:
        """The bot that is delivering an intent of that kind, once one is."""
        with_lease = wait_for(lambda: self._holder(kind), 20.0, f"a bot that delivers {kind}")
        return next(bot for bot in self.bots if with_lease == _replica(bot))

    def other(self, one: Process) -> Process:
        """The other bot."""
        return next(bot for bot in self.bots if bot is not one)

    def logged(self, burst: Played, kind: EntryKind) -> list[dict[str, object]]:
        """The bodies of a burst's log entries of one kind."""
        with self.stored() as unit:
            entries = unit.log.entries(_number(burst))
        return [dict(entry.body or {}) for entry in entries if entry.kind is kind]

    def delivered(self, burst: Played) -> bool:
        """Whether nothing of a burst waits to be sent."""
        with self.stored() as unit:
            waiting = unit.outbox.listed([IntentState.PENDING, IntentState.LEASED], burst_id=_number(burst))
            held = unit.outbox.listed([IntentState.HELD], burst_id=_number(burst))
        # What manners have looked at waits on purpose.
        return not waiting and all(row.held_until != row.created_at for row in held)

    def _holder(self, kind: EffectKind) -> str | None:
        with self.stored() as unit:
            leased = unit.outbox.listed([IntentState.LEASED])
        return next((row.holder for row in leased if row.kind is kind), None)


@pytest.fixture(scope="module")
def pair(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A workspace with two bots on one database."""
    folder = tmp_path_factory.mktemp("pair")
    time = PolicyTime(folder / "clock.json")
    with postgres_database(postgres, folder) as database:
        deployment = Deployment(database_url=database.url)
        with Backstage(folder, time, rate_limits="off", deployment=deployment) as backstage:
            second = backstage.process("serve", "--upgrade", log="second.log")
            try:
                second.start()
                backstage.start_bot()
                backstage.slack.wait_until_connected(2)
                stage = stage_on(backstage, io.StringIO(), PATIENCE_FOR)
                yield Pair(stage, (backstage.bot, second))
            finally:
                second.stop()


def test_the_one_goes_on_when_the_other_is_killed_in_the_middle_of_a_call(pair: Pair) -> None:
    stage, slack = pair.stage, pair.stage.backstage.slack
    petra, neil = stage.cast["petra"], stage.cast["neil"]
    blocker = stage.blockers[BLOCKER]
    slack.fail("conversations.create", "delay", after=True, delay_for=LONGER_THAN_A_DELIVERY)
    line = f"/burst open {blocker.family} site:NGH impact:2 urgency:2 {blocker.title}"
    key = answered(stage, "petra", line).split(" ")[0]
    wait_for(lambda: _channels(petra, key), 20.0, "a channel that its maker does not know of")

    killed = pair.holding(EffectKind.OPEN_CHANNEL)
    killed.kill()
    since = clock.monotonic()

    burst = arrived(stage, petra, key)
    print(f"taken over after {clock.monotonic() - since:.1f} s of at most {LEASE_FOR} s and a tick")  # noqa: T201
    assert _channels(petra, key) == [burst.name]
    stage.direct(neil, f"You are the accountable owner of {key}", "burst_accept")
    stage.command(neil, "/burst accept", burst.channel)
    start(killed)
    slack.wait_until_connected(2)
    finished_by_commands(stage, burst, blocker, "neil", "lena")
    read(stage, "stella", ARCHIVE, key)
    wait_for(lambda: pair.delivered(burst), 30.0)
    assert not shown_twice(stage, burst, WITNESSES)


def test_a_bot_that_was_frozen_does_no_harm_when_it_goes_on(pair: Pair) -> None:
    stage, slack = pair.stage, pair.stage.backstage.slack
    petra, neil = stage.cast["petra"], stage.cast["neil"]
    blocker = stage.blockers[BLOCKER]
    line = f"/burst open {blocker.family} site:NGH impact:2 urgency:2 {blocker.title}"
    burst = arrived(stage, petra, answered(stage, "petra", line).split(" ")[0])
    wait_for(lambda: pair.delivered(burst), 30.0)
    slack.fail("chat.postMessage", "delay", after=True, delay_for=LONGER_THAN_A_DELIVERY)
    stage.command(petra, "/burst update The name server is asked.", burst.channel)

    frozen = pair.holding(EffectKind.POST_NOTICE)
    frozen.freeze()
    try:
        # Slack gives each of the two every other command, and one of them cannot answer now.
        outcomes = {_typed(petra, "/burst update Nobody is there.", burst) == DONE for _ in range(2)}
        assert outcomes == {True, False}
        stage.backstage.time.forward(A_WORKING_DAY)
        wait_for(lambda: "accept" in _missed(pair, burst), 30.0, "the missed clock")
        wait_for(lambda: pair.delivered(burst), PATIENCE_FOR, "what the frozen bot had begun")
    finally:
        frozen.go_on()

    wait_for(lambda: "taken_for_dead" in frozen.said(), 30.0, "a bot that knows that it was away")
    _insist(neil, "/burst accept", burst)
    _insist(neil, "/burst update It answers again.", burst)
    wait_for(lambda: pair.delivered(burst), PATIENCE_FOR)
    updates = [body["text"] for body in pair.logged(burst, EntryKind.UPDATE)]
    assert updates == ["The name server is asked.", "Nobody is there.", "It answers again."]
    assert max(_missed(pair, burst).values()) == 1
    assert not shown_twice(stage, burst, WITNESSES)
    finished_by_commands(stage, burst, blocker, "neil", "lena")
    read(stage, "stella", ARCHIVE, burst.key)


def _channels(person: Person, key: str) -> list[str]:
    """The names of a burst's channels."""
    names = (str(channel.get("name", "")) for channel in person.channels())
    return [name for name in names if name.startswith(f"{key.lower()}-")]


def _typed(person: Person, line: str, burst: Played) -> str:
    """What becomes of a command."""
    return str(person.command(line, burst.channel)["outcome"])


def _insist(person: Person, line: str, burst: Played) -> None:
    """Type a command until it is taken: every other one may reach a bot that cannot answer, or not yet."""
    wait_for(lambda: _typed(person, line, burst) == DONE, 30.0, line)


def _missed(pair: Pair, burst: Played) -> Counter[object]:
    """How often each kind of promise is said to be missed."""
    return Counter(body["kind"] for body in pair.logged(burst, EntryKind.MISSED))


def _number(burst: Played) -> int:
    return int(burst.key.removeprefix("BURST-"))


def _replica(bot: Process) -> str:
    """The name under which a bot is known to the others, as it says in its log."""
    (line,) = (line for line in bot.said().splitlines() if re.search(r'"event": "serving"', line))
    return str(json.loads(line)["replica"])
