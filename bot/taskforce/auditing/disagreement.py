"""One thing about one clock on which two accounts of it differ."""

from dataclasses import dataclass
from enum import StrEnum


class Account(StrEnum):
    """What a row is held against: the log, or the promise that policy and log amount to."""

    LOG = "log"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``field`` of clock ``clock`` is ``row`` in its row, and ``other`` by the account named ``by``.

    Both are as the log writes them, empty where there is no value; a clock that only one side knows
    differs in its ``number``.
    """

    clock: int
    field: str
    row: str
    other: str
    by: Account = Account.LOG
