"""The worst hour of a burst: no channel, no Slack, no disk, two kills; and every promise is accounted for."""

import io
import resource
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest

from bot.demo.finishing import add_evidence, confirm, resolve, sign_off, tick_everything
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage, Process, is_alive
from bot.demo.raising import opened_in_pages
from bot.demo.stage import ARCHIVE, STEERING, Played, Stage
from bot.demo.story import stage_on
from bot.reports.words import CLOCK
from bot.sandbox.client import SandboxClient, texts_of, wait_for
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, EntryKind
from storage import Unit, peek
from tests.e2e.acts import answered, read, shown_twice, wait_for_card

pytestmark = pytest.mark.timeout(240)

PATIENCE_FOR = 60.0
BLOCKER = "vpn-drops-large-studies"
A_QUARTER = timedelta(minutes=15)
FORTY_MINUTES = timedelta(minutes=40)
THREE_QUARTERS = timedelta(minutes=45)
# Steps of the ladder of an unaccepted burst, with the minutes after which they are reached.
RUNGS = {2: 25, 3: 30}
UNACCEPTED = "Unaccepted: 45 min"
# Real seconds; the story ends the outage itself.
LONGER_THAN_THE_STORY = 600.0


@pytest.fixture
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A workspace of its own, since its bot's log is full of errors in the end."""
    folder = tmp_path_factory.mktemp("worst-hour")
    with Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off") as backstage:
        backstage.start_bot()
        yield stage_on(backstage, io.StringIO(), PATIENCE_FOR)


def test_the_worst_hour(stage: Stage) -> None:
    slack, time = stage.backstage.slack, stage.backstage.time
    blocker = stage.blockers[BLOCKER]
    odile, neil, dominic, colm, tomas = (
        stage.cast[name] for name in ("odile", "neil", "dominic", "colm", "tomas")
    )

    # Slack lets nobody make a channel, so a person brings one; and the bot is killed right after that.
    slack.switch(refuse_channel_creation=True)
    opened_at = time.now()
    key = opened_in_pages(stage, odile, blocker)
    stage.posted(neil, "stream-infrastructure", f"{key} ·", "burst_accept")
    room = slack.add_channel("a-room-of-our-own", members=["odile", "neil", "dominic"], app=True)
    answered(stage, "odile", f"/burst attach {key}", room["id"])
    stage.backstage.kill_bot()
    stage.backstage.start_bot()
    burst = Played(key, room["id"], room["name"])
    wait_for_card(stage, "odile", burst, "has not accepted yet")

    # For forty minutes Slack is away. The time to accept ends meanwhile, and the bot is killed and comes back.
    with _slack_away(slack):
        stage.until(opened_at + A_QUARTER, "a quarter of an hour")
        wait_for(lambda: _missed(stage, burst, ClockKind.ACCEPT), 30.0, "a promise that is missed unseen")
        stage.backstage.kill_bot()
        stage.backstage.bot.start()
        wait_for(lambda: is_alive(stage.backstage.bot), 30.0, "a bot that lives without Slack")
        for steps, minutes in RUNGS.items():
            stage.until(opened_at + timedelta(minutes=minutes), f"{minutes} minutes")
            wait_for(partial(_has_climbed, stage, burst, steps), 30.0, "a ladder that is climbed unseen")
        stage.until(opened_at + FORTY_MINUTES, "forty minutes")
    slack.wait_until_connected(within=PATIENCE_FOR)

    # The next step of the ladder is the steering cell, which decides.
    stage.until(opened_at + THREE_QUARTERS, "three quarters of an hour")
    card = stage.posted(dominic, STEERING, key, "steering_decide")
    stage.write(dominic, card, "steering_decide", "Night work goes to the other site until it is fixed.")
    read(stage, "odile", burst.channel, "Night work goes to the other site")
    stage.command(neil, "/burst accept", burst.channel)

    # The three quarters were nobody's, and whoever asks is told.
    wait_for_card(stage, "odile", burst, "(accepted)")
    so_far = answered(stage, "dominic", f"/burst status {key}")
    assert "Where the time went so far" in so_far
    assert UNACCEPTED in so_far

    # The disk is full: the update is refused in words, nothing of it is kept, and afterwards it is taken.
    update = f"/burst update {blocker.fix}"
    with _full_disk(stage.backstage.bot):
        assert "Nothing was changed" in answered(stage, "neil", update, burst.channel)
    stage.command(neil, update, burst.channel)
    read(stage, "odile", burst.channel, blocker.fix[:40])
    assert _logged(stage, burst, EntryKind.UPDATE) == 1

    # It is fixed, proven and signed, and the summary knows of it all.
    tick_everything(stage, neil, burst)
    add_evidence(stage, neil, burst, blocker.evidence)
    resolve(stage, neil, burst, blocker)
    confirm(stage, odile, burst)
    sign_off(stage, (colm, tomas), burst)
    summary = texts_of(read(stage, "stella", ARCHIVE, "Time to resolve"))
    assert {words for words in _accounts(_stored(stage, burst)) if words not in summary} == set()
    assert f"{CLOCK[ClockKind.ACCEPT]}: 0 kept, 1 missed" in summary
    assert "Night work goes to the other site" in summary
    assert UNACCEPTED in summary
    assert "of the time passed without an owner who had accepted." in summary
    assert not shown_twice(stage, burst, ("odile", "neil", "dominic", "kofi", "colm", "tomas"))


@contextmanager
def _slack_away(slack: SandboxClient) -> Iterator[None]:
    """Nothing reaches Slack, and nothing comes from it."""
    slack.outage(LONGER_THAN_THE_STORY)
    try:
        yield
    finally:
        slack.heal()


@contextmanager
def _full_disk(bot: Process) -> Iterator[None]:
    """No file of the bot's can grow, its database's or its log's."""
    soft, hard = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _looking(stage: Stage) -> Iterator[Unit]:
    """What the database holds, read beside the bot."""
    data = stage.backstage.folder / "data"
    with peek(f"sqlite:///{data / 'burst.db'}", data) as unit:
        yield unit


def _stored(stage: Stage, burst: Played) -> Burst:
    with _looking(stage) as unit:
        found = unit.bursts.get(_number(burst))
    assert found is not None
    return found


def _logged(stage: Stage, burst: Played, kind: EntryKind) -> int:
    """How many entries of that kind the log has."""
    with _looking(stage) as unit:
        return sum(entry.kind is kind for entry in unit.log.entries(_number(burst)))


def _missed(stage: Stage, burst: Played, kind: ClockKind) -> bool:
    """Whether a promise of that kind is known to be missed."""
    return any(one.kind is kind and one.missed_at is not None for one in _stored(stage, burst).clocks)


def _has_climbed(stage: Stage, burst: Played, steps: int) -> bool:
    """Whether the clock of the acceptance has reached so many steps of its ladder."""
    clocks = (one for one in _stored(stage, burst).clocks if one.kind is ClockKind.ACCEPT)
    return any(len(one.fired) >= steps for one in clocks)


def _accounts(burst: Burst) -> set[str]:
    """What the summary has to say of the promises, counted here from the clocks alone."""
    assert not [one for one in burst.clocks if one.state in {ClockState.ARMED, ClockState.PAUSED}]
    kept = Counter(one.kind for one in burst.clocks if one.state is ClockState.MET and not _was_missed(one))
    missed = Counter(one.kind for one in burst.clocks if _was_missed(one))
    return {f"{CLOCK[kind]}: {kept[kind]} kept, {missed[kind]} missed" for kind in {*kept, *missed}}


def _was_missed(one: ResponseClock) -> bool:
    return one.missed_at is not None or (one.met_at is not None and one.met_at > one.due_at)


def _number(burst: Played) -> int:
    return int(burst.key.removeprefix("BURST-"))
