"""The delay cause that a burst's own history suggests, with the reason in words; people correct it.

Causes are the programme's fixed list. The first rule that fits wins: who was missing comes before
what was waited for, and that before how people worked together. Time is wall-clock time: what was
felt, whatever the calendar says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.taskforce import clocks
from bot.taskforce.attendance import late_entries
from bot.taskforce.burst import Burst
from bot.taskforce.delay import LATE_STAKEHOLDER_ENTRY, UNCLEAR_OWNERSHIP, WAITED_FOR
from bot.taskforce.ledger import Ledger, Logged, Phase, ledger_of
from bot.taskforce.terms import ClockKind, PauseReason

WEAK_ESCALATION = "weak_escalation_design"
MUCH = 0.25  # of a burst's life
OFTEN = 2

_WHAT = {
    PauseReason.AWAITING_VENDOR: "the vendor",
    PauseReason.AWAITING_REQUESTER: "the requester",
    PauseReason.AWAITING_CHANGE_WINDOW: "a change window",
    PauseReason.AWAITING_APPROVAL: "an approval",
    PauseReason.AWAITING_DOWNTIME: "a downtime",
    PauseReason.AWAITING_CLINICAL_VERIFICATION: "clinical verification",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cause of the fixed list, and why it is suggested."""

    cause: str
    why: str


def suggest(burst: Burst, entries: Sequence[Logged], *, now: datetime) -> Suggestion | None:
    """The cause that the burst's ledger and clocks suggest; None when they suggest none."""
    ledger = ledger_of(entries, now)
    return next((found for found in _rules(burst, entries, ledger) if found is not None), None)


def _rules(burst: Burst, entries: Sequence[Logged], ledger: Ledger) -> Iterator[Suggestion | None]:
    yield _unclear_ownership(ledger)
    yield _late_entry(burst, entries)
    yield _waiting(ledger)
    yield _fragmented(burst, ledger)
    yield _weak_escalation(burst)
    yield _information_missing(burst)


def _unclear_ownership(ledger: Ledger) -> Suggestion | None:
    without_for = ledger.spent_in(Phase.UNASSIGNED, Phase.UNACCEPTED)
    if without_for <= ledger.life_for * MUCH:
        return None
    why = f"{_percent(without_for, ledger.life_for)} of the time passed without an owner who had accepted."
    return Suggestion(UNCLEAR_OWNERSHIP, why)


def _late_entry(burst: Burst, entries: Sequence[Logged]) -> Suggestion | None:
    late = late_entries(burst, entries)
    if not late:
        return None
    who = "Somebody who was needed" if len(late) == 1 else f"{len(late)} who were needed"
    return Suggestion(
        LATE_STAKEHOLDER_ENTRY, f"{who} came after a quarter of the promised time to resolve had passed."
    )


def _waiting(ledger: Ledger) -> Suggestion | None:
    waits = {reason: length for (_, reason), length in ledger.totals.items() if reason is not None}
    if not waits:
        return None
    reason = max(waits, key=lambda one: waits[one])
    if waits[reason] <= ledger.life_for * MUCH:
        return None
    share = _percent(waits[reason], ledger.life_for)
    return Suggestion(WAITED_FOR[reason], f"{share} of the time it waited for {_WHAT[reason]}.")


def _fragmented(burst: Burst, ledger: Ledger) -> Suggestion | None:
    if len(ledger.hand_offs) >= OFTEN:
        return Suggestion("fragmented_communication", f"It changed hands {len(ledger.hand_offs)} times.")
    silences = sum(clock.kind is ClockKind.UPDATE and clock.missed_at is not None for clock in burst.clocks)
    if silences >= OFTEN:
        return Suggestion("fragmented_communication", f"{silences} updates came late.")
    return None


def _weak_escalation(burst: Burst) -> Suggestion | None:
    asked = [[step for step in clock.fired if step.reached] for clock in burst.clocks]
    # The last step of a clock may still be answered, or was ended by the promise being kept.
    silent = sum(step.answered_at is None for steps in asked for step in steps[:-1])
    if silent:
        what = "escalation step" if silent == 1 else "escalation steps"
        return Suggestion(WEAK_ESCALATION, f"{silent} {what} got no answer.")
    resolve = clocks.last(burst, ClockKind.RESOLVE)
    first_at = min((step.due_at for steps in asked for step in steps), default=None)
    if resolve.missed_at is not None and first_at is not None and first_at > resolve.due_at:
        return Suggestion(WEAK_ESCALATION, "The first escalation came after the time to resolve was over.")
    return None


def _information_missing(burst: Burst) -> Suggestion | None:
    if any(item.source == "intake" for item in burst.checklist):
        return Suggestion("information_missing", "The intake was incomplete when it was opened.")
    return None


def _percent(part: timedelta, whole: timedelta) -> str:
    return f"{part / whole:.0%}"
