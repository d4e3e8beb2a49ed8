"""Moving a clock's due time: an extension by hand, new promises with a new severity, a workaround that stands."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.taskforce import answers, clocks, ladder, retelling
from bot.taskforce.burst import Burst
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockKind

NO_WORKAROUND = "none"
# Clocks whose time the policy gives; the others run to a moment that somebody, or the law, chose.
_BY_POLICY = ladder.PROMISED | {ClockKind.WORKAROUND, ClockKind.INTAKE, ClockKind.STAFFING}


def extend(burst: Burst, clock: ResponseClock, due_at: datetime, now: datetime) -> Burst:
    """The clock is due at ``due_at``, which lies ahead, and its promise is that much longer."""
    added_for = clocks.clock_calendar(burst, clock).between(clock.due_at, due_at)
    moved = replace(clock, due_at=due_at, total_for=clock.total_for + added_for, missed_at=None, set_aside=())
    return clocks.put(burst, ladder.still_past(burst, moved, now))


def extended(burst: Burst) -> tuple[ResponseClock, ...]:
    """The running clocks that are due later than the policy has it, since somebody extended them.

    Of clocks whose time the policy gives: with the policy the extension ends.
    """
    given = {one.clock for one in burst.extensions}
    return tuple(
        clock
        for clock in burst.clocks
        if clock.number in given
        and clock.kind in _BY_POLICY
        and clock.state in clocks.RUNNING
        and clock.due_at > _due(burst, burst, clock, clock.promise)[2]
    )


def aim_for_workaround(burst: Burst, now: datetime, *, since: datetime | None = None) -> Burst:
    """The target for a workaround as it stands: met by one, else running, from where it stood before.

    With ``since`` it is that of another policy: one that the burst did not have yet runs from then, else from ``now``.
    """
    current = clocks.running(burst, ClockKind.WORKAROUND)
    if burst.workaround != NO_WORKAROUND:
        return burst if current is None else clocks.meet(burst, current, now)
    promise = burst.policy.workaround
    if promise is None or current is not None:
        return burst
    stopped = clocks.latest(burst, ClockKind.WORKAROUND)
    if stopped is None:
        return clocks.arm(burst, ClockKind.WORKAROUND, promise, now=since or now)[0]
    return go_on(burst, stopped, promise, now, anew=since is not None)


def go_on(burst: Burst, stopped: ResponseClock, promise: str, now: datetime, *, anew: bool = False) -> Burst:
    """A clock that stopped goes on where it stood; with ``promise``, should the policy have changed meanwhile.

    ``anew``: because the policy changed, and with it end the extensions.
    """
    burst = clocks.run_again(burst, stopped, now)
    if (
        not anew
        and stopped.promise == promise
        and stopped.calendar in burst.policy.everywhere(burst.policy.calendar)
    ):
        return burst  # with whatever time it was given by hand
    return _with_promise(burst, burst, clocks.by_number(burst, stopped.number), promise, now)


def retarget(burst: Burst, policy: Policy, now: datetime) -> Burst:
    """The burst under another policy: its running clocks keep what has elapsed and get new due times.

    Only clocks that the policy has promises for move. Time for which they stood still does not count: so much of
    it as is working time by the new policy is added to the new due times.
    """
    first = len([clock for clock in burst.clocks if clock.kind is ClockKind.UPDATE]) == 1
    before = burst
    burst = replace(burst, policy=_knowing_the_calendars_of(burst, policy))
    if policy.workaround is None:
        burst = clocks.disarm_kinds(burst, ClockKind.WORKAROUND, now=now)
    for clock in burst.clocks:
        if clock.kind in _BY_POLICY and clock.state in clocks.RUNNING:
            promise = clocks.promise_for(policy, clock.kind, first=first, workaround=burst.workaround)
            burst = _with_promise(before, burst, clock, promise, now)
    # Once it is resolved nothing is aimed for, unless it is sent back.
    return aim_for_workaround(burst, now, since=burst.opened_at) if burst.state in LIVE else burst


def _knowing_the_calendars_of(burst: Burst, policy: Policy) -> Policy:
    """The policy with those calendars that the burst's clocks run on, and that it would not have itself."""
    used = {clock.calendar for clock in burst.clocks} - set(policy.calendars)
    if not used:
        return policy
    kept = {name: burst.policy.calendars[name] for name in sorted(used)}
    # Of the fields alone: what the policy has worked out about itself is not true of the wider one.
    terms = {name: getattr(policy, name) for name in Policy.model_fields}
    return Policy.model_validate({**terms, "calendars": {**policy.calendars, **kept}})


def _with_promise(before: Burst, burst: Burst, clock: ResponseClock, promise: str, now: datetime) -> Burst:
    """The burst with the clock as if its promise had been this one from the start; ``before``: the burst until now."""
    name, fresh, due_at = _due(before, burst, clock, promise)
    new = clocks.calendar(burst.policy, name)
    moved = replace(
        clock,
        promise=promise,
        calendar=name,
        due_at=due_at,
        total_for=new.between(clock.armed_at, fresh),
        left_for=new.between(clock.paused_at, due_at) if clock.paused_at is not None else clock.left_for,
        missed_at=clock.missed_at if due_at <= now else None,
        # The same step may ask for any answer under one policy and for all under another.
        fired=tuple(answers.recounted(burst, one) for one in clock.fired),
    )
    return retelling.put(burst, clock, moved, now)


def _due(before: Burst, burst: Burst, clock: ResponseClock, promise: str) -> tuple[str, datetime, datetime]:
    """On which calendar the clock runs by the policy, when it is due if it never stands still, and when it is due."""
    policy = burst.policy
    name, fresh = clocks.strictest(policy, clock.armed_at, promise)
    calendar = clocks.calendar(policy, name)
    if clock.kind is ClockKind.RESOLVE:
        fresh = clocks.resolve_due(policy, clock.armed_at, burst.needed_on)
    stood_for = clocks.stood_for(clock, calendar) + _untold_for(before, clock)
    return name, fresh, calendar.add(fresh, stood_for)


def _untold_for(burst: Burst, clock: ResponseClock) -> timedelta:
    """Working time by which the due time has moved besides: the clock stood still before it was kept when."""
    calendar = clocks.clock_calendar(burst, clock)
    moved_for = calendar.between(calendar.add(clock.armed_at, clock.total_for), clock.due_at)
    return moved_for - clocks.stood_for(clock, calendar)
