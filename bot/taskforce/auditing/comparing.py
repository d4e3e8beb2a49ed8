"""Rows against the log: every field of every clock, the next wake-up included."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from bot.taskforce import ladder, told_clocks
from bot.taskforce.auditing.disagreement import Account, Disagreement
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.replay import Facts
from bot.taskforce.response_clock import ResponseClock

# A clock that cannot be rung sleeps for a minute and is tried again; and a tick takes a moment.
LATE_WAKE_FOR = timedelta(minutes=2)
_NAMES = tuple(one.name for one in fields(ResponseClock) if one.name != told_clocks.DERIVED)


def disagreements(burst: Burst, facts: Facts, now: datetime) -> Iterator[Disagreement]:
    """Where the rows of ``burst`` differ from its log as replayed; clocks not told whole are left out."""
    rows = {clock.number: clock for clock in burst.clocks}
    told = facts.clocks
    for number in sorted((rows.keys() | told.keys()) - facts.unknown_clocks):
        row, known = rows.get(number), told.get(number)
        if row is None or known is None:
            yield Disagreement(number, "number", _number(row), _number(known))
            continue
        for name in _NAMES:
            if getattr(row, name) != getattr(known, name):
                yield Disagreement(number, name, _said(row, name), _said(known, name))
        if (expected := overslept(burst, row, now)) is not None:
            wake_at = row.wake_at.isoformat() if row.wake_at else ""
            yield Disagreement(number, told_clocks.DERIVED, wake_at, expected.isoformat(), Account.PROMISE)


def overslept(burst: Burst, clock: ResponseClock, now: datetime) -> datetime | None:
    """When the clock must wake, if its row would let it sleep for longer or for ever; None when all is well.

    Waking too early does no harm: it finds nothing to do.
    """
    expected = ladder.next_wake(burst, clock, now)
    if expected is None:
        return None
    sleeps_on = clock.wake_at is None or clock.wake_at > expected + LATE_WAKE_FOR
    return expected if sleeps_on else None


def _said(clock: ResponseClock, name: str) -> str:
    value: Any = getattr(clock, name)
    return "" if value is None else told_clocks.written(name, value)


def _number(clock: ResponseClock | None) -> str:
    return "" if clock is None else str(clock.number)
