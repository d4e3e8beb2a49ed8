"""Reading many rows at the driver's pace.

Rows come as the driver gives them, and each value goes through its column's own type, in one call and only where
there is one: most of a clock's times are none. Loading bursts is mostly reading such rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Dialect, Select, type_coerce
from sqlalchemy.types import NullType, TypeEngine

from storage.types import reader_of

_Reader: TypeAlias = Callable[[Any], Any]


def columns_as_given(columns: Iterable[ColumnElement[Any]]) -> tuple[ColumnElement[Any], ...]:
    """These columns as the driver gives them, whatever their types would make of it."""
    return tuple(type_coerce(column, NullType()).label(column.key) for column in columns)


class Reading:
    """A select that is executed often, and what makes values of what it returns."""

    def __init__(self, statement: Select[Any]) -> None:
        columns = [*statement.selected_columns]
        self._names = tuple(column.key for column in columns)
        self._types = tuple(column.type for column in columns)
        self._statement = statement.with_only_columns(*columns_as_given(columns))

    def columns(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Sequence[Any]]:
        """What it returns, column by column in the order of the select; nothing at all when there is no row."""
        rows = connection.execute(self._statement, parameters).all()
        readers = _readers(connection.dialect, self._types)
        # Transposed, no row leaves no column.
        return [
            _read(column, read) for column, read in zip(zip(*rows, strict=True), readers, strict=bool(rows))
        ]

    def mappings(self, connection: Connection, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What it returns, row by row, by name."""
        rows = zip(*self.columns(connection, parameters), strict=True)
        return [dict(zip(self._names, row, strict=True)) for row in rows]


def _read(column: Sequence[Any], read: _Reader | None) -> Sequence[Any]:
    return column if read is None else [None if value is None else read(value) for value in column]


@lru_cache(maxsize=256)
def _readers(dialect: Dialect, types: tuple[TypeEngine[Any], ...]) -> tuple[_Reader | None, ...]:
    return tuple(reader_of(kind, dialect) for kind in types)
