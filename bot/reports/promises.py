"""Promises kept and missed: what became of a burst's response clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reports.durations import lasting, worked
from bot.reports.extensions import extended_words
from bot.reports.words import CLOCK, PAUSE
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.spent import paused_for, spent
from bot.taskforce.terms import ClockKind, ClockState


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of one kind. ``worst_for`` is the longest lateness of those that were met late.

    ``extended`` says in words how often and by how much they were extended; it is empty when never.
    """

    kind: ClockKind
    kept: int
    missed: int
    worst_for: timedelta | None
    extended: str = ""

    @property
    def label(self) -> str:
        """The kind in words."""
        return CLOCK[self.kind]


def promises(burst: Burst) -> tuple[Promises, ...]:
    """Every kind of promise that was kept or missed, in the order in which it was first made."""
    kinds = dict.fromkeys(clock.kind for clock in burst.clocks)
    counted = (_counted(burst, kind) for kind in kinds)
    return tuple(one for one in counted if one.kept or one.missed or one.extended)


@dataclass(frozen=True, slots=True)
class Time:
    """How long the resolution took: working time used and promised, by the clock on the wall, paused by reason."""

    net_for: timedelta
    promised_for: timedelta
    wall_for: timedelta
    paused: tuple[tuple[str, timedelta], ...]


def time_taken(burst: Burst, now: datetime) -> Time | None:
    """The time to resolve at ``now`` (aware UTC), or until it was resolved; None without such a promise."""
    clock = clocks.latest(burst, ClockKind.RESOLVE)
    if clock is None:
        return None
    used = spent(burst, clock, now)
    paused = tuple((PAUSE[reason], length) for reason, length in paused_for(burst, now).items())
    return Time(used.net_for, used.promised_for, used.wall_for, paused)


def time_words(time: Time) -> tuple[str, ...]:
    """The same in plain words, a line each."""
    lines = [f"Time to resolve: {used_words(time.net_for, time.promised_for, time.wall_for)}"]
    if time.paused:
        reasons = ", ".join(f"{reason.lower()} {lasting(length)}" for reason, length in time.paused)
        lines.append(f"Paused: {reasons}")
    return tuple(lines)


def used_words(net_for: timedelta, promised_for: timedelta, wall_for: timedelta) -> str:
    """Working time used of what was promised, and the time by the clock on the wall where that is another."""
    net = f"{worked(net_for)} of {worked(promised_for)} working time"
    wall = lasting(wall_for)
    return net if wall == lasting(net_for) else f"{net}, {wall} by the clock on the wall"


def late_for(clock: ResponseClock) -> timedelta | None:
    """By how much a promise was met late; None when it was met in time or never met."""
    if clock.met_at is None or clock.met_at <= clock.due_at:
        return None
    return clock.met_at - clock.due_at


def _counted(burst: Burst, kind: ClockKind) -> Promises:
    kept, missed = 0, 0
    worst: timedelta | None = None
    for clock in (clock for clock in burst.clocks if clock.kind is kind):
        late = late_for(clock)
        if late is not None or clock.missed_at is not None:
            missed += 1
            worst = max(filter(None, (worst, late)), default=None)
        elif clock.state is ClockState.MET:
            kept += 1
    return Promises(kind, kept, missed, worst, extended_words(burst, kind))
