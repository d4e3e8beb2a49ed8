"""Time beyond the promise to resolve, in words: how much was lost, to what, and how one knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.reports.durations import lasting, percents, worked
from bot.reports.entries import LoggedEntry
from bot.reports.labels import Labels
from bot.reports.words import GROUND, PAUSE, SEAT
from bot.taskforce import delay
from bot.taskforce.attendance import late_entries
from bot.taskforce.burst import Burst
from bot.taskforce.terms import PauseReason, Seat


@dataclass(frozen=True, slots=True)
class Lost:
    """Time that is put down to a cause, with the reason; ``percent`` is its share by the clock on the wall."""

    cause: str
    why: str
    wall_for: timedelta
    net_for: timedelta
    percent: int


@dataclass(frozen=True, slots=True)
class Delay:
    """How far the promise to resolve was exceeded, by the clock on the wall and net, and what that is put down to.

    The parts add up to the whole, their shares to 100.
    """

    wall_for: timedelta
    net_for: timedelta
    parts: tuple[Lost, ...]


def told_delay(burst: Burst, entries: Sequence[LoggedEntry], lost: delay.Delay, labels: Labels) -> Delay:
    """What was lost, in words."""
    came = [_who(one.what, labels) for one in late_entries(burst, entries)]
    shares = percents(share.wall_for for share in lost.shares)
    parts = (
        Lost(
            labels.cause(share.cause) if share.cause else "Not explained",
            _why(share.because, came),
            share.wall_for,
            share.net_for,
            percent,
        )
        for share, percent in zip(lost.shares, shares, strict=True)
    )
    return Delay(lost.wall_for, lost.net_for, tuple(parts))


def beyond_words(told: Delay) -> str:
    """How far the promise was exceeded, in one line; empty while it holds."""
    if not told.wall_for:
        return ""
    net = f", {worked(told.net_for)} of working time" if told.net_for else ""
    return f"Beyond the promise to resolve: {lasting(told.wall_for)} by the clock on the wall{net}"


def lost_words(part: Lost) -> str:
    """What one part of it is put down to, in one line."""
    net = f", {worked(part.net_for)} of it working time" if part.net_for else ""
    return f"{part.cause}: {lasting(part.wall_for)} ({part.percent}%){net}; {part.why}"


def _why(because: delay.Because, came_late: Sequence[str]) -> str:
    if isinstance(because, PauseReason):
        return PAUSE[because].lower()
    if because is delay.Ground.LATE_ENTRY:
        return f"{GROUND[because]} {', '.join(came_late)}"
    return GROUND[because]


def _who(what: str, labels: Labels) -> str:
    """A role or a co-lead's seat in words."""
    return SEAT[Seat(what)] if what in set(Seat) else labels.role(what)
