"""The delay cause that a burst's own history suggests, with the reason in words; people correct it.

Causes are the programme's fixed list. The first rule that fits wins: who was missing comes before
what was waited for, and that before how people worked together. Time is wall-clock time: what was
felt, whatever the calendar says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.taskforce.burst import Burst
from bot.taskforce.decision import Detail
from bot.taskforce.terms import ClockKind, EntryKind, PauseReason

MUCH = 0.25  # of a burst's life
OFTEN = 2

_WAITED_FOR = {
    PauseReason.AWAITING_VENDOR: ("vendor_wait", "the vendor"),
    PauseReason.AWAITING_REQUESTER: ("information_missing", "the requester"),
    PauseReason.AWAITING_CHANGE_WINDOW: ("change_window_wait", "a change window"),
    PauseReason.AWAITING_APPROVAL: ("approval_wait", "an approval"),
    PauseReason.AWAITING_DOWNTIME: ("change_window_wait", "a downtime"),
    PauseReason.AWAITING_CLINICAL_VERIFICATION: ("late_stakeholder_entry", "clinical verification"),
}


# An extension begins another stretch, perhaps for another reason.
_PAUSE_ENDS = {EntryKind.PAUSED, EntryKind.RESUMED, EntryKind.RESOLVED, EntryKind.CLOSED}


class Logged(Protocol):
    """An entry of the log; ``body`` is None once it was erased. ``at`` is aware UTC."""

    @property
    def kind(self) -> EntryKind:
        """What it is about."""

    @property
    def at(self) -> datetime:
        """When it was logged."""

    @property
    def body(self) -> Mapping[str, Detail] | None:
        """Its details."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cause of the fixed list, and why it is suggested."""

    cause: str
    why: str


def suggest(burst: Burst, entries: Sequence[Logged], *, now: datetime) -> Suggestion | None:
    """The cause that the burst's clocks and log suggest; None when they suggest none."""
    life_for = now - burst.opened_at
    return next((found for found in _rules(burst, entries, life_for, now) if found is not None), None)


def _rules(
    burst: Burst, entries: Sequence[Logged], life_for: timedelta, now: datetime
) -> Iterator[Suggestion | None]:
    yield _unclear_ownership(entries, life_for, now)
    yield _waiting(entries, life_for, now)
    yield _fragmented(burst)
    yield _weak_escalation(burst)
    yield _information_missing(burst)


def _unclear_ownership(entries: Iterable[Logged], life_for: timedelta, now: datetime) -> Suggestion | None:
    without_for = _length(entries, {EntryKind.OPENED, EntryKind.ASSIGNED}, {EntryKind.ACCEPTED}, now)
    if without_for <= life_for * MUCH:
        return None
    why = f"{_percent(without_for, life_for)} of the time passed without an owner who had accepted."
    return Suggestion("unclear_ownership", why)


def _waiting(entries: Sequence[Logged], life_for: timedelta, now: datetime) -> Suggestion | None:
    waits: dict[PauseReason, timedelta] = {}
    for position, entry in enumerate(entries):
        if entry.kind is EntryKind.PAUSED and entry.body is not None:
            reason = PauseReason(str(entry.body["reason"]))
            over_at = next((later.at for later in entries[position + 1 :] if later.kind in _PAUSE_ENDS), now)
            waits[reason] = waits.get(reason, timedelta()) + (over_at - entry.at)
    if not waits:
        return None
    reason = max(waits, key=lambda one: waits[one])
    if waits[reason] <= life_for * MUCH:
        return None
    cause, what = _WAITED_FOR[reason]
    return Suggestion(cause, f"{_percent(waits[reason], life_for)} of the time it waited for {what}.")


def _fragmented(burst: Burst) -> Suggestion | None:
    owners = sum(clock.kind is ClockKind.ACCEPT for clock in burst.clocks)
    if owners > OFTEN:
        return Suggestion("fragmented_communication", f"It changed hands {owners - 1} times.")
    silences = sum(clock.kind is ClockKind.UPDATE and clock.missed_at is not None for clock in burst.clocks)
    if silences >= OFTEN:
        return Suggestion("fragmented_communication", f"{silences} updates came late.")
    return None


def _weak_escalation(burst: Burst) -> Suggestion | None:
    steps = [step for clock in burst.clocks for step in clock.fired if step.reached]
    silent = sum(step.answered_at is None for step in steps)
    if silent >= OFTEN:
        return Suggestion("weak_escalation_design", f"{silent} escalation steps got no answer.")
    return None


def _information_missing(burst: Burst) -> Suggestion | None:
    if any(item.source == "intake" for item in burst.checklist):
        return Suggestion("information_missing", "The intake was incomplete when it was opened.")
    return None


def _length(
    entries: Iterable[Logged], starts: set[EntryKind], ends: set[EntryKind], now: datetime
) -> timedelta:
    """The time between entries that start something and those that end it, all stretches together."""
    total, since = timedelta(), None
    for entry in entries:
        if since is None and entry.kind in starts:
            since = entry.at
        elif since is not None and entry.kind in ends:
            total, since = total + (entry.at - since), None
    return total if since is None else total + (now - since)


def _percent(part: timedelta, whole: timedelta) -> str:
    return f"{round(100 * (part / whole))} %"
