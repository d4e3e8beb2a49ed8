"""Inserts that meet a row of the same key, said once for both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert ``row``; returns False, changing nothing, when a row of its primary key is there already."""
    # Asking for the key back is what tells on both databases; psycopg's row count does not.
    statement = _insert(connection, table).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(statement, dict(row)).first() is not None


def insert_or_replace(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert ``row``, or give the row of its primary key these values."""
    statement = _insert(connection, table)
    keys = list(table.primary_key.columns)
    values = {name: statement.excluded[name] for name in row if name not in table.primary_key.columns}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), dict(row))


def _insert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
