"""Memory over a simulated year: ``python -m tests.bench.year <sandbox> <folder> <lives>``, one line a reading.

Run as a module it lives through the year; ``measure`` starts it as a process and reads what it says.
"""

import gc
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot import logs
from bot.demo.processes import PROGRAMME, Process
from bot.operations.housekeeping import anchor_logs, purge
from bot.programme import load
from bot.sandbox.client import wait_for
from tests.bench.findings import Finding
from tests.bench.ground import Ground
from tests.bench.lives import Cast, cast

A_YEAR = timedelta(days=365)
MOST_GROWTH = 1.05
OVER_WITHIN = 900.0
BECAUSE = "caches by burst, person or channel still fill in the second half."


def main(slack: str, folder: Path, lives: int) -> None:
    """Live through a year; say how much memory is in use at the start, in the middle and at the end."""
    with cast(folder, slack, load(PROGRAMME)) as company:
        company.live()
        for number in range(lives):
            if number in (0, lives // 2):
                _tell()
            company.live()
            _keep_house(company)
            company.after(A_YEAR / lives - timedelta(days=1))
        _tell()


def _keep_house(company: Cast) -> None:
    anchor_logs(company.office, company.data_dir)
    purge(company.office)


def _tell() -> None:
    gc.collect()
    sys.stdout.write(f"resident {_resident_kilobytes()}\n")
    sys.stdout.flush()


def _resident_kilobytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


def measure(ground: Ground) -> Iterator[Finding]:
    """A year in a process of its own, with a sandbox beside it."""
    lives = ground.size.of(2, 20, 120)
    folder = ground.folder()
    process = Process(
        ("tests.bench.year", ground.sandbox.address, str(folder), str(lives)), {}, folder / "year.log"
    )
    process.start()
    wait_for(lambda: not process.running, OVER_WITHIN, "the end of the year")
    start, middle, end = _readings(process)
    yield Finding(
        f"memory over a simulated year, {lives} bursts from opening to archive",
        f"{start:.1f} MB at the start, {middle:.1f} in the middle, {end:.1f} at the end",
        "",
        f"{end / middle:.3f}× from the middle to the end",
        f"≤ {MOST_GROWTH:g}×",
        end / middle <= MOST_GROWTH,
        BECAUSE,
    )


def _readings(process: Process) -> tuple[float, float, float]:
    """Three readings in megabytes. Raises ``RuntimeError`` when the year ended early."""
    found = [
        int(line.split()[1]) / 1024 for line in process.said().splitlines() if line.startswith("resident ")
    ]
    if len(found) != 3:
        raise RuntimeError(process.tail())
    return found[0], found[1], found[2]


if __name__ == "__main__":
    logs.configure("ERROR")
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
