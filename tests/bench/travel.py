"""Exporting and importing a whole database: ``python -m tests.bench.travel <data folder> <words of the command>``.

Run as a module it runs the command and says how long it took and how much memory it had at most; ``measure``
starts it as a process, with a small and a large database, and does the same rows by hand.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.cli import main as burst
from bot.demo.processes import PROGRAMME, Process
from bot.sandbox.client import wait_for
from tests.bench.corpus import Corpus, Vocabulary
from tests.bench.findings import Finding, seconds
from tests.bench.ground import FILE, URL, Ground
from tests.bench.measuring import taken
from tests.bench.rows_by_hand import chained_anew, count, exported, imported
from tests.store_fixtures import sqlite_database, upgraded

OVER_WITHIN = 3600.0
MOST_GROWTH, MOST_EXPORT, MOST_IMPORT = 1.25, 2.0, 4.0
BECAUSE_GROWTH = "what is kept for each burst or row while they pass adds up."
BECAUSE_EXPORT = (
    "ours reads times and documents into values and writes them again, and takes the digest of every file."
)
BECAUSE_IMPORT = (
    "ours compares the digest of every file first, checks every value, fills the full-text index, and verifies "
    "every chain in the end."
)
AS = ("--as", "U01PETRA")


@dataclass(frozen=True, slots=True)
class Run:
    """How long a command took in real seconds, and its most memory in megabytes."""

    took: float
    megabytes: float


def main(data: str, *words: str) -> None:
    """Run a command on the database in ``data``."""
    os.environ |= {"BURST_DATA_DIR": data, "BURST_DATABASE_URL": URL, "BURST_PROGRAMME": str(PROGRAMME)}
    took = taken(partial(burst, list(words), standalone_mode=False))
    sys.stdout.write(f"run {took} {_most_kilobytes()}\n")


def _most_kilobytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


def measure(ground: Ground) -> Iterator[Finding]:
    """All of it as JSON Lines and back, with so many bursts and ten times as many; some of it as documents."""
    few, many = ground.size.of((10, 100), (1_000, 10_000), (10_000, 100_000))
    small, large = _database(ground, few), _database(ground, many)
    out = ground.folder() / "small"
    small_export = _run(ground, small, "export", "--to", str(out), "--all", *AS)
    small_import = _run(ground, ground.database(), "import", str(out), *AS)
    out = ground.folder() / "large"
    large_export = _run(ground, large, "export", "--to", str(out), "--all", *AS)
    by_hand = ground.folder()
    raw_export = taken(lambda: exported(large / FILE, by_hand))
    fresh = ground.database()
    raw_import = taken(lambda: imported(by_hand, fresh / FILE))
    large_import = _run(ground, ground.database(), "import", str(out), *AS)
    what = f"{count(large / FILE, 'burst'):,} bursts with {count(large / FILE, 'log_entry'):,} entries"
    rows = count(fresh / FILE)
    yield _speed(f"export of {what}", large_export.took, raw_export, rows, MOST_EXPORT, BECAUSE_EXPORT)
    yield _speed(f"import of {what}", large_import.took, raw_import, rows, MOST_IMPORT, BECAUSE_IMPORT)
    yield _memory("export", small_export, large_export)
    yield _memory("import", small_import, large_import)
    formats = ("--format", "csv", "--format", "markdown")
    documents = _run(ground, small, "export", "--to", str(ground.folder()), "--all", *formats, *AS)
    bursts = count(small / FILE, "burst")
    yield Finding(
        f"export of {bursts:,} bursts as CSV and Markdown",
        f"{seconds(documents.took)}, {bursts / documents.took:,.0f} bursts a second, {documents.megabytes:.0f} MB",
    )


def _speed(what: str, ours: float, raw: float, rows: int, most: float, because: str) -> Finding:
    return Finding.at_most(
        what,
        ours / raw,
        most,
        ours=f"{seconds(ours)}, {rows / ours:,.0f} rows a second",
        beside=f"the same rows by hand: {seconds(raw)}",
        because=because,
    )


def _memory(what: str, small: Run, large: Run) -> Finding:
    return Finding.at_most(
        f"memory of that {what}",
        large.megabytes / small.megabytes,
        MOST_GROWTH,
        ours=f"{large.megabytes:.0f} MB at most",
        beside=f"with a tenth of it: {small.megabytes:.0f} MB",
        because=BECAUSE_GROWTH,
    )


def _database(ground: Ground, bursts: int) -> Path:
    folder = ground.folder()
    corpus = Corpus(Vocabulary(ground.size.of(200, 5_000, 20_000)), bursts)
    corpus.write(upgraded(sqlite_database(folder)), ground.programme)
    chained_anew(folder / FILE)
    return folder


def _run(ground: Ground, data: Path, *words: str) -> Run:
    process = Process(("tests.bench.travel", str(data), *words), {}, ground.folder() / "travel.log")
    process.start()
    wait_for(lambda: not process.running, OVER_WITHIN, f"the end of {words[0]}")
    for line in process.said().splitlines():
        if line.startswith("run "):
            _, took, kilobytes = line.split()
            return Run(float(took), int(kilobytes) / 1024)
    raise RuntimeError(f"{words[0]} failed:\n{process.tail()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
