"""What the passing of time does: warnings, misses, steps, pauses that end, take-ups that go stale."""

from datetime import datetime

from tests.quarter.happenings import TICK
from tests.quarter.oracle.promise import PUNCTUAL, Promise, gates, next_repeat, next_step
from tests.quarter.oracle.tale import Tale


def next_look(tale: Tale) -> datetime | None:
    """When there is something to do next; not before the tick after the last thing that happened."""
    moments = [moment for clock in tale.burst.clocks if (moment := _moment(tale, clock)) is not None]
    return max(min(moments), tale.burst.seen + TICK) if moments else None


def look(tale: Tale, now: datetime) -> None:
    """Do what is due by now, clock by clock, as they came due."""
    due = [
        (moment, clock.number)
        for clock in tale.burst.clocks
        if (moment := _moment(tale, clock)) is not None and moment <= now
    ]
    for _, number in sorted(due):
        _ring(tale, tale.burst.clocks[number - 1], now)
        tale.settle(now)


def _moment(tale: Tale, clock: Promise) -> datetime | None:
    """When a clock has something to say next."""
    if not clock.is_armed:
        return None
    burst, due = tale.burst, clock.due
    moments = [due] if clock.missed is None else []
    if burst.seen < due:
        moments += [at for point, at in clock.warnings(burst.terms).items() if point not in clock.warned]
    step = next_step(clock, burst.terms, burst.seen)
    if step is not None:
        moments.append(_may_fire(tale, clock, step[0], burst.seen))
    again = next_repeat(clock, burst.seen)
    if again is not None:
        moments.append(_may_repeat(tale, again[0], burst.seen))
    return min(moments, default=None)


def _may_fire(tale: Tale, clock: Promise | None, due: datetime, now: datetime) -> datetime:
    """From when a step may fire: nobody is told two things in the time they have to answer the first.

    One that is late waits for the people of every clock of the burst.
    """
    others = tale.burst.clocks if now - due > PUNCTUAL else [clock] if clock is not None else []
    return max((due, *(end for other in others if other.is_armed for end in gates(other))))


def _may_repeat(tale: Tale, due: datetime, now: datetime) -> datetime:
    """From when a step may be said again: at its time, or, where that is over, when nobody is being asked."""
    return _may_fire(tale, None, due, now) if now - due > PUNCTUAL else due


def _ring(tale: Tale, clock: Promise, now: datetime) -> None:
    if not clock.is_armed:
        return
    if now < clock.due:
        _warn(tale, clock, now)
    elif clock.missed is None:
        _fall_due(tale, clock, now)
    while (step := next_step(clock, tale.burst.terms, now)) is not None:
        if _may_fire(tale, clock, step[0], now) > now:
            break
        tale.fire(clock, step[1], step[0], now)
    while (again := next_repeat(clock, now)) is not None and _may_repeat(tale, again[0], now) <= now:
        tale.say_again(clock, *again, now)


def _warn(tale: Tale, clock: Promise, now: datetime) -> None:
    """The owner hears of the latest point that has passed; of one that was passed over there is nothing to say."""
    coming = clock.warnings(tale.burst.terms).items()
    passed = sorted((at, point) for point, at in coming if point not in clock.warned and at <= now)
    if passed:
        clock.warned |= {point for _, point in passed}
        at, point = passed[-1]
        tale.tell(now, f"warned {clock.kind} {point}", at)
        tale.ping(now, [tale.burst.owner], "reminder", clock.kind)


def _fall_due(tale: Tale, clock: Promise, now: datetime) -> None:
    burst, due = tale.burst, clock.due
    if clock.kind == "pause":
        tale.end_pause(now)
        tale.tell(now, "resumed by itself", due)
        tale.ping(now, [burst.owner, burst.clinical, burst.technical], "reminder", "pause")
        return
    clock.missed = now
    tale.tell(now, f"missed {clock.kind}", due)
    if clock.kind == "take_up":
        tale.ping(now, [burst.taken_by], "missed", "take_up")
        tale.end_take_up(now)
    elif clock.kind == "sign_off":
        tale.ask_signers(now)
    else:
        told = _told_by_step(tale, clock, now)
        concerned = [user for user in _concerned(tale, clock, now) if user not in told]
        tale.ping(now, concerned, "missed", clock.kind)


def _told_by_step(tale: Tale, clock: Promise, now: datetime) -> list[str]:
    """Whom the step tells that fires now: they need not hear of the miss twice."""
    step = next_step(clock, tale.burst.terms, now)
    if step is None or _may_fire(tale, clock, step[0], now) > now:
        return []
    return [user for word in step[1].notify for user in tale.reach(word, now)]


def _concerned(tale: Tale, clock: Promise, now: datetime) -> list[str | None]:
    if clock.kind == "staffing":
        return [*tale.reach("workstream_lead", now)]
    if clock.kind == "intake":
        return [tale.burst.raiser, tale.burst.owner]
    if clock.kind == "workaround":
        return []  # a target: nobody is called for it
    return [tale.burst.owner]
