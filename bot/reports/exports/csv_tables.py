"""The tables of a CSV export: what each column is called and where it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from bot.reports.delay import Lost
from bot.reports.entry_words import told
from bot.reports.exports.cells import Cell
from bot.reports.exports.records import Record
from bot.reports.promises import late_for
from bot.reports.told_entry import Told
from bot.taskforce.ledger import Phase
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.spent import Spent, spent
from storage.log import LogEntry

Line = TypeVar("Line")


@dataclass(frozen=True)
class Table(Generic[Line]):
    """A table: the lines that a burst has in it, and each column of a line by its name."""

    lines: Callable[[Record], Iterable[Line]]
    columns: Mapping[str, Callable[[Line], Cell]]

    def rows(self, record: Record) -> Iterator[list[Cell]]:
        """The burst's lines, cell by cell."""
        for line in self.lines(record):
            yield [value(line) for value in self.columns.values()]


class Logged(NamedTuple):
    """An entry of a burst's log, and what it says in words."""

    record: Record
    entry: LogEntry
    words: Told


class Timed(NamedTuple):
    """A response clock of a burst, and the time that it took."""

    record: Record
    clock: ResponseClock
    spent: Spent


class PutDown(NamedTuple):
    """Time of a burst beyond its promise, and the cause that it is put down to."""

    record: Record
    part: Lost


def _logged(record: Record) -> Iterator[Logged]:
    for entry in record.entries:
        yield Logged(record, entry, told(record.burst, entry, record.labels))


def _timed(record: Record) -> Iterator[Timed]:
    for clock in record.burst.clocks:
        yield Timed(record, clock, spent(record.burst, clock, record.now))


def _name(record: Record, user: str | None) -> str | None:
    return record.labels.name(user) if user else None


def _spent_in(phase: Phase, record: Record) -> timedelta:
    return record.ledger.spent_in(phase)


def _put_down(record: Record) -> Iterator[PutDown]:
    for part in record.summary.delay.parts:
        yield PutDown(record, part)


BURSTS = Table[Record](
    lambda record: (record,),
    {
        "burst": lambda one: one.burst.key,
        "title": lambda one: one.burst.title,
        "family": lambda one: one.burst.family_label,
        "workstream": lambda one: one.summary.workstream,
        "stage": lambda one: one.summary.stage,
        "sites": lambda one: " ".join(one.burst.sites),
        "severity": lambda one: one.burst.severity.value,
        "impact": lambda one: one.burst.impact,
        "urgency": lambda one: one.burst.urgency,
        "state": lambda one: one.burst.state.value,
        "outcome": lambda one: one.burst.outcome.value if one.burst.outcome else None,
        "private": lambda one: one.burst.private,
        "drill": lambda one: one.burst.drill,
        "raiser": lambda one: _name(one, one.burst.raiser),
        "owner": lambda one: _name(one, one.burst.owner),
        "clinical_lead": lambda one: _name(one, one.burst.clinical_lead),
        "technical_lead": lambda one: _name(one, one.burst.technical_lead),
        "opened_at": lambda one: one.burst.opened_at,
        "resolved_at": lambda one: one.burst.resolved_at,
        "closed_at": lambda one: one.burst.closed_at,
        "minutes_to_resolve": lambda one: one.summary.resolved_for,
        "working_minutes_used": lambda one: one.summary.time.net_for if one.summary.time else None,
        "working_minutes_promised": lambda one: one.summary.time.promised_for if one.summary.time else None,
        "minutes_over": lambda one: one.summary.delay.wall_for,
        "working_minutes_over": lambda one: one.summary.delay.net_for,
        "main_cause": lambda one: one.summary.cause,
        "other_causes": lambda one: ", ".join(one.summary.other_causes),
        "suggested_cause": lambda one: one.summary.suggested,
        **{f"minutes_{phase}": partial(_spent_in, phase) for phase in Phase},
        "fix": lambda one: one.summary.fix,
        "other_sites": lambda one: one.summary.other_sites,
        "follow_up": lambda one: one.summary.follow_up,
        "log_entries": lambda one: one.burst.log_count,
        "log_head": lambda one: one.burst.log_head,
        "held_since": lambda one: one.held_since,
    },
)
LOG = Table[Logged](
    _logged,
    {
        "burst": lambda one: one.record.burst.key,
        "entry": lambda one: one.entry.number,
        "at": lambda one: one.entry.at,
        "kind": lambda one: one.entry.kind.value,
        "by": lambda one: _name(one.record, one.entry.actor),
        "what": lambda one: one.words.headline,
        "text": lambda one: one.words.text,
        "erased": lambda one: one.entry.body is None,
        "hash": lambda one: one.entry.entry_hash,
    },
)
CLOCKS = Table[Timed](
    _timed,
    {
        "burst": lambda one: one.record.burst.key,
        "clock": lambda one: one.clock.number,
        "kind": lambda one: one.clock.kind.value,
        "severity": lambda one: one.record.burst.severity.value,
        "promise": lambda one: one.clock.promise,
        "calendar": lambda one: one.clock.calendar,
        "state": lambda one: one.clock.state.value,
        "armed_at": lambda one: one.clock.armed_at,
        "due_at": lambda one: one.clock.due_at,
        "met_at": lambda one: one.clock.met_at,
        "missed_at": lambda one: one.clock.missed_at,
        "minutes_promised": lambda one: one.spent.promised_for,
        "minutes_used": lambda one: one.spent.net_for,
        "minutes_late": lambda one: late_for(one.clock),
    },
)
DELAYS = Table[PutDown](
    _put_down,
    {
        "burst": lambda one: one.record.burst.key,
        "cause": lambda one: one.part.cause,
        "why": lambda one: one.part.why,
        "minutes": lambda one: one.part.wall_for,
        "working_minutes": lambda one: one.part.net_for,
        "percent": lambda one: one.part.percent,
    },
)
