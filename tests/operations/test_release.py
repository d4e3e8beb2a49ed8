"""What is held reaches people with manners: at once, later, along with another, in a summary, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot import clock
from bot.operations.accept import accept
from bot.operations.change_severity import change_severity
from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from bot.operations.release import release_due
from bot.programme import Programme
from bot.programme.people import People
from bot.scheduling.sweep import ring_due, sweep
from bot.taskforce.effects import CELL, Attention, Effect, EffectKind, person_lane
from bot.taskforce.terms import Severity, Standing
from storage.outbox import Intent, OutboxRow
from storage.terms import IntentState
from tests.operations.story import INTAKE, OWNER, RAISER, by, known, opened

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
DAWN = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
REMINDER: dict[str, str | int] = {"user": OWNER, "rank": "reminder", "clock": 1}
MILD = replace(INTAKE, impact=2, urgency=3)


class Day:
    """Policy time in the hands of a test."""

    def __init__(self, frozen: FrozenDateTimeFactory) -> None:
        self._frozen = frozen

    def move_to(self, at: datetime) -> None:
        """Let it be ``at``."""
        self._frozen.move_to(at)


@pytest.fixture
def day() -> Iterator[Day]:
    """Tuesday morning, until the test moves it."""
    with freeze_time(MORNING) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield Day(frozen)


@pytest.fixture
def quiet(office: Office, programme: Programme) -> Office:
    """An office of people who sleep at night."""
    organisation = programme.file.organisation.model_copy(update={"quiet": "20:00-07:00"})
    calm = Programme(programme.file.model_copy(update={"organisation": organisation}))
    known(office, OWNER, Standing.MEMBER)  # in London, by what Slack says
    return replace(office, programme=lambda: calm)


def rows(office: Office, audience: str, *states: IntentState) -> list[OutboxRow]:
    """What there is for somebody, in these states."""
    with office.store.read() as unit:
        found = unit.outbox.listed(states or tuple(IntentState), limit=1000)
    return [row for row in found if row.audience == audience]


def release(office: Office) -> int:
    """Let go what may go now."""
    return release_due(office, clock.now())


def burst_of(office: Office, intent_id: int) -> int | None:
    """The burst of an intent."""
    with office.store.read() as unit:
        found = unit.outbox.get(intent_id)
    return None if found is None else found.burst_id


def sent(office: Office, audience: str) -> list[OutboxRow]:
    """The messages that are on their way to somebody."""
    return rows(office, audience, IntentState.PENDING)


def test_a_question_goes_with_the_next_tick(office: Office, day: Day) -> None:
    """Nothing is in its way."""
    opened(office)
    assert sent(office, OWNER) == []
    assert release(office) >= 1
    (asked,) = sent(office, OWNER)
    assert (asked.subject["rank"], asked.released_at) == ("assigned", MORNING)
    assert release(office) == 0


def test_what_rang_before_a_crash_is_let_go_after_it(office: Office, day: Day) -> None:
    """Between ring and release nothing is lost, and nothing is told twice."""
    opened(office)
    day.move_to(MORNING + timedelta(minutes=30))
    ring_due(office)
    held = {row.id for audience in (OWNER, CELL) for row in rows(office, audience, IntentState.HELD)}
    assert held

    day.move_to(MORNING + timedelta(minutes=31))
    release(office)
    release(office)

    after = [row for audience in (OWNER, CELL) for row in rows(office, audience)]
    assert {row.id for row in after if row.released_at == MORNING + timedelta(minutes=31)} >= held


def test_a_reminder_waits_behind_a_question_and_a_kept_promise_drops_it(office: Office, day: Day) -> None:
    """Warned seven minutes after the question; accepted before the reminder would have been sent."""
    burst = opened(office)
    day.move_to(MORNING + timedelta(minutes=29))
    release(office)
    reminder = Effect(EffectKind.PING, person_lane(OWNER), REMINDER, attention=Attention(OWNER))
    with office.store.write() as unit:
        unit.outbox.add([Intent(reminder, burst.id, burst.version)], now=clock.now())
    release(office)
    (waits,) = rows(office, OWNER, IntentState.HELD)
    assert waits.held_until == MORNING + timedelta(minutes=39)

    accept(office, by(OWNER), burst.id)
    day.move_to(MORNING + timedelta(minutes=39))
    release(office)
    assert [row.id for row in rows(office, OWNER, IntentState.DROPPED)] == [waits.id]


def test_many_bursts_at_once_are_one_message(office: Office, day: Day) -> None:
    """After a night of downtime their owner reads once; the questions of yesterday stay as they were."""
    numbers = [opened(office).id for _ in range(4)]
    release(office)
    questions = {row.id for row in sent(office, OWNER)}
    assert len(questions) == 4
    day.move_to(MORNING + timedelta(days=1))
    sweep(office)

    (message,) = [row for row in sent(office, OWNER) if row.id not in questions]
    along = [row for row in rows(office, OWNER, IntentState.MERGED) if row.carrier == message.id]
    assert {row.burst_id for row in (message, *along)} == set(numbers)


def test_many_escalations_at_once_are_one_message_to_the_cell(office: Office, day: Day) -> None:
    """All of them were opened in one moment, and nobody has answered."""
    numbers = [opened(office).id for _ in range(3)]
    now = MORNING
    while not sent(office, CELL):
        now += timedelta(minutes=30)
        assert now < MORNING + timedelta(days=2)
        day.move_to(now)
        sweep(office)

    (message,) = sent(office, CELL)
    along = rows(office, CELL, IntentState.MERGED)
    assert {row.burst_id for row in (message, *along)} == set(numbers)


def test_two_bursts_are_two_messages(office: Office, day: Day) -> None:
    """A summary of two would be longer than they are."""
    for _ in range(2):
        opened(office)
    day.move_to(MORNING + timedelta(days=1))
    sweep(office)
    assert {row.burst_id for row in sent(office, OWNER)} == {1, 2}
    assert all(
        row.carrier is None or row.burst_id == burst_of(office, row.carrier) for row in rows(office, OWNER)
    )


def test_the_most_severe_burst_leads(office: Office, day: Day) -> None:
    """It is its message that the others join."""
    for _ in range(3):
        open_burst(office, by(RAISER), MILD)
    severe = opened(office)
    release(office)
    asked = {row.id for row in sent(office, OWNER)}
    day.move_to(MORNING + timedelta(days=3))
    sweep(office)
    (summary,) = [row for row in sent(office, OWNER) if row.id not in asked]
    assert summary.burst_id == severe.id


def test_a_higher_rank_has_the_older_message_say_that_it_was_overtaken(office: Office, day: Day) -> None:
    """Asked a minute before the promise was missed."""
    number = opened(office).id
    day.move_to(MORNING + timedelta(minutes=29))
    release(office)
    (asked,) = sent(office, OWNER)
    day.move_to(MORNING + timedelta(minutes=30))
    sweep(office)
    with office.store.read() as unit:
        about = unit.outbox.listed(tuple(IntentState), burst_id=number, limit=500)
    settled = [row.subject for row in about if row.kind is EffectKind.SETTLE_PINGS]
    assert {"user": OWNER, "overtaken": asked.id} in settled


class TestQuietHours:
    """Of sev3 and sev4, in the person's own zone."""

    def test_what_can_wait_does_until_the_morning(self, quiet: Office, day: Day) -> None:
        """Told once, when the night is over where the person's site is."""
        day.move_to(NIGHT)
        burst = open_burst(quiet, by(RAISER), MILD)
        assert burst.severity >= Severity.SEV3
        release(quiet)
        (waits,) = rows(quiet, OWNER, IntentState.HELD)
        assert waits.held_until == DAWN
        day.move_to(DAWN - timedelta(seconds=1))
        assert release(quiet) == 0
        day.move_to(DAWN)
        release(quiet)
        assert [row.id for row in sent(quiet, OWNER)] == [waits.id]

    def test_what_cannot_wait_does_not(self, quiet: Office, day: Day) -> None:
        """Sev2 at night."""
        day.move_to(NIGHT)
        assert opened(quiet).severity is Severity.SEV2
        release(quiet)
        assert len(sent(quiet, OWNER)) == 1

    def test_raising_the_severity_wakes_people(self, quiet: Office, day: Day) -> None:
        """What was put off for the morning is told now."""
        day.move_to(NIGHT)
        number = open_burst(quiet, by(RAISER), MILD).id
        release(quiet)
        assert sent(quiet, OWNER) == []
        change_severity(quiet, by(RAISER), number, 1, 1, "All scanners stand still")
        release(quiet)
        assert sent(quiet, OWNER)

    def test_a_clock_that_jumps_ahead_tells_everything_once(self, quiet: Office, day: Day) -> None:
        """Into the next day, past the end of the night."""
        day.move_to(NIGHT)
        open_burst(quiet, by(RAISER), MILD)
        release(quiet)
        day.move_to(DAWN + timedelta(hours=5))
        sweep(quiet)
        sweep(quiet)
        assert rows(quiet, OWNER, IntentState.HELD) == []


def test_one_person_who_cannot_be_told_holds_up_nobody(
    office: Office, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect about one person is looked at again after a minute; everybody else is told now."""

    def quiet_until(_people: People, user: str, _zone: str, _at: datetime) -> datetime | None:
        if user == OWNER:
            raise RuntimeError("a defect of ours")
        return None

    burst = open_burst(office, by(RAISER), MILD)
    told = Effect(
        EffectKind.PING, person_lane(RAISER), {**REMINDER, "user": RAISER}, attention=Attention(RAISER)
    )
    with office.store.write() as unit:
        unit.outbox.add([Intent(told, burst.id, burst.version)], now=clock.now())
    monkeypatch.setattr(People, "quiet_until", quiet_until)
    release(office)
    assert sent(office, RAISER)
    assert sent(office, OWNER) == []

    monkeypatch.undo()
    day.move_to(MORNING + timedelta(seconds=61))
    release(office)
    assert sent(office, OWNER)
