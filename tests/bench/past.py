"""A database with a past: a few bursts under way, and one archived burst copied as often as is wanted."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from bot.operations.office import Office
from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from storage.engine import parse, postgres_writer, sqlite_path, sqlite_writer
from storage.log import LogEntry
from storage.tables import metadata
from tests.bench.ground import FILE, Ground, opened
from tests.operations import story
from tests.store_fixtures import Database, sqlite_database

UNDER_WAY = 60
CHILDREN = ("participant", "clock", "checklist_item", "evidence", "sign_off", "log_entry")


def past_of(ground: Ground, clocks: int) -> Path:
    """A database with so many past clocks, on archived bursts; made once for each count."""
    if clocks not in ground.pasts:
        ground.pasts[clocks] = _with_past(ground, clocks)
    return ground.pasts[clocks]


def _with_past(ground: Ground, clocks: int) -> Path:
    folder = ground.database()
    database = sqlite_database(folder)
    archived, _ = archived_in(database, ground.programme)
    with opened(folder) as store:
        office = Office(store, lambda: ground.programme, story.TEAM)
        for _ in range(UNDER_WAY):
            story.accepted(office)
    engine = sqlite_writer(folder / FILE)
    multiply(engine, archived.id, max(1, clocks // len(archived.clocks)))
    engine.dispose()
    return folder


def archived_in(database: Database, programme: Programme) -> tuple[Burst, tuple[LogEntry, ...]]:
    """A burst that went all the way in that database, and its log."""
    with database.opened() as store:
        burst = story.closed(Office(store, lambda: programme, story.TEAM))
        with store.write() as unit:
            at = _when_over(burst.archive_at)
            archived = unit.apply(lifecycle.mark_archived(burst, now=at), now=at)
            return archived, unit.log.entries(burst.id)


def _when_over(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("a closed burst has an end of its grace")
    return moment


def engine_of(database: Database) -> Engine:
    """An engine that looks into a database beside the stores that have it open; the caller disposes of it."""
    url = parse(database.url)
    if database.kind == "sqlite":
        return sqlite_writer(sqlite_path(url, database.data_dir))
    return postgres_writer(url)


def multiply(engine: Engine, burst: int, times: int) -> range:
    """Copy the burst ``times`` times; returns the numbers of the copies, which follow the highest one."""
    with engine.begin() as connection:
        first: int = connection.execute(text("SELECT max(id) FROM burst")).scalar_one()
        _copy(connection, "burst", "id", burst, first, times)
        for name in CHILDREN:
            _copy(connection, name, "burst_id", burst, first, times)
        counted = text("UPDATE counter SET value = :last WHERE name = 'burst'")
        connection.execute(counted, {"last": first + times})
    return range(first + 1, first + times + 1)


def _copy(connection: Connection, table: str, key: str, burst: int, first: int, times: int) -> None:
    columns = [column.name for column in metadata.tables[table].columns]
    selected = ", ".join("counted.n" if name == key else f'original."{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"""
        WITH RECURSIVE counted(n) AS (
            SELECT CAST(:first AS integer) + 1
             UNION ALL
            SELECT n + 1 FROM counted WHERE n < CAST(:first AS integer) + CAST(:times AS integer)
        )
        INSERT INTO "{table}" ({names})
        SELECT {selected} FROM counted, (SELECT * FROM "{table}" WHERE "{key}" = :burst) AS original
    """  # noqa: S608 - our own tables and columns
    connection.execute(text(statement), {"first": first, "times": times, "burst": burst})
