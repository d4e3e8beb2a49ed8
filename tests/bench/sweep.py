"""The sweep's look for due clocks, with few and with many past ones behind it."""

import statistics
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

import storage
from bot import clock
from bot.operations.office import Office, Request
from bot.operations.open_burst import open_burst
from bot.programme import load
from tests.bench.open_burst import DEMO, INTAKE, TEAM

FEW, MANY = 1_000, 300_000
LOOKS = 400


def measure(folder: Path) -> list[tuple[str, str]]:
    """Rows of the table: what, and the ratio with both medians behind it."""
    few, many = _look(folder / "few", FEW), _look(folder / "many", MANY)
    return [
        (
            f"sweep with {MANY:,} past clocks against {FEW:,}",
            f"{many / few:.2f} times as long ({few * 1e6:.0f} and {many * 1e6:.0f} microseconds)",
        )
    ]


def _look(folder: Path, past: int) -> float:
    storage.upgrade("sqlite:///burst.db", folder)
    store = storage.Store.open("sqlite:///burst.db", data_dir=folder)
    programme = load(DEMO)
    open_burst(Office(store, lambda: programme, TEAM), Request("bench:1", "U01PRIYA", TEAM), INTAKE)
    store.close()
    _add_past(folder / "burst.db", past)
    store = storage.Store.open("sqlite:///burst.db", data_dir=folder)
    now = clock.now() - timedelta(days=1)
    taken = []
    for _ in range(LOOKS):
        with store.read() as unit:
            started = clock.monotonic()
            unit.clocks.claim_due(now, 100)
            taken.append(clock.monotonic() - started)
    store.close()
    return statistics.median(taken)


def _add_past(path: Path, count: int) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        columns = [row[1] for row in connection.execute(text("PRAGMA table_info(clock)"))]
        copied = ", ".join("n + 100" if c == "number" else "'met'" if c == "state" else c for c in columns)
        names = ", ".join(columns)
        counted = (
            "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count)"
        )
        source = f"SELECT {copied} FROM counted, (SELECT * FROM clock LIMIT 1)"  # noqa: S608 - our own columns
        statement = f"{counted} INSERT INTO clock ({names}) {source}"
        connection.execute(text(statement), {"count": count})
    engine.dispose()
