"""Connections to the two databases, set up so that no commit is lost and no transaction is torn.

SQLite: WAL, ``synchronous=FULL``, one writer connection that begins every transaction IMMEDIATE, and
readers on read-only connections that can neither write nor checkpoint. The driver's own transaction
handling is off (``isolation_level=None``); its ``commit`` and ``rollback`` then act only while a
transaction is open, so an error that has already ended it is not followed by a blind ROLLBACK
(https://docs.python.org/3/library/sqlite3.html#transaction-control, https://www.sqlite.org/lang_transaction.html).

PostgreSQL: writers READ COMMITTED with row locks and a lock timeout, readers REPEATABLE READ so that a
burst is read as one.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.errors import StorageFault

# How long a statement waits for a lock: Slack gives three seconds to answer.
LOCK_WAIT_FOR = 2.5
# A process that is frozen inside a transaction would keep its locks from everybody. PostgreSQL lets go of
# it after so many seconds, before the other processes take over its leases.
ABANDONED_AFTER = 10.0
# What is erased is overwritten in the file too (https://www.sqlite.org/pragma.html#pragma_secure_delete).
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16000",
    "secure_delete=ON",
)
_CONNECTIONS = 16
# A server that vanished is noticed within about ten seconds (https://www.postgresql.org/docs/current/libpq-connect.html).
_NOTICED = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def parse(url: str) -> URL:
    """The database's address with its driver named; raises ``StorageFault`` for any but the two databases."""
    try:
        found = make_url(url)
    except ArgumentError:
        # The address may hold a password: it is not repeated.
        raise StorageFault(
            "BURST_DATABASE_URL is no database address; allowed: sqlite:////path/to/burst.db or "
            "postgresql+psycopg://user@host/name"
        ) from None
    match found.get_backend_name():
        case "sqlite":
            if not found.database or found.database == ":memory:":
                raise StorageFault("An SQLite database needs a file: sqlite:////path/to/burst.sqlite3")
            return found.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return found.set(drivername="postgresql+psycopg")
        case other:
            raise StorageFault(f"Databases are sqlite and postgresql, not {other}.")


def sqlite_path(url: URL, data_dir: Path) -> Path:
    """The database file; a relative one lies in ``data_dir``."""
    return data_dir / (url.database or "")


def sqlite_writer(path: Path) -> Engine:
    """The engine of the one connection that writes; the caller queues its transactions."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=LOCK_WAIT_FOR, isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def sqlite_reader(path: Path) -> Engine:
    """The engine of the connections that only read; each transaction sees one moment of the database."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro",
            uri=True,
            timeout=LOCK_WAIT_FOR,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA cache_size=-8000")
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=LOCK_WAIT_FOR,
    )
    event.listen(engine, "begin", _begin_deferred)
    return engine


def postgres_writer(url: URL) -> Engine:
    """Writers: READ COMMITTED, with a lock wait that leaves time to answer Slack. What ``url`` sets stays as it is."""
    settings = {
        "lock_timeout": int(LOCK_WAIT_FOR * 1000),
        "idle_in_transaction_session_timeout": int(ABANDONED_AFTER * 1000),
        "timezone": "UTC",
    }
    given = url.query.get("options", "")
    ours = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=LOCK_WAIT_FOR,
        connect_args={
            **{name: value for name, value in _NOTICED.items() if name not in url.query},
            "options": f"{given if isinstance(given, str) else ' '.join(given)} {ours}",
        },
    )


def postgres_reader(writer: Engine) -> Engine:
    """Readers on the same pool: REPEATABLE READ and read only."""
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    # Straight to the driver: it takes no lock, and every search and every card begins with it.
    connection.connection.cursor().execute("BEGIN")
