"""A take-up holds the ladder of what was escalated, until it goes stale or its cause is gone."""

from dataclasses import replace
from datetime import datetime

from bot.taskforce import answers, clocks, ladder
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock, StaleTakeUp
from bot.taskforce.terms import ClockKind, ClockState


def escalated(burst: Burst) -> tuple[ResponseClock, ...]:
    """The armed clocks whose ladder somebody can take up: missed, or climbed already."""
    return tuple(
        clock
        for clock in burst.clocks
        if clock.kind in ladder.LADDERED
        and clock.state is ClockState.ARMED
        and (clock.missed_at is not None or clock.fired)
    )


def begin(burst: Burst, user: str, now: datetime) -> Burst:
    """``user`` looks after it: the ladders of everything escalated stand still from ``now``.

    The take-up itself goes stale when the time to answer of the last step that fired passes without
    anything substantive.
    """
    for clock in escalated(burst):
        burst = clocks.put(burst, replace(clock, held_since=now))
    burst, _ = clocks.arm(burst, ClockKind.TAKE_UP, patience(burst, now), now=now)
    return replace(answers.recorded(burst, user, now, taken_up=True), taken_up_by=user)


def renew(burst: Burst, now: datetime) -> Burst:
    """Something substantive happened: the take-up is as fresh as at first."""
    current = clocks.running(burst, ClockKind.TAKE_UP)
    if current is None:
        return burst
    burst = clocks.meet(burst, current, now)
    return clocks.arm(burst, ClockKind.TAKE_UP, current.promise, now=now)[0]


def go_stale(burst: Burst, now: datetime) -> Burst:
    """Nothing came of the take-up: the ladders go on where they stood, and remember who had it.

    The time for which they were held is added to what comes.
    """
    begun = min((clock.held_since for clock in burst.clocks if clock.held_since is not None), default=now)
    if burst.taken_up_by is not None:
        gone = StaleTakeUp(burst.taken_up_by, begun, now)
        burst = replace(burst, stale_take_ups=(*burst.stale_take_ups, gone))
    for clock in burst.clocks:
        if clock.held_since is not None:
            burst = clocks.put(burst, clocks.released(burst, clock, now))
    return _over(burst, now)


def without_cause(burst: Burst, now: datetime) -> Burst:
    """The burst without a take-up that is over, or that holds nothing any more since every promise concerned is settled."""
    if burst.taken_up_by is None:
        return burst
    held = [clock for clock in burst.clocks if clock.held_since is not None]
    if held and clocks.running(burst, ClockKind.TAKE_UP) is not None:
        return burst
    for clock in held:
        burst = clocks.put(burst, clocks.released(burst, clock, now))
    return _over(burst, now)


def _over(burst: Burst, now: datetime) -> Burst:
    burst = answers.withdrawn(clocks.disarm_kinds(burst, ClockKind.TAKE_UP, now=now))
    return replace(burst, taken_up_by=None)


def patience(burst: Burst, now: datetime) -> str:
    """The time to answer of the step that fired last; of several at once, the one that is over first."""
    fired = [step for clock in escalated(burst) for step in clock.fired]
    last_at = max((step.fired_at for step in fired), default=now)
    asked = [
        known.answer_within
        for step in fired
        if step.fired_at == last_at
        and (known := ladder.step_by_id(burst, step.step)) is not None
        and known.answer_within is not None
    ]
    promises = asked or [burst.policy.accept]
    return min(promises, key=lambda promise: clocks.strictest(burst.policy, now, promise)[1])
