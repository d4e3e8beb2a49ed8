"""What was done about an escalation since it was made, as the log tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reports.entries import LoggedEntry, body_of
from bot.taskforce.terms import ClockKind, EntryKind

_FROM_ABOVE = frozenset(
    {
        EntryKind.TAKEN_UP,
        EntryKind.ASKED,
        EntryKind.HANDED_OVER,
        EntryKind.SEVERITY,
        EntryKind.DECISION,
        EntryKind.DECISION_REQUESTED,
        EntryKind.DECISION_VOTED,
        EntryKind.DECISION_DEFERRED,
    }
)


@dataclass(frozen=True, slots=True)
class Escalated:
    """Why a person escalated by hand (empty when the clock itself did), and the entries of what followed."""

    why: str = ""
    since: tuple[LoggedEntry, ...] = ()


def escalated(entries: Sequence[LoggedEntry], subject: Mapping[str, str | int]) -> Escalated:
    """What a burst's whole log says of the escalation whose clock and step ``subject`` names."""
    first = next((entry for entry in entries if _is_of(entry, subject)), None)
    if first is None:
        return Escalated()
    since = tuple(entry for entry in entries if entry.number > first.number and _is_from_above(entry))
    return Escalated(body_of(first).text("reason"), since)


def _is_of(entry: LoggedEntry, subject: Mapping[str, str | int]) -> bool:
    """Whether the entry tells that this step fired, by itself or by hand."""
    body = body_of(entry)
    step = (body.number("clock"), body.text("step"))
    return entry.kind is EntryKind.ESCALATED and step == (subject.get("clock"), subject.get("step"))


def _is_from_above(entry: LoggedEntry) -> bool:
    """Whether the entry tells what somebody did about an escalation, or that nothing came of it."""
    match entry.kind:
        case EntryKind.ACTION:
            return body_of(entry).number("extended") is not None
        case EntryKind.MISSED:
            return body_of(entry).text("kind") == ClockKind.TAKE_UP
        case _:
            return entry.kind in _FROM_ABOVE
