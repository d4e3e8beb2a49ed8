"""Moving a clock's due time: an extension by hand, or new promises with a new severity."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.taskforce import clocks, ladder
from bot.taskforce.burst import Burst, ResponseClock
from bot.taskforce.policy import Policy
from bot.taskforce.terms import ClockKind


def extend(burst: Burst, clock: ResponseClock, due_at: datetime, now: datetime) -> Burst:
    """The clock is due at ``due_at``, which lies ahead, and its promise is that much longer."""
    added_for = clocks.clock_calendar(burst, clock).between(clock.due_at, due_at)
    moved = replace(clock, due_at=due_at, total_for=clock.total_for + added_for, missed_at=None)
    return clocks.put(burst, ladder.still_past(burst, moved, now))


def retarget(burst: Burst, policy: Policy, now: datetime) -> Burst:
    """The burst under another policy: its running clocks keep what has elapsed and get new due times.

    Only clocks that the policy has promises for move; pauses so far are added to the new due times.
    """
    first = len([clock for clock in burst.clocks if clock.kind is ClockKind.UPDATE]) == 1
    before = burst
    burst = replace(burst, policy=policy)
    for clock in burst.clocks:
        if clock.kind in ladder.LADDERED and clock.state in clocks.RUNNING:
            promise = clocks.promise_for(policy, clock.kind, first=first, workaround=burst.workaround)
            burst = clocks.put(burst, _retargeted(before, burst, clock, promise, now))
    return burst


def _retargeted(
    before: Burst, burst: Burst, clock: ResponseClock, promise: str, now: datetime
) -> ResponseClock:
    policy = burst.policy
    name, fresh = clocks.strictest(policy, clock.armed_at, promise)
    new = clocks.calendar(policy, name)
    if clock.kind is ClockKind.RESOLVE:
        fresh = clocks.resolve_due(policy, clock.armed_at, burst.needed_on)
    due_at = new.add(fresh, _paused_for(before, clock))
    moved = replace(
        clock,
        promise=promise,
        calendar=name,
        due_at=due_at,
        total_for=new.between(clock.armed_at, fresh),
        left_for=new.between(clock.paused_at, due_at) if clock.paused_at is not None else clock.left_for,
        missed_at=clock.missed_at if due_at <= now else None,
    )
    return ladder.still_past(burst, moved, now)


def _paused_for(burst: Burst, clock: ResponseClock) -> timedelta:
    """Working time for which the clock stood still so far: by so much its due time has moved."""
    calendar = clocks.clock_calendar(burst, clock)
    return calendar.between(calendar.add(clock.armed_at, clock.total_for), clock.due_at)
