"""Promises kept and missed: what became of a burst's response clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.reports.words import CLOCK
from bot.taskforce.burst import Burst, ResponseClock
from bot.taskforce.terms import ClockKind, ClockState


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of one kind. ``worst_for`` is the longest lateness of those that were met late."""

    kind: ClockKind
    kept: int
    missed: int
    worst_for: timedelta | None

    @property
    def label(self) -> str:
        """The kind in words."""
        return CLOCK[self.kind]


def promises(burst: Burst) -> tuple[Promises, ...]:
    """Every kind of promise that was kept or missed, in the order in which it was first made."""
    kinds = dict.fromkeys(clock.kind for clock in burst.clocks)
    counted = (_counted(kind, [clock for clock in burst.clocks if clock.kind is kind]) for kind in kinds)
    return tuple(one for one in counted if one.kept or one.missed)


def late_for(clock: ResponseClock) -> timedelta | None:
    """By how much a promise was met late; None when it was met in time or never met."""
    if clock.met_at is None or clock.met_at <= clock.due_at:
        return None
    return clock.met_at - clock.due_at


def _counted(kind: ClockKind, clocks: Iterable[ResponseClock]) -> Promises:
    kept, missed = 0, 0
    worst: timedelta | None = None
    for clock in clocks:
        late = late_for(clock)
        if late is not None or clock.missed_at is not None:
            missed += 1
            worst = max(filter(None, (worst, late)), default=None)
        elif clock.state is ClockState.MET:
            kept += 1
    return Promises(kind, kept, missed, worst)
