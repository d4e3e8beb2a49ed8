"""One page of the bursts that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor
from storage import Unit
from storage.finding import BurstFilter


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of bursts: the first is ``page`` 1 of ``pages``, ``total`` bursts in all."""

    bursts: tuple[Burst, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0

    @classmethod
    def whole(cls, bursts: Sequence[Burst]) -> Self:
        """All of them on one page."""
        return cls(tuple(bursts), total=len(bursts))


def page_of(unit: Unit, reader: Actor, wanted: BurstFilter, *, page: int, per_page: int) -> Listed:
    """A page of the bursts that fit and that the reader may see, the most urgent clock first.

    A page beyond the last one is the last one. Only what is on the page is loaded.
    """
    wanted = replace(wanted, reader=reader)
    numbers = unit.bursts.numbers(wanted)
    number, pages = within(page, len(numbers), per_page)
    found = unit.bursts.in_order(numbers[(number - 1) * per_page : number * per_page])
    return Listed(tuple(filter(wanted.confirms, found)), number, pages, len(numbers))


def within(page: int | None, total: int, per_page: int) -> tuple[int, int]:
    """The page that is meant and how many there are; None, and whatever lies beyond the last one, is the last one."""
    pages = max(1, -(-total // per_page))
    return (pages if page is None else min(max(page, 1), pages)), pages
