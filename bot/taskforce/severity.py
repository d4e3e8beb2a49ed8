"""Severity: impact by urgency, raised where what was answered says that it must be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.taskforce.burst import Answer, Burst
from bot.taskforce.family import Conditional, Family
from bot.taskforce.predicates import holds
from bot.taskforce.surroundings import Surroundings
from bot.taskforce.terms import Severity

SeverityMatrix: TypeAlias = tuple[tuple[Severity, ...], ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A severity and why: what the matrix says, and the conditionals that raised it above that."""

    severity: Severity
    by_matrix: Severity
    raised_by: tuple[Conditional, ...] = ()


def severity_of(matrix: SeverityMatrix, impact: int, urgency: int) -> Severity:
    """The matrix's severity for impact and urgency, 1 to 3 each."""
    return matrix[impact - 1][urgency - 1]


def derive(
    family: Family | None,
    known: Mapping[str, Answer],
    matrix: SeverityMatrix,
    around: Surroundings,
) -> Derived:
    """The severity that follows from ``known``, the form's answers with the header's impact and urgency.

    A family that the programme no longer has raises nothing. A conditional that raises the severity
    has no predicate on it, so the matrix's one stands for it meanwhile.
    """
    start = severity_of(matrix, int(str(known["impact"])), int(str(known["urgency"])))
    facts = {**known, "severity": str(start)}
    severity = start
    raised_by: list[Conditional] = []
    for conditional in family.conditional if family else ():
        floor = conditional.severity_at_least
        if floor is not None and floor < start and holds(conditional.when, facts, around):
            severity = severity.at_least(floor)
            raised_by.append(conditional)
    return Derived(severity, start, tuple(raised_by))


def known_of(burst: Burst) -> Mapping[str, Answer]:
    """What predicates may read of a burst: its answers and its header."""
    return {
        **burst.answers,
        "sites": burst.sites,
        "stage": burst.stage,
        "impact": burst.impact,
        "urgency": burst.urgency,
        "severity": str(burst.severity),
        "workaround": burst.workaround,
    }
