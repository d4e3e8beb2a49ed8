"""Where a burst's time went, in words: its ledger by phase, and how long it lay with a new owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.reports.durations import lasting, percents
from bot.reports.labels import Labels
from bot.reports.words import PAUSE, PHASE
from bot.taskforce import ledger
from bot.taskforce.terms import PauseReason

_MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class Phase:
    """How long a burst was in one phase in all, by the clock on the wall.

    ``percent`` is its whole share of the life; those of all phases add up to 100.
    """

    label: str
    lasted_for: timedelta
    percent: int


@dataclass(frozen=True, slots=True)
class HandOff:
    """Another owner, and how long the burst lay with them until they first acted; ``to`` is who they are."""

    to: str
    dwell_for: timedelta
    acted: bool


@dataclass(frozen=True, slots=True)
class HandOffs:
    """Every change of owner in order, the median of how long the burst lay there, and its share of the life."""

    each: tuple[HandOff, ...]
    median_for: timedelta | None
    percent: int


def phases(account: ledger.Ledger) -> tuple[Phase, ...]:
    """The phases in the order in which they first came, waiting by what was waited for."""
    totals = account.totals
    shares = percents(totals.values())
    return tuple(
        Phase(_label(phase, reason), length, percent)
        for ((phase, reason), length), percent in zip(totals.items(), shares, strict=True)
    )


def lasted(all_phases: Iterable[Phase]) -> timedelta:
    """The length of all phases together."""
    return sum((phase.lasted_for for phase in all_phases), timedelta())


def hand_offs(account: ledger.Ledger, labels: Labels) -> HandOffs:
    """How the burst changed hands; who it went to is "somebody" where that was erased."""
    each = tuple(
        HandOff(labels.name(one.to) if one.to else "somebody", one.dwell_for, one.acted_at is not None)
        for one in account.hand_offs
    )
    share = account.dwell_for / account.life_for if account.life_for else 0
    return HandOffs(each, account.median_dwell_for, round(100 * share))


def phase_words(phase: Phase) -> str:
    """How long the burst was in a phase, in one line."""
    return f"{phase.label}: {lasting(phase.lasted_for)} ({phase.percent}%)"


def hand_off_words(told: HandOffs) -> str:
    """How long it lay with new owners, in one line; empty when it never changed hands."""
    if told.median_for is None:
        return ""
    share = f"until the new one acted ({told.percent}%)"
    if len(told.each) == 1:
        return f"One change of owner: {lasting(told.median_for)} {share}"
    first = ", ".join(lasting(one.dwell_for) for one in told.each[:_MOST_TOLD])
    rest = ", …" if len(told.each) > _MOST_TOLD else ""
    return (
        f"{len(told.each)} changes of owner: {first}{rest}, in the median {lasting(told.median_for)} {share}"
    )


def _label(phase: ledger.Phase, reason: PauseReason | None) -> str:
    return PAUSE[reason] if reason is not None else PHASE[phase]
