"""Many clocks due in one moment: ours on a real ticker, beside a scheduler's job store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from typing import Any

from sqlalchemy import Engine, func, select, text

from bot import clock
from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from bot.operations.ring import ring_clocks
from bot.scheduling.sweep import BATCH, ring_due
from bot.scheduling.ticker import Job, Ticker
from bot.taskforce.terms import ClockKind, EntryKind
from storage import Store, Unit
from storage.engine import sqlite_writer
from storage.tables import LogRecord, table
from tests.bench import job_store
from tests.bench.findings import Finding, seconds
from tests.bench.ground import INTAKE, RAISER, Ground, by, moved_to
from tests.bench.measuring import Samples, percentile, taken
from tests.bench.past import engine_of, multiply
from tests.bench.replaying import Transaction, about, recorded
from tests.store_fixtures import Database, sqlite_database, upgraded

MOST = 0.2
# Its number is replaced in what is recorded of it, and must mean nothing else there.
SAMPLE = 7_000_000
A_WHILE = timedelta(seconds=1.4)
PATIENCE_FOR = 300.0
BECAUSE = (
    "for each clock the burst is read from seven tables, what follows for all of its clocks is decided, and entries "
    "are chained and rows made, in Python, about a third of the time each, where a job of the peer knows beforehand "
    "what to write; the statements are those of a batch already. A sweep begins up to a second after the moment, too."
)
_LOG = table(LogRecord)


@dataclass(frozen=True)
class Fired:
    """How late each clock was handled, in seconds, and how many were handled more than once."""

    lateness: Samples
    twice: int

    def __str__(self) -> str:
        late = seconds(percentile(self.lateness, 0.99))
        return f"{len(self.lateness):,} fired, {self.twice} twice, p99 {late} late"


@dataclass(frozen=True)
class Scene:
    """A database with bursts of which one clock each is due at ``moment``, and what ringing it writes."""

    database: Database
    engine: Engine
    moment: datetime
    bursts: range
    transaction: Transaction


class Noting(Store):
    """A store that notes when each transaction was committed."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.commits: list[float] = []

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """As it is, and noted."""
        with super().write() as unit:
            yield unit
        self.commits.append(clock.monotonic())


def measure(ground: Ground) -> Iterator[Finding]:
    """On both databases."""
    count = ground.size.of(20, 1_000, 10_000)
    kinds: tuple[tuple[str, Callable[[], Database]], ...] = (
        ("SQLite", lambda: upgraded(sqlite_database(ground.folder()))),
        ("PostgreSQL", ground.fresh_postgres),
    )
    for kind, database in kinds[: ground.size.of(1, 2, 2)]:
        ours, peer, bare = (
            _ours(ground, _scene(ground, database(), count)),
            _peer(_scene(ground, database(), count)),
            _written_bare(_scene(ground, database(), count)),
        )
        ratio = percentile(ours.lateness, 0.99) / percentile(peer.lateness, 0.99)
        all_once = len(ours.lateness) == count and not ours.twice
        yield Finding(
            f"{count:,} clocks due at once on {kind}",
            str(ours),
            f"APScheduler's job store, same rows: {peer}; nothing but the rows, in one transaction: {seconds(bare)}",
            f"{ratio:.2f}×",
            f"all, once, ≤ {MOST:g}×",
            all_once and ratio <= MOST,
            BECAUSE,
        )


def _scene(ground: Ground, database: Database, count: int) -> Scene:
    engine = engine_of(database)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE counter SET value = {SAMPLE - 1} WHERE name = 'burst'"))  # noqa: S608
    with database.opened() as store:
        moment = _promised(ground, ground.office(store))
    bursts = multiply(engine, SAMPLE, count)
    with database.opened() as store, recorded(store) as written, store.write() as unit:
        _ring_sample(unit, ground.office(store), moment)
    return Scene(database, engine, moment, bursts, written[0])


def _promised(ground: Ground, office: Office) -> datetime:
    """When the sample's first update is due; whatever its clocks say before that is said."""
    burst = open_burst(office, by(RAISER), INTAKE)
    moment = next(one.due_at for one in burst.clocks if one.kind is ClockKind.UPDATE)
    with moved_to(ground.folder(), moment - timedelta(seconds=1)):
        ring_due(office)
    return moment


def _ring_sample(unit: Unit, office: Office, moment: datetime) -> None:
    due = [number for burst, number in unit.clocks.claim_due(moment, 10_000) if burst == SAMPLE]
    burst = unit.bursts.get(SAMPLE)
    if burst is None or len(due) != 1:
        raise RuntimeError(f"one clock of the sample should be due, not {len(due)}")
    unit.apply_all(list(ring_clocks(office.programme(), burst, due, moment)), now=moment)


def _ours(ground: Ground, scene: Scene) -> Fired:
    """The sweep on the ticker that runs it in life."""
    store = Noting.open(scene.database.url, data_dir=scene.database.data_dir)
    assert isinstance(store, Noting)
    rung: list[int] = []
    over = Event()

    def sweep(office: Office) -> None:
        rung.append(ring_due(office))
        if sum(rung) >= len(scene.bursts):
            over.set()

    with moved_to(ground.folder(), scene.moment - A_WHILE):
        due = clock.monotonic() + A_WHILE.total_seconds()
        ticker = Ticker((Job("sweep", 1.0, partial(sweep, ground.office(store)), PATIENCE_FOR),))
        ticker.start()
        over.wait(PATIENCE_FOR)
        ticker.stop()
    commits = [at - due for at in store.commits if at > due]
    store.close()
    twice = _rung_twice(scene)
    scene.engine.dispose()
    return Fired([late for late in commits for _ in range(BATCH)][: sum(rung)], twice)


def _rung_twice(scene: Scene) -> int:
    """How many bursts have been told more than once that this promise was missed."""
    missed = (_LOG.c.kind == EntryKind.MISSED, _LOG.c.at >= scene.moment, _LOG.c.burst_id != SAMPLE)
    told = select(func.count().label("times")).where(*missed).group_by(_LOG.c.burst_id).subquery()
    with scene.engine.connect() as connection:
        return int(connection.execute(select(func.count()).where(told.c.times > 1)).scalar_one())


def _peer(scene: Scene) -> Fired:
    jobs = scene.engine
    if scene.database.kind == "sqlite":
        jobs = sqlite_writer(scene.database.data_dir / "jobs.sqlite3")
    work = job_store.Shift(scene.engine, scene.transaction, SAMPLE, len(scene.bursts))
    due = job_store.run(work, jobs, scene.bursts)
    jobs.dispose()
    scene.engine.dispose()
    twice = sum(1 for times in work.fired.values() if times > 1)
    return Fired([at - due for at in work.committed.values()], twice)


def _written_bare(scene: Scene) -> float:
    """Seconds to write the same rows by the bare driver with nothing read and nothing decided: the floor of all ways."""
    work = [about(scene.transaction, SAMPLE, burst) for burst in scene.bursts]

    def write() -> None:
        with scene.engine.begin() as connection:
            cursor = connection.connection.cursor()
            for same in zip(*work, strict=True):
                cursor.executemany(same[0].statement, [row for one in same for row in one.rows])
            cursor.close()

    took = taken(write)
    scene.engine.dispose()
    return took
