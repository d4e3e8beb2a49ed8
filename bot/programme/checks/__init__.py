"""What a programme's shape cannot say: references, families, ladders, and gaps that will hurt.

Every check takes a ``Case`` and yields problems at their paths; they know nothing of each other.
"""

from collections.abc import Callable, Iterator

from bot.programme.checks import families, ladders, people, promises, references, seats, turns
from bot.programme.checks.case import Case
from bot.programme.problems import Problem

_CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    references.check,
    people.check,
    turns.check,
    families.check,
    ladders.check,
    promises.check,
    seats.check,
)


def problems_of(case: Case) -> Iterator[Problem]:
    """Everything that the checks find."""
    for check in _CHECKS:
        yield from check(case)
