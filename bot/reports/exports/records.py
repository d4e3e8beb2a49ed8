"""Bursts one after the other, each with its whole log and with what its ids are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice

from bot.programme import Programme
from bot.reports.labelling import labels_for
from bot.reports.labels import Labels
from bot.reports.summary import Summary, summarise
from bot.taskforce.burst import Burst
from bot.taskforce.ledger import Ledger, ledger_of
from bot.taskforce.transcript import Gap, Message
from storage import Unit
from storage.log import LogEntry
from storage.portable import Wanted

_BURSTS_AT_ONCE = 50
_MESSAGES_AT_ONCE = 500


@dataclass(frozen=True)
class Record:
    """One burst as it stands at ``now`` (aware UTC), of the transaction of ``unit``."""

    unit: Unit
    burst: Burst
    entries: tuple[LogEntry, ...]
    labels: Labels
    now: datetime
    held_since: datetime | None

    @cached_property
    def summary(self) -> Summary:
        """Its summary."""
        return summarise(self.burst, self.entries, self.labels, now=self.now, held_since=self.held_since)

    @cached_property
    def ledger(self) -> Ledger:
        """Where its time went."""
        return ledger_of(self.entries, self.now)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What its transcript lacks."""
        return self.unit.transcripts.reading(self.burst.id).gaps

    def messages(self) -> Iterator[Message]:
        """Its transcript, oldest first, each thread behind the message that it answers."""
        last = None
        while page := self.unit.transcripts.page(self.burst.id, after=last, limit=_MESSAGES_AT_ONCE):
            yield from page
            last = page[-1]


def records(unit: Unit, programme: Programme, wanted: Wanted, now: datetime) -> Iterator[Record]:
    """The bursts that are wanted, by number; no more than a few are in memory at once."""
    numbers = unit.portable.bursts(wanted)
    while some := [*islice(numbers, _BURSTS_AT_ONCE)]:
        bursts = unit.bursts.get_many(some)
        for number in some:
            yield _record(unit, programme, bursts[number], now)


def _record(unit: Unit, programme: Programme, burst: Burst, now: datetime) -> Record:
    entries = unit.log.entries(burst.id)
    wrote = {entry.actor for entry in entries} | unit.transcripts.authors(burst.id)
    labels = labels_for(unit, programme, burst, wrote)
    return Record(unit, burst, entries, labels, now, unit.legal_holds.since(burst.id))
