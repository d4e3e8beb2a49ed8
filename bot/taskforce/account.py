"""What is kept of an ended burst's ledger for later reports: lengths by phase and by cause, and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.taskforce.attendance import late_entries
from bot.taskforce.burst import Burst
from bot.taskforce.delay import Share, delay_of
from bot.taskforce.ledger import Logged, Phase, ledger_of
from bot.taskforce.terms import Outcome, PauseReason


@dataclass(frozen=True, slots=True)
class TimeIn:
    """How long a burst was in one phase in all, waiting by what was waited for, by the clock on the wall."""

    phase: Phase
    reason: PauseReason | None
    lasted_for: timedelta


@dataclass(frozen=True, slots=True)
class Account:
    """The phases add up to the burst's life, the shares to what lay beyond the promise to resolve.

    ``dwells_for`` has, for each change of owner, how long the burst lay with the new one until they acted.
    ``late`` are the roles and seats that were filled late, ``also`` the further causes that were confirmed, and
    ``suggested`` the cause that the log suggested when it was resolved, empty when it suggested none.
    """

    phases: tuple[TimeIn, ...]
    dwells_for: tuple[timedelta, ...]
    wall_for: timedelta
    net_for: timedelta
    shares: tuple[Share, ...]
    late: tuple[str, ...]
    also: tuple[str, ...]
    suggested: str


def account_of(burst: Burst, entries: Sequence[Logged], now: datetime) -> Account:
    """The account of a burst with its whole log, oldest entry first, as it stands at ``now`` (aware UTC)."""
    ledger = ledger_of(entries, now)
    delay = delay_of(burst, entries, ledger, now)
    said = burst.resolution if burst.outcome is Outcome.RESOLVED else None
    return Account(
        phases=tuple(TimeIn(*key, length) for key, length in ledger.totals.items()),
        dwells_for=tuple(one.dwell_for for one in ledger.hand_offs),
        wall_for=delay.wall_for,
        net_for=delay.net_for,
        shares=delay.shares,
        late=tuple(one.what for one in late_entries(burst, entries)),
        also=said.also if said else (),
        suggested=said.suggested if said else "",
    )
