"""Where a burst's time went: every moment of its life belongs to one phase, read from its log alone.

Time between closing and reopening is no life. An entry whose body was erased still counts with its
kind and time; where the phase hung on what it said, that is unknown until the log tells again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from statistics import median
from typing import Any, Protocol

from bot.taskforce.decision import SYSTEM, Detail
from bot.taskforce.terms import EntryKind, PauseReason, Seat


class Logged(Protocol):
    """An entry of the log; ``body`` is None once it was erased. ``at`` is aware UTC."""

    @property
    def kind(self) -> EntryKind:
        """What it is about."""

    @property
    def actor(self) -> str:
        """Slack user id, or ``system``."""

    @property
    def at(self) -> datetime:
        """When it was logged."""

    @property
    def body(self) -> Mapping[str, Detail] | None:
        """Its details."""


class Phase(StrEnum):
    """What a burst was in at one moment; these values are stored."""

    UNASSIGNED = "unassigned"
    UNACCEPTED = "unaccepted"
    MOBILISING = "mobilising"  # accepted, but a co-lead's seat is empty and nobody has begun
    WORKING = "working"
    WAITING = "waiting"
    VERIFYING = "verifying"  # resolved, until it is closed or sent back
    UNKNOWN = "unknown"  # what it hung on was erased


@dataclass(frozen=True, slots=True)
class Stretch:
    """An unbroken time in one phase. ``reason`` is what was waited for; None also where that was erased."""

    phase: Phase
    since: datetime
    until: datetime
    reason: PauseReason | None = None

    @property
    def lasted_for(self) -> timedelta:
        """Its length by the clock on the wall."""
        return self.until - self.since

    def within(self, since: datetime, until: datetime) -> "Stretch | None":
        """The part of it between the two moments; None when there is none."""
        first, last = max(self.since, since), min(self.until, until)
        return replace(self, since=first, until=last) if first < last else None


@dataclass(frozen=True, slots=True)
class HandOff:
    """Another owner was assigned. ``to`` is None where that was erased, ``acted_at`` where they did nothing.

    ``dwell_for`` is the burst's life from the change to their first action; without one, until the next
    change or as far as the log goes.
    """

    to: str | None
    at: datetime
    acted_at: datetime | None
    dwell_for: timedelta


@dataclass(frozen=True, slots=True)
class Ledger:
    """The stretches of a burst's life in order, without gaps but for closed time, and its changes of owner."""

    stretches: tuple[Stretch, ...]
    hand_offs: tuple[HandOff, ...] = ()

    @property
    def life_for(self) -> timedelta:
        """How long the burst lived: the length of all stretches together."""
        return sum((stretch.lasted_for for stretch in self.stretches), timedelta())

    @property
    def totals(self) -> Mapping[tuple[Phase, PauseReason | None], timedelta]:
        """The time in each phase, waiting by its reason, in the order in which they first came."""
        total: dict[tuple[Phase, PauseReason | None], timedelta] = {}
        for stretch in self.stretches:
            key = (stretch.phase, stretch.reason)
            total[key] = total.get(key, timedelta()) + stretch.lasted_for
        return total

    def spent_in(self, *phases: Phase) -> timedelta:
        """The time in these phases together."""
        return sum((one.lasted_for for one in self.stretches if one.phase in phases), timedelta())

    @property
    def dwell_for(self) -> timedelta:
        """The time for which the burst lay with a new owner who had not acted yet."""
        return sum((one.dwell_for for one in self.hand_offs), timedelta())

    @property
    def median_dwell_for(self) -> timedelta | None:
        """The median of the hand-offs' dwell times; None without a hand-off."""
        if not self.hand_offs:
            return None
        return timedelta(seconds=median(one.dwell_for.total_seconds() for one in self.hand_offs))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the log has said so far, as far as it decides the phase. ``owned`` is None where that was erased."""

    owned: bool | None = False
    accepted: bool = False
    empty: frozenset[str] | None = frozenset()
    begun: bool = False
    paused: bool = False
    reason: PauseReason | None = None
    resolved: bool = False
    ended: bool = False
    archived: bool = False

    @property
    def phase(self) -> Phase | None:
        """The phase; None after the end."""
        if self.ended:
            return None
        if self.resolved:
            return Phase.VERIFYING
        if self.paused:
            return Phase.WAITING
        if self.accepted:
            return self._accepted_phase
        if self.owned is None:
            return Phase.UNKNOWN
        return Phase.UNACCEPTED if self.owned else Phase.UNASSIGNED

    @property
    def _accepted_phase(self) -> Phase:
        if self.begun or self.empty == frozenset():
            return Phase.WORKING
        return Phase.UNKNOWN if self.empty is None else Phase.MOBILISING


def ledger_of(entries: Sequence[Logged], now: datetime) -> Ledger:
    """The ledger of a whole log, oldest entry first; ``now`` (aware UTC) ends what has not ended yet."""
    stretches = tuple(_stretches(entries, now))
    return Ledger(stretches, tuple(_hand_offs(entries, stretches, now)))


def is_work(entry: Logged) -> bool:
    """Whether somebody did something about the blocker itself. More time that was given is no work."""
    return entry.kind in _WORK and entry.actor != SYSTEM and "extended" not in (entry.body or {})


def _stretches(entries: Sequence[Logged], now: datetime) -> Iterator[Stretch]:
    """What follows each other in the same phase for the same reason is one stretch."""
    running: Stretch | None = None
    for piece in _pieces(entries, now):
        if running is not None and _goes_on(running, piece):
            running = replace(running, until=piece.until)
            continue
        if running is not None:
            yield running
        running = piece
    if running is not None:
        yield running


def _goes_on(before: Stretch, after: Stretch) -> bool:
    alike = (before.phase, before.reason) == (after.phase, after.reason)
    return alike and before.until == after.since


def _pieces(entries: Sequence[Logged], now: datetime) -> Iterator[Stretch]:
    """The time from each entry to the next one, and from the last one to now."""
    standing = _Standing()
    ends = chain((entry.at for entry in entries[1:]), (now,))
    for entry, until in zip(entries, ends, strict=False):
        standing = _after(standing, entry)
        if standing.phase is not None and entry.at < until:
            reason = standing.reason if standing.phase is Phase.WAITING else None
            yield Stretch(standing.phase, entry.at, until, reason)


def _after(standing: _Standing, entry: Logged) -> _Standing:
    if is_work(entry):
        return replace(standing, begun=True)
    changes = _CHANGES.get(entry.kind)
    return replace(standing, **changes(standing, entry)) if changes else standing


def _opened(_: _Standing, entry: Logged) -> dict[str, Any]:
    if entry.body is None:
        return {"empty": None}
    body = entry.body
    return {"empty": frozenset(seat for seat in _CO_LEADS if body.get(seat, seat) is None)}


def _assigned(_: _Standing, entry: Logged) -> dict[str, Any]:
    return {"owned": _named(entry), "accepted": False}


def _seated(standing: _Standing, entry: Logged) -> dict[str, Any]:
    if entry.body is None:
        # Whose seat was emptied, the owner's or a co-lead's, is what was erased; nobody fills the owner's this way.
        lost = {"owned": None, "accepted": False} if entry.actor == SYSTEM else {}
        return {"empty": None, **lost}
    seat, filled = entry.body.get("seat"), _named(entry)
    if seat == Seat.OWNER:
        return {"owned": filled, "accepted": False}
    if standing.empty is None or seat not in _CO_LEADS:
        return {}
    return {"empty": standing.empty - {seat} if filled else standing.empty | {seat}}


def _paused(_: _Standing, entry: Logged) -> dict[str, Any]:
    reason = (entry.body or {}).get("reason")
    return {"paused": True, "reason": PauseReason(str(reason)) if reason in set(PauseReason) else None}


def _reopened(standing: _Standing, entry: Logged) -> dict[str, Any]:
    # An archived burst goes on as a new one, and stays at its end.
    stays = standing.archived or (entry.body or {}).get("successor") is not None
    return {"resolved": False, "ended": stays}


def _named(entry: Logged) -> bool | None:
    """Whether the entry names somebody; None where that was erased."""
    return None if entry.body is None else bool(entry.body.get("to"))


def _hand_offs(entries: Sequence[Logged], stretches: Sequence[Stretch], now: datetime) -> Iterator[HandOff]:
    """Every time that somebody owned the burst after somebody else had."""
    had_owner = False
    for position, entry in enumerate(entries):
        if entry.kind is not EntryKind.ASSIGNED or _named(entry) is False:
            continue
        if had_owner:
            yield _hand_off(entry, entries[position + 1 :], stretches, now)
        had_owner = True


def _hand_off(entry: Logged, later: Sequence[Logged], stretches: Sequence[Stretch], now: datetime) -> HandOff:
    to = str(entry.body["to"]) if entry.body is not None else None
    acted_at, until = None, now
    for one in later:
        if one.kind is EntryKind.ASSIGNED:
            until = one.at
            break
        if one.kind is EntryKind.ACCEPTED or (one.actor == to and one.kind is not EntryKind.LEFT):
            acted_at = until = one.at
            break
    parts = (stretch.within(entry.at, until) for stretch in stretches)
    return HandOff(to, entry.at, acted_at, sum((part.lasted_for for part in parts if part), timedelta()))


_CO_LEADS = frozenset({Seat.CLINICAL_LEAD.value, Seat.TECHNICAL_LEAD.value})
_WORK = frozenset(
    {
        EntryKind.UPDATE,
        EntryKind.FACT,
        EntryKind.DECISION,
        EntryKind.DECISION_REQUESTED,
        EntryKind.EVIDENCE,
        EntryKind.ACTION,
        EntryKind.CHECKLIST,
    }
)
_CHANGES: dict[EntryKind, Callable[[_Standing, Logged], dict[str, Any]]] = {
    EntryKind.OPENED: _opened,
    EntryKind.ASSIGNED: _assigned,
    EntryKind.SEATED: _seated,
    EntryKind.ACCEPTED: lambda *_: {"owned": True, "accepted": True},
    EntryKind.PAUSED: _paused,
    EntryKind.RESUMED: lambda *_: {"paused": False},
    EntryKind.RESOLVED: lambda *_: {"owned": True, "accepted": True, "paused": False, "resolved": True},
    EntryKind.SENT_BACK: lambda *_: {"resolved": False},
    EntryKind.CLOSED: lambda *_: {"paused": False, "ended": True},
    EntryKind.ARCHIVED: lambda *_: {"archived": True},
    EntryKind.REOPENED: _reopened,
}
