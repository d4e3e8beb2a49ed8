"""Whether the clocks of bursts are what their logs say, and due when their promises end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.operations.told import Account, one_account, open_accounts
from bot.taskforce.auditing.comparing import disagreements
from bot.taskforce.auditing.disagreement import Disagreement
from bot.taskforce.auditing.due_times import wrong_due_times
from storage import Unit


@dataclass(frozen=True, slots=True)
class ClockReport:
    """One burst's clocks: how many, what is wrong, and what could not be looked at.

    ``erased`` are the entries whose text was forgotten: without them nothing can be rebuilt.
    ``untold`` are clocks of which an earlier version did not log everything. ``readable`` is false
    when the log is not what the bot writes.
    """

    key: str
    clocks: int
    disagreements: tuple[Disagreement, ...] = ()
    erased: tuple[int, ...] = ()
    untold: tuple[int, ...] = ()
    readable: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing was found; what could not be looked at is no fault."""
        return self.readable and not self.disagreements


def verify_clocks(unit: Unit, now: datetime, only: int | None = None) -> Iterator[ClockReport]:
    """Verify the clocks of every burst that is not closed, or of burst ``only``, one after the other.

    ``now`` is policy time: no armed clock may sleep through its next time. Raises ``BotError`` for a
    burst that nobody knows.
    """
    for account in open_accounts(unit) if only is None else (one_account(unit, only),):
        yield _report(account, now)


def _report(account: Account, now: datetime) -> ClockReport:
    burst, facts = account.burst, account.facts
    if facts is None:
        return ClockReport(burst.key, len(burst.clocks), erased=account.erased, readable=bool(account.erased))
    found = (*disagreements(burst, facts, now), *wrong_due_times(account.entries, account.policies))
    return ClockReport(burst.key, len(burst.clocks), found, untold=tuple(sorted(facts.unknown_clocks)))
