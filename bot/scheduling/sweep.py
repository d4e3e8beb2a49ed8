"""The sweep: rings every clock that is due, in batches, each batch one transaction.

A burst is loaded once per batch, however many of its clocks are due, and every promise is handled
once, however late: what the domain decides depends on due times, not on when we got here.
"""

from collections import defaultdict
from datetime import datetime, timedelta

import structlog

from bot import clock
from bot.errors import BotError, Refused
from bot.operations.attendance import Attendance
from bot.operations.office import Office, programme_at
from bot.operations.release import release_due
from bot.operations.reviving import revive
from bot.operations.ring import ring_clocks
from bot.taskforce import lifecycle
from bot.taskforce.outage import Outage
from storage import Unit

log = structlog.get_logger(__name__)

BATCH = 200
BATCHES = 100  # of one tick; the rest is the next tick's
# A clock that cannot be rung (a defect of ours) is tried again after this long and blocks nobody.
SET_ASIDE_FOR = timedelta(minutes=1)


def sweep(office: Office, attendance: Attendance | None = None) -> int:
    """Ring what is due, then let go what people may hear now; returns how many clocks rang.

    In this order, and only after all of it rang: what many clocks say at once is one message.
    """
    rung = ring_due(office, attendance)
    release_due(office, clock.now())
    return rung


def ring_due(office: Office, attendance: Attendance | None = None) -> int:
    """Ring every clock that is due now; returns how many. Raises only what the database raises.

    What is told late says why, as far as ``attendance`` knows.
    """
    rung = 0
    for _ in range(BATCHES):
        now = clock.now()
        outage = attendance.note(now) if attendance is not None else None
        batch = _ring_batch(office, now, outage)
        rung += batch
        if batch < BATCH:
            break
    return rung


def archive_due(office: Office) -> int:
    """Archive every closed burst whose grace is over; returns how many."""
    now = clock.now()
    with office.store.read() as unit:
        due = unit.bursts.archivable(now, BATCH)
    return sum(_archived(office, burst_id, now) for burst_id in due)


def _archived(office: Office, burst_id: int, now: datetime) -> bool:
    """Whether the burst is archived now; one that cannot be must not keep the others waiting."""
    try:
        with office.store.write() as unit:
            burst = unit.bursts.get(burst_id)
            if burst is None:
                return False
            unit.apply(lifecycle.mark_archived(burst, now=now), now=now)
    except Refused:
        return False  # kept open or reopened in the meantime
    except BotError:
        raise
    except Exception:
        log.exception("not_archived", burst=burst_id)
        return False
    return True


def _ring_batch(office: Office, now: datetime, outage: Outage | None) -> int:
    try:
        with office.store.write() as unit:
            due = unit.clocks.claim_due(now, BATCH)
            if due:
                _ring(unit, office, due, now, outage)
    except BotError:
        raise
    except Exception:
        # One bad burst must not silence the others: ring one by one, and set the bad one aside.
        log.exception("sweep_batch_failed")
        return _ring_singly(office, now, outage)
    return len(due)


def _ring(
    unit: Unit, office: Office, due: list[tuple[int, int]], now: datetime, outage: Outage | None
) -> None:
    numbers = defaultdict(list)
    for burst_id, number in due:
        numbers[burst_id].append(number)
    programme = programme_at(unit, office, now)
    decisions = [
        decision
        for burst_id, burst in unit.bursts.get_many(numbers).items()
        for decision in ring_clocks(programme, burst, numbers[burst_id], now, outage)
    ]
    unit.apply_all(decisions, now=now)
    for decision in decisions:
        revive(unit, decision, now)


def _ring_singly(office: Office, now: datetime, outage: Outage | None) -> int:
    with office.store.read() as unit:
        due = unit.clocks.claim_due(now, BATCH)
    for burst_id, number in due:
        try:
            with office.store.write() as unit:
                _ring(unit, office, [(burst_id, number)], now, outage)
        except Exception:
            log.exception("clock_set_aside", burst=burst_id, clock=number)
            with office.store.write() as unit:
                unit.clocks.set_aside(burst_id, number, now + SET_ASIDE_FOR)
    return len(due)
