"""Who came late: roles and seats that a blocker needed from the start, and that were filled when much time was gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Detail
from bot.taskforce.ledger import Logged
from bot.taskforce.policy import ROLE
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, EntryKind, Seat

LATE_FROM = 0.25  # of the promised time to resolve


@dataclass(frozen=True, slots=True)
class LateEntry:
    """``what`` is a role's id or a co-lead's seat; it was filled at ``at`` (aware UTC)."""

    what: str
    at: datetime


def late_from(burst: Burst, clock: ResponseClock) -> datetime:
    """When a quarter of what ``clock`` promises had passed since it began."""
    return clocks.clock_calendar(burst, clock).add(clock.armed_at, clock.total_for * LATE_FROM)


def late_entries(burst: Burst, entries: Sequence[Logged]) -> tuple[LateEntry, ...]:
    """Each role of the template and each co-lead's seat that was empty, and first filled late; in their order.

    What the template asked for and did not get is what the log's first entry says; where that was erased, only seats count.
    """
    threshold = late_from(burst, clocks.last(burst, ClockKind.RESOLVE))
    filled: dict[str, datetime] = {}
    for what, at in _filled(entries):
        filled.setdefault(what, at)
    return tuple(LateEntry(what, at) for what, at in filled.items() if at > threshold)


def _filled(entries: Sequence[Logged]) -> Iterator[tuple[str, datetime]]:
    """What was needed and is there from some moment on; a seat that somebody left was filled before."""
    needed: frozenset[str] = frozenset()
    for entry in entries:
        body = entry.body or {}
        if entry.kind is EntryKind.OPENED:
            needed = _needed(body)
            yield from ((seat, entry.at) for seat in _SEATS if body.get(seat))
        elif entry.kind is EntryKind.ADDED and str(body.get("via")).removeprefix(ROLE) in needed:
            yield str(body["via"]).removeprefix(ROLE), entry.at
        elif entry.kind is EntryKind.SEATED and body.get("seat") in _SEATS and body.get("to"):
            yield str(body["seat"]), entry.at


def _needed(body: Mapping[str, Detail]) -> frozenset[str]:
    """The roles of the template that nobody filled at opening."""
    roles = body.get("absent")
    return frozenset(map(str, roles)) if isinstance(roles, list | tuple) else frozenset()


_SEATS = (Seat.CLINICAL_LEAD.value, Seat.TECHNICAL_LEAD.value)
