"""Who of those that a ladder step reached has answered it, and whether that is enough."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.taskforce import clocks, ladder
from bot.taskforce.burst import Burst
from bot.taskforce.policy import Needed, Step
from bot.taskforce.response_clock import FiredStep, StepAnswer


def recorded(burst: Burst, user: str, now: datetime, *, taken_up: bool = False) -> Burst:
    """The burst with every step that waits for ``user`` answered by them: by work, or by a take-up of it."""
    answer = StepAnswer(user, now, taken_up)
    return _each(burst, lambda fired: _with(burst, fired, answer))


def withdrawn(burst: Burst) -> Burst:
    """The burst without the answers that a take-up gave to what still runs: it is over, and was all they did."""
    return _each(burst, lambda fired: _without_take_up(burst, fired))


def recounted(burst: Burst, fired: FiredStep) -> FiredStep:
    """The step with whether its answers are enough by the policy in force."""
    return _counted(ladder.step_by_id(burst, fired.step), fired) if fired.answers else fired


def new(before: Burst, after: Burst) -> list[tuple[int, str, StepAnswer]]:
    """The answers that ``after`` has and ``before`` has not, each with its clock's number and its step."""
    known = {(number, fired.step, answer) for number, fired in _fired(before) for answer in fired.answers}
    return [
        (number, fired.step, answer)
        for number, fired in _fired(after)
        for answer in fired.answers
        if (number, fired.step, answer) not in known
    ]


def _fired(burst: Burst) -> list[tuple[int, FiredStep]]:
    return [(clock.number, fired) for clock in burst.clocks for fired in clock.fired]


def _each(burst: Burst, change: Callable[[FiredStep], FiredStep]) -> Burst:
    """The burst with every step of its running clocks changed, also those that were set aside."""
    for clock in burst.clocks:
        if clock.state in clocks.RUNNING:
            fired = tuple(change(one) for one in clock.fired)
            aside = tuple(
                replace(told, fired=tuple(change(one) for one in told.fired)) for told in clock.set_aside
            )
            if (fired, aside) != (clock.fired, clock.set_aside):
                burst = clocks.put(burst, replace(clock, fired=fired, set_aside=aside))
    return burst


def _with(burst: Burst, fired: FiredStep, answer: StepAnswer) -> FiredStep:
    # Of a step that was answered before answers were kept by person, only the first is known.
    if answer.user not in fired.reached or (fired.answered_at is not None and not fired.answers):
        return fired
    given = next((one for one in fired.answers if one.user == answer.user), None)
    if given is not None and (answer.taken_up or not given.taken_up):
        return fired
    others = tuple(one for one in fired.answers if one is not given)
    return _counted(ladder.step_by_id(burst, fired.step), replace(fired, answers=(*others, answer)))


def _without_take_up(burst: Burst, fired: FiredStep) -> FiredStep:
    kept = tuple(answer for answer in fired.answers if not answer.taken_up)
    if kept == fired.answers:
        return fired
    return _counted(ladder.step_by_id(burst, fired.step), replace(fired, answers=kept))


def _counted(step: Step | None, fired: FiredStep) -> FiredStep:
    """The step with the answer by which it counts as answered; None where that is still to come."""
    enough: StepAnswer | None = None
    if step is not None and step.answer is Needed.ALL:
        enough = fired.answers[-1] if not fired.silent else None
    elif fired.answers:
        enough = fired.answers[0]
    return replace(
        fired,
        answered_at=enough.at if enough else None,
        answered_by=enough.user if enough else None,
    )
