"""Open bursts as their logs tell them, side by side with their rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.errors import BotError
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Entry
from bot.taskforce.lifecycle import Facts, replay
from bot.taskforce.policy import Policy
from storage import Unit

BATCH = 50


@dataclass(frozen=True)
class Account:
    """One burst's rows, and its whole log.

    ``policies`` are those that the log names, by digest; ``erased`` the numbers of entries whose text
    was forgotten, and with it whatever they told of clocks.
    """

    burst: Burst
    entries: tuple[Entry, ...]
    policies: Mapping[str, Policy]
    erased: tuple[int, ...]

    @cached_property
    def facts(self) -> Facts | None:
        """The log replayed; None when something of it was erased, or cannot be read as what the bot logs."""
        if self.erased:
            return None
        try:
            return replay(self.entries)
        except (LookupError, ValueError):
            return None


def accounts(unit: Unit, burst_ids: list[int]) -> Iterator[Account]:
    """The accounts of these bursts, in order and a few at a time; those that are not there are left out."""
    for start in range(0, len(burst_ids), BATCH):
        batch = unit.bursts.get_many(burst_ids[start : start + BATCH])
        for number in sorted(batch):
            yield _account(unit, batch[number])


def open_accounts(unit: Unit) -> Iterator[Account]:
    """The accounts of every burst that is not closed, or has follow-up actions to be done, by ascending number."""
    last = 0
    while ids := unit.bursts.promised_after(last, BATCH):
        yield from accounts(unit, ids)
        last = ids[-1]


def one_account(unit: Unit, burst_id: int) -> Account:
    """The account of one burst, closed or not. Raises ``BotError`` when there is none."""
    burst = unit.bursts.get(burst_id)
    if burst is None:
        raise BotError(f"There is no BURST-{burst_id}.")
    return _account(unit, burst)


def _account(unit: Unit, burst: Burst) -> Account:
    logged = unit.log.entries(burst.id)
    named = {str(one.body["policy"]) for one in logged if one.body and "policy" in one.body}
    return Account(
        burst,
        tuple(Entry(one.kind, one.actor, one.at, one.body or {}) for one in logged),
        unit.policies.load(named),
        tuple(one.number for one in logged if one.body is None),
    )
