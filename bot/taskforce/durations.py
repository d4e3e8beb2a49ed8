"""Durations as policies write them: ``15m``, ``4h``, ``3bd``.

Minutes and hours are counted in the working time of a calendar; ``bd`` is one working day of the
site. What a duration amounts to is the calendar's to say.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import AfterValidator

_WRITTEN = re.compile(r"([1-9][0-9]{0,4})(m|h|bd)")
ALLOWED = "a whole number followed by m, h or bd, such as 15m, 4h or 3bd"


class Unit(StrEnum):
    """What a duration counts."""

    MINUTE = "m"
    HOUR = "h"
    BUSINESS_DAY = "bd"


_WORDS = {
    Unit.MINUTE: ("minute", "minutes"),
    Unit.HOUR: ("hour", "hours"),
    Unit.BUSINESS_DAY: ("business day", "business days"),
}


@dataclass(frozen=True)
class Duration:
    """An amount of working time: ``amount`` units, at least one."""

    amount: int
    unit: Unit

    @staticmethod
    def parse(text: str) -> "Duration":
        """The duration that ``text`` writes; raises ``ValueError`` saying what is allowed."""
        return _parsed(text)

    @cached_property
    def elapsed_for(self) -> timedelta | None:
        """Minutes and hours as a timedelta; None for business days, which only a calendar can measure."""
        if self.unit is Unit.BUSINESS_DAY:
            return None
        minutes = self.amount * (60 if self.unit is Unit.HOUR else 1)
        return timedelta(minutes=minutes)

    @property
    def words(self) -> str:
        """For people: ``15 minutes``, ``1 business day``."""
        one, many = _WORDS[self.unit]
        return f"{self.amount} {one if self.amount == 1 else many}"

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


@lru_cache(maxsize=256)
def _parsed(text: str) -> Duration:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"not a duration; allowed is {ALLOWED}")
    return Duration(int(found[1]), Unit(found[2]))


def _checked(text: str) -> str:
    Duration.parse(text)
    return text


DurationText = Annotated[str, AfterValidator(_checked)]
"""A duration kept as it was written, known to parse."""
