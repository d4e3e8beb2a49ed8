"""What an administrator does with a database: upgrade it, look for damage, back it up."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from bot.errors import StorageFault
from storage import engine, revisions
from storage.copies import named_copies, spoilt
from storage.driver_errors import faults_told
from storage.faults import WrongRevision
from storage.kept_files import KeptFiles
from storage.log import Log
from storage.outbox import Outbox
from storage.ownership import Ownership
from storage.policies import PolicyCache
from storage.replicas import Replicas
from storage.tables import BurstRecord, table
from storage.terms import IntentState
from storage.unit import Unit

_BURST = table(BurstRecord)
# The advisory lock of upgrades, a number that nobody else in this database uses, and how long it is waited for.
_UPGRADING = 0x6973737565
_UPGRADES_WITHIN = "60s"


def upgrade(url: str, data_dir: Path) -> str:
    """Bring the database to this version's revision, creating it when there is none; returns the revision.

    Raises ``StorageFault`` when it is in use.
    """
    with _owned(url, data_dir) as writer, writer.connect() as connection:
        _wait_for_the_others(connection)
        revisions.upgrade(connection)
        connection.commit()
    return revisions.wanted()


def current_revision(url: str, data_dir: Path) -> str | None:
    """The revision of the database; None when there is none yet."""
    parsed = engine.parse(url)
    if parsed.get_backend_name() == "sqlite" and not engine.sqlite_path(parsed, data_dir).exists():
        return None
    with _reading(url, data_dir) as connection:
        return revisions.current(connection)


@contextmanager
def peek(url: str, data_dir: Path) -> Iterator[Unit]:
    """A unit that only reads, beside a bot that is running; does not own the file. Raises ``StorageFault``."""
    found = current_revision(url, data_dir)
    if found != revisions.wanted():
        raise WrongRevision(found, revisions.wanted())
    with _reading(url, data_dir) as connection:
        yield Unit(connection, PolicyCache(), writing=False)


def check(url: str, data_dir: Path) -> list[str]:
    """Every sign of damage, in words; empty when the database is sound. It may be in use meanwhile."""
    try:
        found = current_revision(url, data_dir)
        if found != revisions.wanted():
            return [str(WrongRevision(found, revisions.wanted()))]
        with _reading(url, data_dir) as connection:
            problems = [
                *_file_problems(connection),
                *_log_problems(connection),
                *_outbox_problems(connection),
            ]
        return [*problems, *_copy_problems(url, data_dir)]
    except StorageFault as fault:
        # Damage may be such that it cannot even be looked at.
        return [str(fault)]


def backup(url: str, data_dir: Path, target: Path) -> None:
    """Copy an SQLite database to ``target``, complete and consistent, also while the bot uses it.

    Raises ``StorageFault`` for PostgreSQL, which has its own tools.
    """
    parsed = engine.parse(url)
    if parsed.get_backend_name() != "sqlite":
        raise StorageFault("Back up a PostgreSQL database with pg_dump, or with your platform's snapshots.")
    path = engine.sqlite_path(parsed, data_dir)
    if not path.exists():
        raise StorageFault(f"There is no database at {path}.")
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def _wait_for_the_others(connection: Connection) -> None:
    """Upgrade after whoever upgrades this PostgreSQL database now: replicas may start at the same moment."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{_UPGRADES_WITHIN}'"))
        connection.execute(select(func.pg_advisory_xact_lock(_UPGRADING)))


def _file_problems(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    said = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    orphans = [
        f"{row[0]} row {row[1]} points to a {row[2]} that is gone."
        for row in connection.execute(text("PRAGMA foreign_key_check"))
    ]
    return [f"SQLite: {line}" for line in said if line != "ok"] + orphans


def _log_problems(connection: Connection) -> list[str]:
    log = Log(connection)
    ids = connection.execute(select(_BURST.c.id).order_by(_BURST.c.id)).scalars().all()
    return [problem for burst_id in ids for problem in log.verify(burst_id)]


def _copy_problems(url: str, data_dir: Path) -> list[str]:
    files = KeptFiles(data_dir)
    with _reading(url, data_dir) as connection:
        wrong = spoilt(named_copies(connection), files)
    if not wrong:
        return []
    # Whoever expires a burst removes its copies first: what nothing names any more is not missed.
    with _reading(url, data_dir) as connection:
        still = frozenset(named_copies(connection))
    return [
        f"BURST-{one.burst_id}: the copy of a file in evidence {one.number} {problem}."
        for one, problem in wrong
        if one in still
    ]


def _outbox_problems(connection: Connection) -> list[str]:
    outbox, running = Outbox(connection), Replicas(connection).beats()
    orphaned = [
        f"Intent {row.id} is leased to a process that is not running; the next start gives it back."
        for row in outbox.listed([IntentState.LEASED])
        if row.holder not in running
    ]
    parked = outbox.counts()[IntentState.PARKED]
    return [
        *orphaned,
        *([f"Parked intents for Slack: {parked}; see `burst outbox list`."] if parked else []),
    ]


@contextmanager
def _owned(url: str, data_dir: Path) -> Iterator[Engine]:
    parsed = engine.parse(url)
    if parsed.get_backend_name() == "postgresql":
        writer = engine.postgres_writer(parsed)
        ownership = None
    else:
        path = engine.sqlite_path(parsed, data_dir)
        path.parent.mkdir(parents=True, exist_ok=True)
        ownership = Ownership(path)
        writer = engine.sqlite_writer(path)
    try:
        with faults_told():
            yield writer
    finally:
        writer.dispose()
        if ownership is not None:
            ownership.release()


@contextmanager
def _reading(url: str, data_dir: Path) -> Iterator[Connection]:
    parsed = engine.parse(url)
    if parsed.get_backend_name() == "postgresql":
        reader = engine.postgres_reader(engine.postgres_writer(parsed))
    else:
        reader = engine.sqlite_reader(engine.sqlite_path(parsed, data_dir))
    try:
        with faults_told(), reader.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                # It reads, and nobody waits for it: it may take its time between two statements.
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield connection
    finally:
        reader.dispose()
