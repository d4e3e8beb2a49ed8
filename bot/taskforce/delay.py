"""Time beyond the promise to resolve, and which causes it is put down to: the parts add up to the whole.

What the log shows goes first, minute by minute. Where that is more than was lost, every cause gets the same
part of its time; where it is less, the causes that somebody confirmed share the rest, the main one counting twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.taskforce import clocks
from bot.taskforce.attendance import late_entries, late_from
from bot.taskforce.burst import Burst
from bot.taskforce.ledger import Ledger, Logged, Phase, Stretch
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.spent import spent
from bot.taskforce.terms import ClockKind, PauseReason

UNCLEAR_OWNERSHIP = "unclear_ownership"
LATE_STAKEHOLDER_ENTRY = "late_stakeholder_entry"
WAITED_FOR = {
    PauseReason.AWAITING_VENDOR: "vendor_wait",
    PauseReason.AWAITING_REQUESTER: "information_missing",
    PauseReason.AWAITING_CHANGE_WINDOW: "change_window_wait",
    PauseReason.AWAITING_APPROVAL: "approval_wait",
    PauseReason.AWAITING_DOWNTIME: "change_window_wait",
    PauseReason.AWAITING_CLINICAL_VERIFICATION: LATE_STAKEHOLDER_ENTRY,
}
_MAIN_COUNTS = 2
_INSTANT = timedelta(microseconds=1)


class Ground(StrEnum):
    """Why time is put down to a cause, where it is not that a pause says so; these values are stored."""

    OWNERLESS = "ownerless"  # nobody had accepted it
    EMPTY_SEAT = "empty_seat"  # a co-lead's seat was empty, and nobody had begun
    LATE_ENTRY = "late_entry"  # worked on without a role or seat that came late
    CONFIRMED = "confirmed"  # the one who resolved it named the cause
    UNEXPLAINED = "unexplained"  # nothing tells; the cause is empty


Because: TypeAlias = Ground | PauseReason


@dataclass(frozen=True, slots=True)
class Share:
    """Time beyond the promise that is put down to ``cause``: by the clock on the wall, and net working time."""

    cause: str
    because: Because
    wall_for: timedelta
    net_for: timedelta


@dataclass(frozen=True, slots=True)
class Delay:
    """How far the promise to resolve was exceeded. The shares add up to it exactly, in either time.

    ``wall_for`` is by the clock on the wall, ``net_for`` working time without pauses.
    """

    wall_for: timedelta
    net_for: timedelta
    shares: tuple[Share, ...]


def delay_of(burst: Burst, entries: Sequence[Logged], ledger: Ledger, now: datetime) -> Delay:
    """What was lost until the burst was resolved or ended, or until ``now``; nothing while the promise holds.

    By the clock on the wall the promise is what its working time would have taken without a pause: who waited felt
    the pauses too.
    """
    clock = clocks.last(burst, ClockKind.RESOLVE)
    used = spent(burst, clock, now)
    net_for = max(used.net_for - used.promised_for, timedelta())
    until = clock.met_at or burst.closed_at or now
    lived = [part for one in ledger.stretches if (part := one.within(clock.armed_at, until))]
    wall_for = max(Ledger(tuple(lived)).life_for - _promised_span(burst, clock), net_for)
    if not wall_for:
        return Delay(timedelta(), timedelta(), ())
    pieces = list(_told(burst, entries, lived))
    walls = _put_down(burst, wall_for, pieces, lambda one: one.lasted_for)
    nets = _put_down(burst, net_for, pieces, lambda one: _net(burst, clock, one))
    none = timedelta()
    shares = (
        Share(*key, walls.get(key, none), nets.get(key, none)) for key in dict.fromkeys((*walls, *nets))
    )
    return Delay(wall_for, net_for, tuple(share for share in shares if share.wall_for or share.net_for))


def _promised_span(burst: Burst, clock: ResponseClock) -> timedelta:
    return clocks.clock_calendar(burst, clock).add(clock.armed_at, clock.total_for) - clock.armed_at


def _net(burst: Burst, clock: ResponseClock, stretch: Stretch) -> timedelta:
    """The working time of a stretch; the clock stands still while it is waited for something."""
    if stretch.phase is Phase.WAITING:
        return timedelta()
    return clocks.clock_calendar(burst, clock).between(stretch.since, stretch.until)


_Key: TypeAlias = tuple[str, Because]


def _told(
    burst: Burst, entries: Sequence[Logged], lived: Sequence[Stretch]
) -> Iterator[tuple[_Key, Stretch]]:
    """The stretches of which the log tells what they were lost to."""
    came = late_entries(burst, entries)
    last_at = max((one.at for one in came), default=None)
    without_since = late_from(burst, clocks.last(burst, ClockKind.RESOLVE))
    for stretch in lived:
        if stretch.phase in {Phase.UNASSIGNED, Phase.UNACCEPTED}:
            yield (UNCLEAR_OWNERSHIP, Ground.OWNERLESS), stretch
        elif stretch.phase is Phase.MOBILISING:
            yield (LATE_STAKEHOLDER_ENTRY, Ground.EMPTY_SEAT), stretch
        elif stretch.phase is Phase.WAITING and stretch.reason is not None:
            yield (WAITED_FOR[stretch.reason], stretch.reason), stretch
        elif stretch.phase is Phase.WORKING and last_at is not None:
            without = stretch.within(without_since, last_at)
            if without is not None:
                yield (LATE_STAKEHOLDER_ENTRY, Ground.LATE_ENTRY), without


def _put_down(
    burst: Burst,
    lost_for: timedelta,
    pieces: Sequence[tuple[_Key, Stretch]],
    length: Callable[[Stretch], timedelta],
) -> dict[_Key, timedelta]:
    told: dict[_Key, timedelta] = {}
    for key, stretch in pieces:
        told[key] = told.get(key, timedelta()) + length(stretch)
    explained_for = sum(told.values(), timedelta())
    if explained_for > lost_for:
        return dict(zip(told, shared_out(lost_for, [one // _INSTANT for one in told.values()]), strict=True))
    rest = _confirmed(burst)
    parts = shared_out(lost_for - explained_for, list(rest.values()))
    return told | dict(zip(rest, parts, strict=True))


def _confirmed(burst: Burst) -> dict[_Key, int]:
    """The causes that were confirmed, and how much each counts."""
    said = burst.resolution
    if said is None:
        return {("", Ground.UNEXPLAINED): 1}
    others = dict.fromkeys(said.also)
    causes = {said.cause: _MAIN_COUNTS} | {cause: 1 for cause in others if cause != said.cause}
    return {(cause, Ground.CONFIRMED): weight for cause, weight in causes.items()}


def shared_out(whole: timedelta, weights: Sequence[int]) -> list[timedelta]:
    """``whole`` in parts as large as the weights say, to the microsecond; the parts add up to it.

    There must be a weight above nothing.
    """
    total, instants, done, counted = sum(weights), whole // _INSTANT, 0, 0
    parts: list[timedelta] = []
    for weight in weights:
        counted += weight
        upto = instants * counted // total
        parts.append((upto - done) * _INSTANT)
        done = upto
    return parts
