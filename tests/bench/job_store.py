"""The peer of our clock table: APScheduler with a job for each clock in its SQLAlchemy job store.

It is treated kindly: no job is dropped for being late, the store has a durable database of its own beside
the one that the jobs write to, and jobs that write to SQLite queue behind a lock.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from threading import Event, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine

from bot import clock
from tests.bench.replaying import Transaction, about, replay

THREADS = 10
PATIENCE_FOR = 60.0


@dataclass
class Shift:
    """What the jobs of one run do: write what ringing one clock writes, and note when it is committed."""

    engine: Engine
    transaction: Transaction
    burst: int
    wanted: int
    committed: dict[int, float] = field(default_factory=dict)
    fired: Counter[int] = field(default_factory=Counter)
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def ring(self, burst: int) -> None:
        """Ring one clock by hand."""
        alone = self.lock if self.engine.dialect.name == "sqlite" else nullcontext()
        rows = about(self.transaction, self.burst, burst)
        with alone, self.engine.begin() as connection:
            cursor = connection.connection.cursor()
            replay(cursor, rows)
            cursor.close()
        self.committed[burst] = clock.monotonic()
        self.fired[burst] += 1
        if len(self.committed) == self.wanted:
            self.over.set()


class _Desk:
    """Where a job, which is stored as text, finds its shift."""

    shift: Shift


def ring(burst: int) -> None:
    """The job."""
    _Desk.shift.ring(burst)


def run(shift: Shift, store: Engine, bursts: Iterable[int]) -> float:
    """Let a job for each burst be due at once; returns when that was, by the monotonic clock."""
    _Desk.shift = shift
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=store)},
        executors={"default": ThreadPoolExecutor(THREADS)},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        timezone="UTC",
    )
    scheduler.start(paused=True)
    due = clock.machine()
    for burst in bursts:
        scheduler.add_job(ring, "date", run_date=due, args=(burst,), id=str(burst))
    began = clock.monotonic()
    scheduler.resume()
    while not shift.over.wait(PATIENCE_FOR):
        if not any(at > clock.monotonic() - PATIENCE_FOR for at in shift.committed.values()):
            break  # its thread has died, as it does on one "database is locked"
    scheduler.shutdown(wait=True)
    return began
