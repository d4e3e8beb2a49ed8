"""Inserting many rows of a table at the driver's pace.

The statement is compiled from the table once and its values go through the columns' own types; what is
saved is SQLAlchemy's preparation of each execution, which costs more than SQLite's work on a few rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

_Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Insert:
    """A compiled INSERT, and what makes of each value, in the statement's order, one for the driver."""

    statement: str
    processors: tuple[tuple[str, _Processor | None], ...]
    positional: bool

    def parameters(self, row: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        """The row as the driver wants it."""
        values = [row[name] if process is None else process(row[name]) for name, process in self.processors]
        if self.positional:
            return tuple(values)
        return dict(zip((name for name, _ in self.processors), values, strict=True))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, which all name the same columns, in their order; nothing when there are none."""
    if rows:
        compiled = _compiled(connection.dialect, table, tuple(rows[0]))
        connection.exec_driver_sql(compiled.statement, [compiled.parameters(row) for row in rows])


@lru_cache(maxsize=128)
def _compiled(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> _Insert:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    ordered = compiled.positiontup or columns  # None where parameters are named
    processors = tuple(
        (name, table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in ordered
    )
    return _Insert(str(compiled), processors, dialect.positional)
