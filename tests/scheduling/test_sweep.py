"""One sweep: what is due is rung once, however late, and one bad burst silences nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.operations.office import Office
from bot.operations.ring import ring_clocks
from bot.scheduling import sweep
from bot.scheduling.sweep import archive_due, ring_due
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Detail
from bot.taskforce.terms import EntryKind, State
from storage.terms import IntentState
from tests.operations.story import accepted, closed, opened, stored

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class PolicyTime:
    """Tuesday morning, until the test moves it."""

    def __init__(self, frozen: FrozenDateTimeFactory) -> None:
        self._frozen = frozen

    def move_to(self, at: datetime) -> None:
        """Let it be ``at``."""
        self._frozen.move_to(at)


@pytest.fixture
def time() -> Iterator[PolicyTime]:
    """Policy time in the test's hands."""
    with freeze_time(TUESDAY) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield PolicyTime(frozen)


def logged(office: Office, number: int, kind: EntryKind) -> list[dict[str, Detail]]:
    """The bodies of a burst's entries of one kind."""
    with office.store.read() as unit:
        return [dict(entry.body or {}) for entry in unit.log.entries(number) if entry.kind is kind]


def pinged(office: Office, number: int) -> int:
    """How many pings are held in the outbox for this burst."""
    with office.store.read() as unit:
        rows = unit.outbox.listed([IntentState.HELD], burst_id=number, limit=500)
    return sum(row.kind == "ping" for row in rows)


def test_nothing_due_means_nothing_done(office: Office, time: PolicyTime) -> None:
    """A tick costs a look."""
    before = opened(office)
    assert ring_due(office) == 0
    assert stored(office, before.id) == before


def test_a_missed_clock_is_logged_and_climbs(office: Office, time: PolicyTime) -> None:
    """Sev2: half an hour to accept."""
    number = opened(office).id
    time.move_to(TUESDAY + timedelta(minutes=30))
    assert ring_due(office) >= 1
    missed = {body["kind"]: body["late_seconds"] for body in logged(office, number, EntryKind.MISSED)}
    assert missed == {"accept": 0, "intake": 0}
    assert logged(office, number, EntryKind.ESCALATED)


def test_a_clock_is_rung_once(office: Office, time: PolicyTime) -> None:
    """The next sweep finds nothing."""
    number = opened(office).id
    time.move_to(TUESDAY + timedelta(minutes=30))
    ring_due(office)
    before = stored(office, number)
    assert ring_due(office) == 0
    assert stored(office, number) == before


def test_after_downtime_each_promise_is_handled_once_and_says_how_late(
    office: Office, time: PolicyTime
) -> None:
    """Two hours later, whatever was slept through is told once, not step by step."""
    number = opened(office).id
    time.move_to(TUESDAY + timedelta(hours=2))
    ring_due(office)
    late = {str(body["kind"]): body["late_seconds"] for body in logged(office, number, EntryKind.MISSED)}
    assert late["accept"] == 90 * 60
    assert late["update"] == 60 * 60
    assert len(logged(office, number, EntryKind.MISSED)) == len(late)
    before = pinged(office, number)
    ring_due(office)
    assert pinged(office, number) == before


def test_a_kept_promise_is_not_rung(office: Office, time: PolicyTime) -> None:
    """Accepted in time."""
    number = accepted(office).id
    time.move_to(TUESDAY + timedelta(minutes=31))
    ring_due(office)
    assert "accept" not in {body["kind"] for body in logged(office, number, EntryKind.MISSED)}


def test_one_bad_burst_silences_nobody_else(
    office: Office, time: PolicyTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is set aside for a minute and tried again; the others are rung now."""
    bad, good = opened(office).id, opened(office).id
    ring = ring_clocks

    def failing(programme: Any, burst: Burst, numbers: Any, now: datetime, outage: Any) -> Iterator[Decision]:
        if burst.id == bad:
            raise RuntimeError("a defect of ours")
        return ring(programme, burst, numbers, now, outage)

    monkeypatch.setattr(sweep, "ring_clocks", failing)
    time.move_to(TUESDAY + timedelta(minutes=30))
    ring_due(office)
    assert logged(office, good, EntryKind.MISSED)
    assert not logged(office, bad, EntryKind.MISSED)
    monkeypatch.setattr(sweep, "ring_clocks", ring)
    assert ring_due(office) == 0
    time.move_to(TUESDAY + timedelta(minutes=31))
    ring_due(office)
    assert logged(office, bad, EntryKind.MISSED)


def test_a_closed_burst_is_archived_after_its_grace(office: Office, time: PolicyTime) -> None:
    """A day later, once."""
    number = closed(office).id
    time.move_to(TUESDAY + timedelta(hours=23))
    assert archive_due(office) == 0
    time.move_to(TUESDAY + timedelta(hours=24))
    assert archive_due(office) == 1
    assert stored(office, number).state is State.ARCHIVED
    assert archive_due(office) == 0


def test_nothing_is_rung_after_closing(office: Office, time: PolicyTime) -> None:
    """No clock of a closed burst stays armed."""
    number = closed(office).id
    before = stored(office, number)
    time.move_to(TUESDAY + timedelta(days=30))
    assert ring_due(office) == 0
    assert stored(office, number) == before
