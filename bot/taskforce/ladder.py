"""The ladder: which step of a clock is due, and when.

A step's time is counted from the clock's due time, or for an unanswered step from the time at which
the step before it was due, and never from the moment at which somebody looked: lateness does not
add up. A step that only brings expertise asks nobody: silence is counted from the last one that
asked. Two things put a step off. Time for which a take-up held the clock's ladder is added to all
later steps. And while a step's people have their time to answer, no other step of that clock fires;
a step that is late already (after downtime) waits for every clock of the burst, so that nobody is
buried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.taskforce import clocks, follow_ups, milestones
from bot.taskforce.burst import Burst
from bot.taskforce.durations import Duration
from bot.taskforce.policy import Step, TriggerKind
from bot.taskforce.response_clock import FiredStep, ResponseClock, WarningPoint
from bot.taskforce.terms import ClockKind, ClockState, Notify

# A step that fires within this time of its own is on time: ticks and queues take a moment.
PUNCTUAL_FOR = timedelta(minutes=1)

# The clocks that a policy promises.
PROMISED = frozenset({ClockKind.ACCEPT, ClockKind.UPDATE, ClockKind.RESOLVE})
# The clocks of whose running out somebody is warned, and that a policy may have a ladder for.
LADDERED = PROMISED | {ClockKind.DECISION}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that is still to fire: when it is due by the policy, and from when it may fire.

    ``repeat`` counts from 1 when it has fired before and is said again.
    """

    step: Step
    due_at: datetime
    not_before: datetime
    repeat: int = 0


def steps_of(burst: Burst, kind: ClockKind) -> tuple[Step, ...]:
    """The steps of the policy's ladder for clocks of this kind, in order."""
    return burst.policy.steps.get(kind, ())


def step_by_id(burst: Burst, step_id: str) -> Step | None:
    """The step called ``step_id``; None when the policy in force has none."""
    return burst.policy.steps_by_id.get(step_id)


def asks_cell(burst: Burst, fired: FiredStep) -> bool:
    """Whether the step put a card into the steering cell's channel."""
    step = step_by_id(burst, fired.step)
    return bool(fired.reached) and step is not None and Notify.STEERING_CELL in step.notify


def next_step(burst: Burst, clock: ResponseClock, now: datetime) -> NextStep | None:
    """The earliest step that is still to fire; None when there is none, or while a take-up holds it."""
    if clock.state is not ClockState.ARMED or clock.held_since is not None:
        return None
    steps = steps_of(burst, clock.kind)
    fired = {step.step for step in clock.fired}
    waiting = [
        (due_at, position)
        for position, step in enumerate(steps)
        if step.id not in fired and (due_at := _due_at(burst, clock, step, now)) is not None
    ]
    if not waiting:
        return None
    due_at, position = min(waiting)
    return NextStep(
        steps[position], due_at, max(due_at, _gate(burst, clock, now, late=now - due_at > PUNCTUAL_FOR))
    )


def next_repeat(burst: Burst, clock: ResponseClock, now: datetime) -> NextStep | None:
    """The earliest repeat of a step that fired and is unanswered; None when there is none, or while it is held.

    What was slept through is made up for once, and no step is said twice within the time between repeats.
    """
    if clock.state is not ClockState.ARMED or clock.held_since is not None:
        return None
    repeats = (_repeat(burst, clock, fired, now) for fired in clock.fired)
    return min((one for one in repeats if one is not None), key=lambda one: one.not_before, default=None)


def _repeat(burst: Burst, clock: ResponseClock, fired: FiredStep, now: datetime) -> NextStep | None:
    step = step_by_id(burst, fired.step)
    if step is None or step.repeat is None or fired.answered_at is not None or not fired.reached:
        return None
    if _speaks_of_time_left(step) and now >= clock.due_at:
        return None
    calendar, every = clocks.clock_calendar(burst, clock), Duration.parse(step.repeat.every)
    last_at = fired.repeated_at[-1] if fired.repeated_at else fired.fired_at
    earliest = calendar.add(last_at, every) - PUNCTUAL_FOR
    times, at = [], fired.due_at
    for number in range(1, step.repeat.times + 1):
        at = calendar.add(at, every)
        due_at = calendar.add(at, clock.held_for - fired.held_for)
        if due_at >= earliest:
            times.append((due_at, number))
    if not times:
        return None
    due_at, number = max((one for one in times if one[0] <= now), default=times[0])
    late = now - due_at > PUNCTUAL_FOR
    return NextStep(
        step, due_at, max(due_at, _gate(burst, clock, now, late=True)) if late else due_at, number
    )


def next_wake(burst: Burst, clock: ResponseClock, now: datetime) -> datetime | None:
    """When the sweep next has something to do about the clock; None when never."""
    if clock.state is not ClockState.ARMED:
        return None
    times = []
    if clock.missed_at is None:
        times.append(clock.due_at)
        if now < clock.due_at:
            times += unwarned(burst, clock).values()
    coming = (next_step(burst, clock, now), next_repeat(burst, clock, now))
    times += [step.not_before for step in coming if step is not None]
    return min(times, default=None)


def unwarned(burst: Burst, clock: ResponseClock) -> Mapping[WarningPoint, datetime]:
    """The points at which the owner is still to be warned about the clock, each with its moment."""
    if clock.kind in LADDERED:
        shares = (share for share in burst.policy.warn_at if share not in clock.warned)
        return {share: clocks.share_at(burst, clock, share) for share in shares}
    points: Mapping[WarningPoint, datetime] = {}
    if clock.kind is ClockKind.MILESTONE:
        points = milestones.warnings(burst, clock)
    elif clock.kind is ClockKind.FOLLOW_UP:
        points = follow_ups.warnings(clocks.clock_calendar(burst, clock), clock.armed_at, clock.due_at)
    return {point: at for point, at in points.items() if point not in clock.warned}


def with_wakes(burst: Burst, now: datetime) -> Burst:
    """The burst with every clock's ``wake_at`` as it follows from everything else."""
    return burst.having(clocks=tuple(_with_wake(burst, clock, now) for clock in burst.clocks))


def _with_wake(burst: Burst, clock: ResponseClock, now: datetime) -> ResponseClock:
    wake_at = next_wake(burst, clock, now)
    return clock if clock.wake_at == wake_at else clock.having(wake_at=wake_at)


def still_past(burst: Burst, clock: ResponseClock, now: datetime) -> ResponseClock:
    """The clock after its due time moved: what was done counts as long as its moment still lies in the past."""
    warned = tuple(
        share
        for share in clock.warned
        if isinstance(share, float) and clocks.share_at(burst, clock, share) <= now
    )
    kept: tuple[FiredStep, ...] = ()
    for step in steps_of(burst, clock.kind):
        fired = _fired(clock, step.id)
        due_at = _due_at(burst, replace(clock, fired=kept), step, clock.armed_at)
        if fired is not None and due_at is not None and due_at <= now:
            kept = (*kept, fired)
    return replace(clock, warned=warned, fired=kept)


def _due_at(burst: Burst, clock: ResponseClock, step: Step, now: datetime) -> datetime | None:
    """When the step is due by the policy, held time included; None when it does not come."""
    held_for = clock.held_for
    share, wait_for = step.trigger.fraction, step.trigger.wait_for
    if share is not None:
        if _speaks_of_time_left(step) and now >= clock.due_at:
            return None
        due_at = clocks.share_at(burst, clock, share)
    elif step.trigger.kind is TriggerKind.DUE:
        due_at = clock.due_at
    else:
        before = _fired(clock, burst.policy.asked_before.get(step.id))
        if before is None or before.answered_at is not None:
            return None
        due_at, held_for = before.due_at, held_for - before.held_for
        if not before.reached:
            wait_for = None  # nobody was asked, so nobody is waited for
    calendar = clocks.clock_calendar(burst, clock)
    if wait_for is not None:
        due_at = calendar.add(due_at, wait_for)
    return calendar.add(due_at, held_for)


def _speaks_of_time_left(step: Step) -> bool:
    """Whether what it says is no longer true once the clock is due."""
    return step.trigger.fraction is not None and step.trigger.fraction < 1


def _fired(clock: ResponseClock, step_id: str | None) -> FiredStep | None:
    for fired in clock.fired:
        if fired.step == step_id:
            return fired
    return None


def _gate(burst: Burst, clock: ResponseClock, now: datetime, *, late: bool) -> datetime:
    """From when the next step may fire: the people of the last one have had their time to answer."""
    asked = burst.clocks if late else (clock,)
    ends = [
        clocks.clock_calendar(burst, other).add(_asked_at(fired, now), step.answer_for)
        for other in asked
        if other.state is ClockState.ARMED
        for fired in other.fired
        if fired.reached
        and (step := step_by_id(burst, fired.step)) is not None
        and step.answer_for is not None
    ]
    return max(ends, default=clock.armed_at)


def _asked_at(fired: FiredStep, now: datetime) -> datetime:
    """When people were asked; when the step was due, for one that fired in a time that is still to come.

    That is what is left of a policy clock that ran ahead and was set back.
    """
    return fired.fired_at if fired.fired_at <= now else fired.due_at
