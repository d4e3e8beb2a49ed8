"""The bot is away for seconds, hours or days, or its clock is set: each promise is told once, in order, and says why it is late."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot import clock
from bot.operations.attendance import Attendance
from bot.operations.office import Office
from bot.operations.post_update import post_update
from bot.operations.watchdog import Watchdog
from bot.scheduling.sweep import ring_due
from bot.taskforce.auditing.watching import Alarm
from bot.taskforce.terms import EntryKind
from storage.log import LogEntry
from storage.terms import IntentState
from tests.operations.story import OWNER, accepted, by, opened

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)  # a sev2 has it to be accepted
TOLD = (EntryKind.WARNED, EntryKind.MISSED, EntryKind.ESCALATED, EntryKind.RESUMED)


@pytest.fixture
def time() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(TUESDAY) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Path]:
    """The file that moves policy time while the machine's clock goes on."""
    file = tmp_path / "clock"
    clock.use_shift_file(file)
    yield file
    clock.use_shift_file(None)


def shift(hand: Path, by_for: timedelta) -> None:
    """Set the policy clock that much before or after the machine's."""
    clock.write_shift(hand, clock.Shift(by_for))


def keep_up(office: Office, attendance: Attendance, time: FrozenDateTimeFactory, until: datetime) -> None:
    """Sweep every few seconds until that machine time."""
    while clock.machine() < until:
        time.tick(timedelta(seconds=10))
        ring_due(office, attendance)


def sweep_on(office: Office, time: FrozenDateTimeFactory, until: datetime) -> None:
    """Sweep once a minute until that machine time."""
    while clock.machine() < until:
        time.tick(timedelta(minutes=1))
        ring_due(office)


def entries(office: Office, number: int) -> list[LogEntry]:
    with office.store.read() as unit:
        return list(unit.log.entries(number))


def told(office: Office, number: int) -> list[LogEntry]:
    """What the bot told by itself."""
    return [entry for entry in entries(office, number) if entry.kind in TOLD]


def times_told(office: Office, number: int) -> Counter[tuple[object, ...]]:
    return Counter(
        (e.kind, (e.body or {}).get("clock"), (e.body or {}).get("step"), (e.body or {}).get("percent"))
        for e in told(office, number)
    )


@pytest.mark.parametrize("away_for", [timedelta(seconds=30), timedelta(hours=3), timedelta(days=5)])
def test_after_downtime_each_promise_is_told_once_and_says_why_it_is_late(
    office: Office, time: FrozenDateTimeFactory, away_for: timedelta
) -> None:
    number = opened(office).id
    gone = TUESDAY + HALF_AN_HOUR - timedelta(seconds=10)
    sweep_on(office, time, gone - timedelta(minutes=2))
    keep_up(office, Attendance(office), time, gone)
    before = times_told(office, number)
    time.move_to(gone + away_for)
    back = Attendance(office)
    for _ in range(3):
        ring_due(office, back)
    late = [entry for entry in told(office, number) if entry.at >= gone + away_for]
    missed = [entry for entry in late if entry.kind is EntryKind.MISSED]
    assert {"accept"} <= {(entry.body or {})["kind"] for entry in missed}
    for entry in missed:
        body = entry.body or {}
        assert body["late_because"] == "down"
        since = datetime.fromisoformat(str(body["away_from"]))
        assert gone - timedelta(seconds=15) <= since <= gone
        assert body["away_until"] == (gone + away_for).isoformat()
    assert max((times_told(office, number) - before).values()) == 1
    assert max(times_told(office, number).values()) == 1
    settled = entries(office, number)
    ring_due(office, back)
    assert entries(office, number) == settled
    assert [entry.at for entry in settled] == sorted(entry.at for entry in settled)


def test_the_pings_say_it_too(office: Office, time: FrozenDateTimeFactory) -> None:
    opened(office)
    keep_up(office, Attendance(office), time, TUESDAY + timedelta(minutes=1))
    time.move_to(TUESDAY + timedelta(hours=3))
    ring_due(office, Attendance(office))
    with office.store.read() as unit:
        rows = unit.outbox.listed(list(IntentState), limit=500)
    late = [row.subject for row in rows if row.kind == "ping" and "late_because" in row.subject]
    assert late
    assert {subject["away_until"] for subject in late} == {int((TUESDAY + timedelta(hours=3)).timestamp())}


def test_who_keeps_up_has_nothing_to_explain(office: Office, time: FrozenDateTimeFactory) -> None:
    number = opened(office).id
    keep_up(office, Attendance(office), time, TUESDAY + timedelta(minutes=20))
    assert told(office, number)
    assert not any("late_because" in (entry.body or {}) for entry in told(office, number))


def test_another_process_that_kept_up_leaves_nothing_to_explain(
    office: Office, time: FrozenDateTimeFactory
) -> None:
    opened(office)
    frozen, other = Attendance(office), Attendance(office)
    frozen.note(clock.now())
    keep_up(office, other, time, TUESDAY + timedelta(minutes=2))
    assert frozen.note(clock.now()) is None


def test_a_bot_that_falls_again_while_it_catches_up_was_away_once(
    office: Office, time: FrozenDateTimeFactory
) -> None:
    Attendance(office).note(clock.now())
    time.tick(timedelta(hours=1))
    Attendance(office).note(clock.now())
    time.tick(timedelta(seconds=40))
    outage = Attendance(office).note(clock.now())
    assert outage is not None
    assert (outage.since, outage.until) == (TUESDAY, TUESDAY + timedelta(hours=1, seconds=40))


@pytest.mark.parametrize("by_for", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_set_forward_tells_what_it_skipped_and_why(
    office: Office, time: FrozenDateTimeFactory, hand: Path, by_for: timedelta
) -> None:
    number = opened(office).id
    attendance = Attendance(office)
    keep_up(office, attendance, time, TUESDAY + timedelta(minutes=5))
    shift(hand, by_for)
    time.tick(timedelta(seconds=1))
    ring_due(office, attendance)
    missed = [entry.body or {} for entry in told(office, number) if entry.kind is EntryKind.MISSED]
    assert {body["late_because"] for body in missed} == {"clock_set"}
    assert max(times_told(office, number).values()) == 1


@pytest.mark.parametrize("by_for", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_is_set_back_tells_nothing_twice_and_loses_nothing(
    office: Office, time: FrozenDateTimeFactory, hand: Path, by_for: timedelta
) -> None:
    """Set back at eleven; a day later everything that a bot with a good clock tells has been told."""
    number, good = opened(office).id, opened(office).id
    attendance = Attendance(office)
    keep_up(office, attendance, time, TUESDAY + timedelta(minutes=5))
    shift(hand, -by_for)
    time.tick(timedelta(seconds=1))
    ring_due(office, attendance)
    assert len(told(office, number)) == 0
    shift(hand, timedelta())
    sweep_on(office, time, TUESDAY + timedelta(minutes=45))
    assert times_told(office, number) == times_told(office, good)
    assert max(times_told(office, number).values()) == 1
    ats = [entry.at for entry in entries(office, number)]
    assert ats == sorted(ats)


@pytest.mark.parametrize("by_for", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_ran_ahead_and_was_set_back_goes_on_with_what_comes(
    office: Office, time: FrozenDateTimeFactory, hand: Path, by_for: timedelta
) -> None:
    """What was told in the false time is not told again; what comes in the true time is."""
    number = accepted(office).id
    attendance = Attendance(office)
    keep_up(office, attendance, time, TUESDAY + timedelta(minutes=5))
    shift(hand, by_for)
    time.tick(timedelta(seconds=1))
    ring_due(office, attendance)
    ahead = times_told(office, number)
    shift(hand, timedelta())
    time.tick(timedelta(seconds=1))
    ring_due(office, attendance)
    post_update(office, by(OWNER), number, "The rule is requested at the firewall team", None)
    newest = entries(office, number)[-1]
    assert newest.at > clock.now()
    assert (newest.body or {})["clock_showed"] == clock.now().isoformat()
    sweep_on(office, time, TUESDAY + timedelta(hours=2, minutes=10))
    assert max(times_told(office, number).values()) == 1
    later = times_told(office, number) - ahead
    assert any(kind is EntryKind.MISSED for kind, *_ in later)
    dog = Watchdog(office, "first")
    for _ in range(2):
        time.tick(timedelta(seconds=1))
        dog.watch()
    assert dog.count(Alarm.NOT_FIRED) == dog.count(Alarm.NEVER_ARMED) == 0
    ats = [entry.at for entry in entries(office, number)]
    assert ats == sorted(ats)


def test_what_is_written_down_costs_a_commit_every_five_seconds(
    office: Office, time: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[datetime] = []
    attendance = Attendance(office)
    write = attendance._write

    def noted(now: datetime) -> None:
        writes.append(now)
        write(now)

    monkeypatch.setattr(attendance, "_write", noted)
    for _ in range(60):
        attendance.note(clock.now())
        time.tick(timedelta(seconds=1))
    assert len(writes) == 12
