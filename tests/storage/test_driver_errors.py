"""What goes wrong in a database is told in words, and a mistake of ours stays one."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StorageFault
from storage import StorageBusy, Store
from storage.driver_errors import as_fault
from tests.storage.bursts import NOW, loaded, opening, plain_burst
from tests.store_fixtures import Database


def from_sqlite(name: str) -> DBAPIError:
    orig = sqlite3.OperationalError("secret text of the driver")
    orig.sqlite_errorname = name
    return OperationalError("SELECT secret", {}, orig)


def from_postgres(kind: type[psycopg.Error]) -> DBAPIError:
    return OperationalError("SELECT secret", {}, kind("secret text of the driver"))


@pytest.mark.parametrize(
    "error",
    [
        from_sqlite("SQLITE_BUSY"),
        from_sqlite("SQLITE_BUSY_SNAPSHOT"),
        from_sqlite("SQLITE_LOCKED"),
        from_postgres(psycopg.errors.LockNotAvailable),
        from_postgres(psycopg.errors.DeadlockDetected),
        PoolTimeout("secret"),
    ],
)
def test_waiting_in_vain_is_a_busy_database(error: DBAPIError | PoolTimeout) -> None:
    assert isinstance(as_fault(error), StorageBusy)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (from_sqlite("SQLITE_FULL"), "the disk is full"),
        (from_sqlite("SQLITE_IOERR_FSYNC"), "the disk cannot be read or written"),
        (from_sqlite("SQLITE_CORRUPT_VTAB"), "the file is damaged"),
        (from_sqlite("SQLITE_NOTADB"), "not a database"),
        (from_sqlite("SQLITE_CANTOPEN"), "cannot be opened"),
        (from_sqlite("SQLITE_READONLY_DBMOVED"), "cannot be written"),
        (from_postgres(psycopg.errors.DiskFull), "no room left"),
        (from_postgres(psycopg.errors.AdminShutdown), "stopped or cut us off"),
        (from_postgres(psycopg.errors.ConnectionFailure), "the connection is lost"),
        (from_postgres(psycopg.errors.IoError), "disk cannot be read or written"),
        (from_postgres(psycopg.OperationalError), "the connection is lost"),
    ],
)
def test_a_database_that_cannot_be_used_says_why_and_shows_no_sql(error: DBAPIError, said: str) -> None:
    fault = as_fault(error)

    assert fault is not None
    assert said in str(fault)
    assert "secret" not in str(fault)


@pytest.mark.parametrize("error", [from_sqlite("SQLITE_ERROR"), from_postgres(psycopg.errors.UndefinedTable)])
def test_a_mistake_of_ours_is_no_fault_of_the_database(error: DBAPIError) -> None:
    assert as_fault(error) is None


def test_a_mistake_of_ours_is_raised_as_it_is(store: Store) -> None:
    with pytest.raises(DBAPIError, match="no_such_table"), store.read() as unit:
        unit._connection.execute(text("SELECT * FROM no_such_table"))


def test_after_a_failed_transaction_the_next_one_is_a_new_one(store: Store) -> None:
    with pytest.raises(DBAPIError), store.write() as unit:
        unit._connection.execute(text("SELECT * FROM no_such_table"))

    with store.write() as unit:
        unit.apply(opening(plain_burst()), now=NOW)
    assert loaded(store) == plain_burst()


def test_a_full_disk_loses_nothing_that_was_committed(sqlite: Database) -> None:
    with sqlite.opened() as store:
        with store.write() as unit:
            unit.apply(opening(plain_burst()), now=NOW)
            pages = unit._connection.execute(text("PRAGMA page_count")).scalar()
        with store.write() as unit:
            unit._connection.execute(text(f"PRAGMA max_page_count = {pages}"))

        with pytest.raises(StorageFault, match="the disk is full"), store.write() as unit:
            unit.settings.put("big", "x" * 100_000)
        with store.write() as unit:
            unit._connection.execute(text("PRAGMA max_page_count = 100000"))
            unit.settings.put("big", "x" * 100_000)

        assert loaded(store) == plain_burst()
        with store.read() as unit:
            assert unit.settings.get("big") == "x" * 100_000


def test_a_postgres_that_drops_us_is_a_fault_once_and_then_found_again(postgresql: Database) -> None:
    with postgresql.opened() as store:
        with pytest.raises(StorageFault, match="cannot be used"), store.write() as unit:
            unit._connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        with store.write() as unit:
            unit.apply(opening(plain_burst()), now=NOW)
        assert loaded(store) == plain_burst()
