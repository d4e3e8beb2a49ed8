"""Taking one person out of everything that is stored: where they stand, and putting a label there.

What is looked through is derived from the tables, so that a new table or column needs nothing here. The two
logs are told apart: their entries are hashed, and ``bot.taskforce.unnaming`` says what can go.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.taskforce.entry_names import Names
from bot.taskforce.personal_marks import Marks
from bot.taskforce.unnaming import Kept
from storage.log import stored_body
from storage.portable import PAGE, raw
from storage.tables import (
    AuditRecord,
    BurstRecord,
    CoverRecord,
    DraftRecord,
    HomeRecord,
    IntentRecord,
    LogRecord,
    PersonRecord,
    PolicySnapshot,
    PostRecord,
    metadata,
    table,
)
from storage.terms import IntentState

LOG, AUDIT = table(LogRecord).name, table(AuditRecord).name
_BURST, _OUTBOX = table(BurstRecord).name, table(IntentRecord).name
# A policy is named by its digest, and says by role whom a step reaches; the name of one person may be another's.
_UNTOUCHED = frozenset({table(PolicySnapshot).name, table(PersonRecord).name})
# Whose rows go, by the columns that say so: they are about one person, or a place where only they can read.
_OWNED: Mapping[str, tuple[str, ...]] = {
    table(PersonRecord).name: ("user",),
    table(CoverRecord).name: ("user", "by"),
    table(DraftRecord).name: ("user",),
    table(HomeRecord).name: ("user",),
    table(PostRecord).name: ("user", "channel"),
}
_UNSENT = frozenset({IntentState.HELD, IntentState.MERGED, IntentState.PENDING, IntentState.PARKED})

Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row in which the person stands: its table, its primary key, and the burst to which it belongs, if any."""

    table: str
    key: Key
    burst_id: int | None


class Unnaming:
    """Where a person stands in one transaction's database, and how they are taken out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def places(self, marks: Marks) -> Iterator[Place]:
        """Every row in which they stand. Reads everything that is stored."""
        for name in (one.name for one in metadata.sorted_tables):
            source = raw(name)
            found = self._connection.execute(select(source), execution_options={"yield_per": PAGE})
            for row in found.mappings():
                if any(marks.stand_in(read(value)) for value in row.values()):
                    burst_id = row.get("id" if name == _BURST else "burst_id")
                    yield Place(name, tuple(row[key.name] for key in source.primary_key), burst_id)

    def entries(self, burst_id: int) -> list[tuple[Place, Kept]]:
        """Every entry of a burst's log, in order, with its place."""
        source = raw(LOG)
        query = select(source).where(source.c.burst_id == burst_id).order_by(source.c.number)
        rows = self._connection.execute(query).mappings()
        return [(Place(LOG, (burst_id, row["number"]), burst_id), _kept(row)) for row in rows]

    def entry(self, place: Place) -> Kept:
        """The entry of a log at that place."""
        return _kept(self._row(place))

    def put(self, place: Place, entry: Kept) -> None:
        """Let the entry at that place be what it is now."""
        names = entry.names
        values = {
            "actor": entry.actor,
            "salt": entry.salt,
            "body": None if entry.body is None else json.dumps(entry.body),
            "name_salt": None if names is None else names.salt,
            "names": names.stored() if names is not None and names.salt is None else None,
        }
        self._set(place, values)

    def rename(self, place: Place, marks: Marks, label: str) -> None:
        """Put the label at a place that is of no log; what is theirs alone goes, and so does what was to be sent to them."""
        row = self._row(place)
        if any(marks.stand_in(row[column]) for column in _OWNED.get(place.table, ())):
            self._connection.execute(delete(raw(place.table)).where(_is(place)))
        elif place.table not in _UNTOUCHED:
            values = {name: _renamed(value, marks, label) for name, value in row.items()}
            if place.table == _OUTBOX and row["state"] in _UNSENT:
                values["state"] = IntentState.DROPPED.value
            self._set(place, {name: value for name, value in values.items() if value != row[name]})

    def being_sent(self, place: Place) -> bool:
        """Whether a process is sending what that row says at this moment."""
        return place.table == _OUTBOX and self._row(place)["state"] == IntentState.LEASED

    def _row(self, place: Place) -> RowMapping:
        return self._connection.execute(select(raw(place.table)).where(_is(place))).mappings().one()

    def _set(self, place: Place, values: Mapping[str, Any]) -> None:
        if values:
            self._connection.execute(update(raw(place.table)).where(_is(place)).values(**values))


def _kept(row: RowMapping) -> Kept:
    names = Names.read(row["name_salt"], row["names"])
    return Kept(row["actor"], row["salt"], stored_body(row), row["digest"], names)


def read(value: object) -> object:
    """What a stored value says; documents are read, whatever column they are in."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


def _renamed(value: object, marks: Marks, label: str) -> object:
    said = read(value)
    after = marks.replaced(said, label)
    if after == said:
        return value
    return after if said is value else json.dumps(after, ensure_ascii=False, separators=(",", ":"))


def _is(place: Place) -> ColumnElement[bool]:
    keys = raw(place.table).primary_key
    return and_(*(column == value for column, value in zip(keys, place.key, strict=True)))
