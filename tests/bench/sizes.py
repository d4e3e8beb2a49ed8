"""How much a run measures."""

from enum import Enum
from typing import TypeVar

Amount = TypeVar("Amount")


class Size(Enum):
    """``TINY`` shows that a row runs, ``QUICK`` takes minutes, ``FULL`` is what is published."""

    TINY = 0
    QUICK = 1
    FULL = 2

    def of(self, tiny: Amount, quick: Amount, full: Amount) -> Amount:
        """The amount for this size."""
        return (tiny, quick, full)[self.value]
