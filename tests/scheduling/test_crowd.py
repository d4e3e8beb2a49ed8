"""Thousands of clocks due in the same second: each is told once, on either database and by several replicas.

Two thousand in `make test`; `make crowd` plays the ten thousand.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot import clock
from bot.operations.office import Office
from bot.programme import Programme
from bot.scheduling.sweep import sweep
from bot.taskforce.terms import ClockKind, EntryKind
from storage.tables import IntentRecord, LogRecord, table
from storage.terms import IntentState
from tests.bench.ground import moved_to
from tests.bench.past import engine_of, multiply
from tests.operations.story import TEAM, opened
from tests.store_fixtures import Database

CROWDS = [2_000, pytest.param(10_000, marks=[pytest.mark.crowd, pytest.mark.timeout(1200)])]
_LOG, _OUTBOX = table(LogRecord), table(IntentRecord)


@dataclass(frozen=True)
class Crowd:
    """Bursts of which one clock each is due at ``moment``, in a database that ``engine`` looks into."""

    engine: Engine
    bursts: range
    moment: datetime

    def told(self) -> dict[int, int]:
        """How often each burst's log says that a promise of that moment was missed."""
        missed = (_LOG.c.kind == EntryKind.MISSED, _LOG.c.at >= self.moment)
        query = select(_LOG.c.burst_id, func.count().label("times")).where(*missed).group_by(_LOG.c.burst_id)
        with self.engine.connect() as connection:
            return {row.burst_id: row.times for row in connection.execute(query)}

    def told_twice(self) -> list[tuple[int, str]]:
        """Bursts and lanes of pings that say the same to somebody twice."""
        alike = (_OUTBOX.c.burst_id, _OUTBOX.c.lane, _OUTBOX.c.subject)
        query = select(*alike[:2]).where(_OUTBOX.c.kind == "ping").group_by(*alike).having(func.count() > 1)
        with self.engine.connect() as connection:
            return [(row.burst_id, row.lane) for row in connection.execute(query)]

    def held(self) -> int:
        """How many messages of that moment wait without need: nobody was told anything lately."""
        now_due = (_OUTBOX.c.state == IntentState.HELD, _OUTBOX.c.held_until <= self.moment)
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(_OUTBOX).where(*now_due)).scalar_one()


@contextmanager
def gathered(database: Database, programme: Programme, count: int, folder: Path) -> Iterator[Crowd]:
    """So many bursts that were all opened in one moment; what their other clocks said before is said."""
    with database.opened() as store:
        office = Office(store, lambda: programme, TEAM)
        burst = opened(office)
        moment = next(one.due_at for one in burst.clocks if one.kind is ClockKind.UPDATE)
        with moved_to(folder, moment - timedelta(seconds=1)):
            sweep(office)
    engine = engine_of(database)
    try:
        multiply(engine, burst.id, count - 1)
        yield Crowd(engine, range(burst.id, burst.id + count), moment)
    finally:
        engine.dispose()


def sweep_until_quiet(office: Office) -> int:
    """Tick until nothing is due, as a replica does whatever others do; returns how many clocks rang here."""
    rung = 0
    while True:
        rung += sweep(office)
        with office.store.read() as unit:
            wakes_at = unit.clocks.next_wake()
        if wakes_at is None or wakes_at > clock.now():
            return rung


def played(crowd: Crowd, database: Database, programme: Programme, replicas: int, folder: Path) -> list[int]:
    """How many clocks each of so many replicas rang, sweeping at the same time."""
    with ExitStack() as stack, ThreadPoolExecutor(replicas) as pool:
        stack.enter_context(moved_to(folder, crowd.moment))
        stores = [stack.enter_context(database.opened()) for _ in range(replicas)]
        return list(pool.map(sweep_until_quiet, [Office(store, lambda: programme, TEAM) for store in stores]))


@pytest.mark.parametrize("count", CROWDS)
def test_all_that_is_due_in_one_second_is_told_once(
    count: int, database: Database, programme: Programme, tmp_path: Path
) -> None:
    with gathered(database, programme, count, tmp_path) as crowd:
        rung = played(crowd, database, programme, 1, tmp_path)

        assert rung == [count]
        assert crowd.told() == dict.fromkeys(crowd.bursts, 1)
        assert crowd.told_twice() == []
        assert crowd.held() == 0


@pytest.mark.parametrize("count", CROWDS)
def test_two_replicas_share_a_crowd_and_tell_nobody_twice(
    count: int, postgresql: Database, programme: Programme, tmp_path: Path
) -> None:
    with gathered(postgresql, programme, count, tmp_path) as crowd:
        rung = played(crowd, postgresql, programme, 2, tmp_path)

        assert sum(rung) == count
        assert min(rung) > 0, "one replica did everything"
        assert crowd.told() == dict.fromkeys(crowd.bursts, 1)
        assert crowd.told_twice() == []
        assert crowd.held() == 0
