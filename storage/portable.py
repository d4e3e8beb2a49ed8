"""Rows as they travel between databases: plain JSON values, the same from SQLite and PostgreSQL.

What travels is derived from the tables, so that a new table or column needs nothing here. Rows come by
primary key, from a cursor, so that as many as there are need no more memory than a page of them.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    collate,
    func,
    select,
    text,
    true,
    union,
)
from sqlmodel import AutoString, UTCDateTime

from storage.tables import (
    BurstRecord,
    LogRecord,
    ParticipantRecord,
    PersonRecord,
    PolicySnapshot,
    metadata,
    table,
)
from storage.types import Document, DurationValue, EnumValue

# What is of this moment and of this machine only; everything else travels.
LEFT_OUT = frozenset({"replica", "inbox", "draft", "home"})
PAGE = 1_000

Plain: TypeAlias = dict[str, Any]
_Change: TypeAlias = Callable[[Any], Any]

_BURST, _PERSON, _POLICY = table(BurstRecord), table(PersonRecord), table(PolicySnapshot)
_LOG, _PARTICIPANT = table(LogRecord), table(ParticipantRecord)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bursts travel: all with everything that there is, some by number, or those opened in a period.

    ``since`` is the first moment of the period, ``until`` the first one after it; aware UTC.
    """

    numbers: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left behind."""
        return not self.numbers and self.since is None and self.until is None


@cache
def travelling() -> tuple[str, ...]:
    """The names of the tables that travel, those first to which others point."""
    return tuple(one.name for one in metadata.sorted_tables if one.name not in LEFT_OUT)


@cache
def raw(name: str) -> Table:
    """The table of that name with its values as they are stored: words, documents and durations unread."""
    columns = [
        Column(one.name, _stored_type(one), primary_key=one.primary_key)
        for one in metadata.tables[name].columns
    ]
    return Table(name, MetaData(), *columns)


class Portable:
    """What travels from one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tables(self, wanted: Wanted) -> tuple[str, ...]:
        """The names of the tables from which rows travel, in the order in which they can be put back."""
        return tuple(name for name in travelling() if wanted.everything or _of(name, wanted) is not None)

    def count(self, name: str, wanted: Wanted) -> int:
        """How many rows of a table travel."""
        query = select(func.count()).select_from(raw(name)).where(_condition(name, wanted))
        found: int = self._connection.execute(query).scalar_one()
        return found

    def rows(self, name: str, wanted: Wanted) -> Iterator[Plain]:
        """Those rows as JSON objects, by primary key; the keys are the columns in their order."""
        source = raw(name)
        names = [column.name for column in source.columns]
        changes = [_outwards(column) for column in metadata.tables[name].columns]
        query = select(source).where(_condition(name, wanted)).order_by(*self._order(source))
        for row in self._connection.execute(query, execution_options={"yield_per": PAGE}):
            yield {
                key: value if value is None or change is None else change(value)
                for key, value, change in zip(names, row, changes, strict=True)
            }

    def bursts(self, wanted: Wanted) -> Iterator[int]:
        """The numbers of the bursts that travel, in order."""
        query = _numbers(wanted).order_by(_BURST.c.id)
        yield from self._connection.execute(query, execution_options={"yield_per": PAGE}).scalars()

    def highest(self) -> dict[str, int]:
        """The last number that each table has given by itself, where it gave any; it is never given again."""
        if self._connection.dialect.name == "sqlite":
            given = self._connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
            found = {row.name: row.seq for row in given}
        else:
            given = self._connection.execute(
                text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
            )
            found = {row.sequencename.removesuffix("_id_seq"): row.last_value for row in given}
        return {name: found[name] for name in sorted(found) if name in travelling() and found[name]}

    def _order(self, source: Table) -> Sequence[ColumnElement[Any]]:
        """By primary key, in the same order on both databases: PostgreSQL may order text by a language's rules."""
        keys = list(source.primary_key)
        if self._connection.dialect.name == "sqlite":
            return keys
        return [collate(key, "C") if isinstance(key.type, String) else key for key in keys]


@cache
def documents(name: str) -> tuple[str, ...]:
    """The columns of a table that hold documents."""
    return tuple(one.name for one in metadata.tables[name].columns if isinstance(one.type, Document))


def inwards(name: str) -> dict[str, _Change | None]:
    """What makes of each value of a travelling row the one to store, by column; None: it is stored as it is."""
    return {column.name: _inwards(column) for column in metadata.tables[name].columns}


@cache
def kinds(name: str) -> dict[str, frozenset[type]]:
    """Of what types a travelling row's values are, by column; a document may be of any, and is not in it."""
    told = {column.name: _kind(column) for column in metadata.tables[name].columns}
    return {column: frozenset({kind, type(None)}) for column, kind in told.items() if kind is not None}


def _kind(column: Column[Any]) -> type | None:
    match column.type:
        case Document():
            return None
        case DurationValue():
            return int
        case EnumValue() | AutoString() | UTCDateTime() | LargeBinary():
            return str
        case other:
            return other.python_type


def _stored_type(column: Column[Any]) -> Any:
    match column.type:
        case EnumValue():
            return String()
        case Document():
            return Text()
        case DurationValue():
            return BigInteger()
        case other:
            return other


def _outwards(column: Column[Any]) -> _Change | None:
    match column.type:
        case UTCDateTime():
            return _moment
        case LargeBinary():
            return bytes.hex
        case Document():
            return _read
        case _:
            return None


def _inwards(column: Column[Any]) -> _Change | None:
    match column.type:
        case UTCDateTime():
            return datetime.fromisoformat
        case LargeBinary():
            return bytes.fromhex
        case Document():
            return _document
        case _:
            return None


@lru_cache(maxsize=1_024)
def _read(document: str) -> Any:
    """What the document holds, not to be changed: most rows have one of a few, such as the empty one."""
    return json.loads(document)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _document(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _condition(name: str, wanted: Wanted) -> ColumnElement[bool]:
    found = true() if wanted.everything else _of(name, wanted)
    if found is None:
        raise ValueError(f"{name} belongs to no burst")
    return found


def _of(name: str, wanted: Wanted) -> ColumnElement[bool] | None:
    """Which rows belong to the bursts that are wanted; None where rows belong to no burst."""
    columns, numbers = raw(name).c, _numbers(wanted)
    if name == _BURST.name:
        return columns.id.in_(numbers)
    if name == _POLICY.name:
        return columns.digest.in_(select(_BURST.c.policy_digest).where(_BURST.c.id.in_(numbers)))
    if name == _PERSON.name:
        took_part = select(_PARTICIPANT.c.user).where(_PARTICIPANT.c.burst_id.in_(numbers))
        return columns.user.in_(union(took_part, select(_LOG.c.actor).where(_LOG.c.burst_id.in_(numbers))))
    return columns.burst_id.in_(numbers) if "burst_id" in columns else None


def _numbers(wanted: Wanted) -> Select[Any]:
    query = select(_BURST.c.id)
    if wanted.numbers:
        query = query.where(_BURST.c.id.in_(wanted.numbers))
    if wanted.since is not None:
        query = query.where(_BURST.c.opened_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(_BURST.c.opened_at < wanted.until)
    return query
