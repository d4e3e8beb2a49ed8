"""Writing many rows of a table at the driver's pace.

The statement is compiled once for the columns that it writes, and its values go through the columns' own
types; what is saved is SQLAlchemy's preparation of each execution, which costs more than SQLite's work on a
few rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Insert, Table, Update, insert

from storage.types import writer_of

_Writer: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A compiled statement, and what makes of each value, in the statement's order, one for the driver."""

    statement: str
    writers: tuple[tuple[str, _Writer | None], ...]
    positional: bool

    def parameters(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The rows as the driver wants them."""
        columns = [_written([row[name] for row in rows], write) for name, write in self.writers]
        values = zip(*columns, strict=True)
        if self.positional:
            return [*values]
        names = [name for name, _ in self.writers]
        return [dict(zip(names, row, strict=True)) for row in values]


def _written(column: list[Any], write: _Writer | None) -> list[Any]:
    return column if write is None else [None if value is None else write(value) for value in column]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, which all name the same columns, in their order; nothing when there are none."""
    if rows:
        _execute(connection, _inserting(table), rows)


def update_rows(connection: Connection, statement: Update, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run ``statement`` for each of ``rows``, which all have the same keys; returns how many rows it found.

    The keys are the columns to set and the parameters of the statement's condition.
    """
    return _execute(connection, statement, rows) if rows else 0


def _execute(connection: Connection, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> int:
    compiled = _compiled(connection.dialect, statement, tuple(rows[0]))
    return connection.exec_driver_sql(compiled.statement, compiled.parameters(rows)).rowcount


@lru_cache(maxsize=32)
def _inserting(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=256)
def _compiled(dialect: Dialect, statement: Insert | Update, keys: tuple[str, ...]) -> _Compiled:
    compiled = statement.compile(dialect=dialect, column_keys=list(keys))
    ordered = compiled.positiontup or keys  # None where parameters are named
    writers = tuple((name, writer_of(compiled.binds[name].type, dialect)) for name in ordered)
    return _Compiled(str(compiled), writers, dialect.positional)
