"""Where a burst's time went, read from its log: unassigned, unaccepted, working, waiting, verifying."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.reports.entries import LoggedEntry, body_of
from bot.reports.words import PAUSE
from bot.taskforce.terms import EntryKind, PauseReason, Seat

UNASSIGNED = "Unassigned"
UNACCEPTED = "Unaccepted"
WORKING = "Working"
WAITING = "Waiting"
VERIFYING = "Verifying"


@dataclass(frozen=True, slots=True)
class Phase:
    """How long a burst was in one phase in all, by the clock on the wall."""

    label: str
    lasted_for: timedelta


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the log has said so far, as far as it decides the phase."""

    owned: bool = False
    accepted: bool = False
    waiting: str = ""
    resolved: bool = False
    ended: bool = False

    @property
    def label(self) -> str | None:
        """The phase; None after the end."""
        if self.ended:
            return None
        if self.resolved:
            return VERIFYING
        if self.waiting:
            return self.waiting
        if not self.owned:
            return UNASSIGNED
        return WORKING if self.accepted else UNACCEPTED


def phases(entries: Sequence[LoggedEntry], now: datetime) -> tuple[Phase, ...]:
    """The phases of a burst in the order in which they first came, with their total length.

    ``now`` ends the running phase of a burst that has not ended. Time between closing and reopening
    belongs to no phase. Erased entries still count: their kind and time remain.
    """
    total: dict[str, timedelta] = {}
    standing = _Standing()
    since: datetime | None = None
    for entry in entries:
        if since is not None and standing.label is not None:
            _add(total, standing.label, entry.at - since)
        standing, since = _after(standing, entry), entry.at
    if since is not None and standing.label is not None:
        _add(total, standing.label, now - since)
    return tuple(Phase(label, length) for label, length in total.items())


def lasted(all_phases: Iterable[Phase]) -> timedelta:
    """The length of all phases together."""
    return sum((phase.lasted_for for phase in all_phases), timedelta())


def _add(total: dict[str, timedelta], label: str, length: timedelta) -> None:
    if length > timedelta():
        total[label] = total.get(label, timedelta()) + length


def _after(standing: _Standing, entry: LoggedEntry) -> _Standing:
    changes = _CHANGES.get(entry.kind)
    return replace(standing, **changes(entry)) if changes else standing


def _assigned(entry: LoggedEntry) -> dict[str, Any]:
    nobody = entry.body is not None and not body_of(entry).text("to")
    return {"owned": not nobody, "accepted": False}


def _seated(entry: LoggedEntry) -> dict[str, Any]:
    if body_of(entry).text("seat") != Seat.OWNER:
        return {}
    return {"owned": bool(body_of(entry).text("to")), "accepted": False}


def _reopened(entry: LoggedEntry) -> dict[str, Any]:
    # Reopened as a new burst, the old one stays at its end.
    return {"resolved": False, "ended": body_of(entry).number("successor") is not None}


def _waiting(entry: LoggedEntry) -> str:
    reason = body_of(entry).text("reason")
    return PAUSE[PauseReason(reason)] if reason in set(PauseReason) else WAITING


_CHANGES: dict[EntryKind, Callable[[LoggedEntry], dict[str, Any]]] = {
    EntryKind.ASSIGNED: _assigned,
    EntryKind.SEATED: _seated,
    EntryKind.ACCEPTED: lambda _: {"owned": True, "accepted": True},
    EntryKind.PAUSED: lambda entry: {"waiting": _waiting(entry)},
    EntryKind.RESUMED: lambda _: {"waiting": ""},
    EntryKind.RESOLVED: lambda _: {"waiting": "", "resolved": True},
    EntryKind.SENT_BACK: lambda _: {"resolved": False},
    EntryKind.CLOSED: lambda _: {"waiting": "", "ended": True},
    EntryKind.REOPENED: _reopened,
}
