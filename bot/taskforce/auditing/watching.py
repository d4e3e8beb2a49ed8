"""What should have fired and did not, and what was never armed, by what the log says of a burst.

The log is read, not the sweep's rows: of these only whether they will wake the sweep in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.taskforce import ladder
from bot.taskforce.auditing.comparing import overslept
from bot.taskforce.burst import Burst
from bot.taskforce.clocks import RUNNING
from bot.taskforce.lifecycle.replay import Facts
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockKind, ClockState, State

# What is due is rung within seconds; this much later nobody is at work on it any more.
PATIENCE_FOR = timedelta(minutes=2)


class Alarm(StrEnum):
    """What can be wrong with a promise although nobody sees it."""

    NOT_FIRED = "not_fired"
    NEVER_ARMED = "never_armed"


@dataclass(frozen=True, slots=True)
class Found:
    """A promise of a burst that will be missed in silence; ``kind`` is its clock's.

    ``clock`` is the clock's number, 0 where there should be one and is none.
    """

    burst_id: int
    alarm: Alarm
    kind: ClockKind
    clock: int = 0


def look(burst: Burst, facts: Facts, policy: Policy, now: datetime) -> Iterator[Found]:
    """Whatever is wrong at ``now`` with the promises that the log says were made.

    A warning, a due time or a step of the ladder counts as not fired when its moment is ``PATIENCE_FOR``
    ago and nothing in the log says that it fired, or that it need not. ``burst`` has the rows, ``facts``
    what the log says, ``policy`` what was in force by it.
    """
    rows = {clock.number: clock for clock in burst.clocks}
    numbers = sorted(facts.clocks)
    told = replace(burst, state=facts.state, policy=policy, clocks=tuple(facts.clocks[n] for n in numbers))
    for clock in told.clocks:
        wake_at = ladder.next_wake(told, clock, now)
        if wake_at is not None and wake_at <= now - PATIENCE_FOR:
            yield Found(burst.id, Alarm.NOT_FIRED, clock.kind, clock.number)
        elif overslept(told, _with_row(clock, rows.get(clock.number)), now) is not None:
            yield Found(burst.id, Alarm.NEVER_ARMED, clock.kind, clock.number)
    if not facts.unknown_clocks:
        for kind in sorted(_owed(facts) - {clock.kind for clock in told.clocks if clock.state in RUNNING}):
            yield Found(burst.id, Alarm.NEVER_ARMED, kind)


def _with_row(clock: ResponseClock, row: ResponseClock | None) -> ResponseClock:
    """The clock as the sweep will find it: one that is not armed in its row does not wake it."""
    is_seen = row is not None and row.state is ClockState.ARMED
    return replace(clock, wake_at=row.wake_at if row is not None and is_seen else None)


def _owed(facts: Facts) -> frozenset[ClockKind]:
    """The kinds of clocks that a burst in this state cannot be without."""
    if facts.state is State.RESOLVED:
        return frozenset({ClockKind.SIGN_OFF})
    if facts.state not in LIVE:
        return frozenset()
    seats = (facts.owner, facts.clinical_lead, facts.technical_lead)
    owed = {
        ClockKind.UPDATE: True,
        ClockKind.RESOLVE: True,
        ClockKind.ACCEPT: facts.owner is not None and not facts.accepted,
        ClockKind.STAFFING: None in seats,
        ClockKind.PAUSE: facts.state is State.PAUSED,
    }
    return frozenset(kind for kind, is_owed in owed.items() if is_owed)
