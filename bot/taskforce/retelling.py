"""A promise that comes back with a severity that held before: what was told of it then is not told again.

It is the same promise when its clock is due at the same time. One that was kept, given more time or moved
by a pause in between is another one, and is told anew.
"""

from dataclasses import replace
from datetime import datetime

from bot.taskforce import answers, clocks, ladder
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock, SetAside
from bot.taskforce.spoken import may_have_been_told, was_spoken_of
from bot.taskforce.terms import ClockState


def put(burst: Burst, before: ResponseClock, moved: ResponseClock, now: datetime) -> Burst:
    """The burst with the clock as it was ``moved`` by another policy, and with what was told when it was due then."""
    if moved.due_at == before.due_at:
        return clocks.put(burst, moved)
    moved = ladder.still_past(burst, moved, now)
    told = next((one for one in before.set_aside if one.due_at == moved.due_at), None)
    others = tuple(one for one in before.set_aside if one.due_at not in {moved.due_at, before.due_at})
    burst = clocks.put(burst, replace(moved, set_aside=(*others, *_told(before, now))))
    return burst if told is None else _with(burst, moved.number, told)


def taken_back(before: Burst, after: Burst) -> list[ResponseClock]:
    """The clocks of which everything that was told no longer holds: under the new promise it is still to come."""
    return [
        clock
        for clock in before.clocks
        if was_spoken_of(clock) and not was_spoken_of(clocks.by_number(after, clock.number))
    ]


def moved(before: Burst, after: Burst) -> list[ResponseClock]:
    """The running clocks of ``after`` that are due at another time, and of which something that was told still holds."""
    gone = {clock.number for clock in taken_back(before, after)}
    return [
        clock
        for old in before.clocks
        for clock in [clocks.by_number(after, old.number)]
        if clock.due_at != old.due_at
        and clock.state is ClockState.ARMED
        and may_have_been_told(old)
        and clock.number not in gone
    ]


def told_again(before: Burst, after: Burst) -> list[tuple[ResponseClock, SetAside]]:
    """The clocks of ``after`` of which something counts again that was set aside in ``before``, each with it."""
    found = []
    for old in before.clocks:
        clock = clocks.by_number(after, old.number)
        if clock.due_at != old.due_at:
            found += [(clock, one) for one in old.set_aside if one.due_at == clock.due_at]
    return found


def _told(clock: ResponseClock, now: datetime) -> tuple[SetAside, ...]:
    """What there is to set aside of the clock, if anything was told."""
    told = SetAside(clock.due_at, now, clock.warned, clock.fired, clock.missed_at)
    return (told,) if told.warned or told.fired or told.missed_at else ()


def _with(burst: Burst, number: int, told: SetAside) -> Burst:
    clock = clocks.by_number(burst, number)
    fired = {one.step: answers.recounted(burst, one) for one in (*told.fired, *clock.fired)}
    restored = replace(
        clock,
        warned=(*told.warned, *(point for point in clock.warned if point not in told.warned)),
        fired=tuple(fired[step.id] for step in ladder.steps_of(burst, clock.kind) if step.id in fired),
        missed_at=clock.missed_at or told.missed_at,
    )
    return clocks.put(burst, restored)
