"""From the start of the process to ready, with a large archive and with an empty database."""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from storage.engine import sqlite_writer
from tests.bench.findings import Finding, seconds
from tests.bench.ground import FILE, Ground
from tests.bench.measuring import Samples, taken
from tests.bench.past import past_of

MOST = 2.0
BECAUSE = "importing the libraries takes most of it; it is the same with an empty database."


def measure(ground: Ground) -> Iterator[Finding]:
    """The real process in Socket Mode with a sandbox; killed each time, so that it starts as after a crash."""
    clocks, times = ground.size.of((1_000, 1), (100_000, 3), (1_000_000, 5))
    archive = past_of(ground, clocks)
    bursts = _archived(archive)
    full: Samples = []
    empty: Samples = []
    with _backstage(ground, archive) as busy, _backstage(ground, None) as idle:
        for _ in range(times):
            for stage, samples in ((busy, full), (idle, empty)):
                samples.append(taken(stage.start_bot))
                stage.kill_bot()
    ours, floor = statistics.median(full), statistics.median(empty)
    yield Finding(
        f"start to ready with {bursts:,} archived bursts",
        seconds(ours),
        f"with an empty database: {seconds(floor)}",
        f"{ours / floor:.2f}×",
        f"≤ {MOST:g} s",
        ours <= MOST,
        BECAUSE,
    )


def _archived(folder: Path) -> int:
    engine = sqlite_writer(folder / FILE)
    with engine.connect() as connection:
        found: int = connection.execute(
            text("SELECT count(*) FROM burst WHERE state = 'archived'")
        ).scalar_one()
    engine.dispose()
    return found


def _backstage(ground: Ground, database: Path | None) -> Backstage:
    """A stage whose bot finds that database, or makes a new one at its first start."""
    folder = ground.folder()
    data = folder / "data"
    data.mkdir()
    if database is None:
        database = ground.database()
    shutil.copy(database / FILE, data / "burst.db")
    return Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off")
