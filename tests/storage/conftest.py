"""Every test of this folder that asks for ``store`` or ``database`` runs on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Store
from tests.store_fixtures import Database, postgres_database, postgres_server, sqlite_database, upgraded


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of our own, for the whole run."""
    with postgres_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a schema."""
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with postgres_database(request.getfixturevalue("postgres"), tmp_path) as database:
            yield database


@pytest.fixture
def database(empty_database: Database) -> Database:
    """A database with the present schema."""
    return upgraded(empty_database)


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    """An open store."""
    with database.opened() as opened:
        yield opened


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    """An SQLite database with the present schema, for what only SQLite does."""
    return upgraded(sqlite_database(tmp_path))


@pytest.fixture
def sqlite_store(sqlite: Database) -> Iterator[Store]:
    """A store on it."""
    with sqlite.opened() as opened:
        yield opened
