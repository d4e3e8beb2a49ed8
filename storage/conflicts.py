"""Inserts that meet a row of the same key, said once for both databases."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert ``row``; returns False, changing nothing, when a row of its primary key is there already."""
    statement = _unless_there(connection.dialect.name, table)
    return connection.execute(statement, dict(row)).first() is not None


def insert_or_replace(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert ``row``, a complete one, or give the row of its primary key these values."""
    connection.execute(_or_replace(connection.dialect.name, table), dict(row))


@cache
def _unless_there(dialect: str, table: Table) -> Insert:
    # Asking for the key back is what tells on both databases; psycopg's row count does not.
    return _insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key.columns)


@cache
def _or_replace(dialect: str, table: Table) -> Insert:
    statement = _insert(dialect, table)
    keys = list(table.primary_key.columns)
    values = {
        column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


def _insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
