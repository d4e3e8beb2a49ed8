"""Every test of this folder that asks for ``store`` or ``database`` runs on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Store
from tests.store_fixtures import (
    Database,
    copied,
    emptied,
    postgres_database,
    postgres_server,
    sqlite_database,
    upgraded,
)

BOTH = ["sqlite", "postgresql"]


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
