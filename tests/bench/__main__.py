"""``make bench``: everything that is measured, as a table on standard output, progress on standard error."""

import argparse
import gc
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bot import clock, logs
from tests.bench.findings import Finding
from tests.bench.ground import Ground
from tests.bench.machine import described
from tests.bench.page import page, shortfalls, table, table_line
from tests.bench.rows import ROWS
from tests.bench.sizes import Size


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a row could not be measured, and then nothing is written."""
    asked = _asked(arguments)
    logs.configure("ERROR")
    gc.freeze()  # as `burst serve` does; peers in this process have it as good
    size = Size.QUICK if asked.quick else Size.FULL
    with tempfile.TemporaryDirectory(prefix="burst-bench-") as folder, ExitStack() as kept:
        machine = [*described(Path(folder))]
        findings, failed = _measured(Ground(Path(folder), size, kept), asked.rows or [*ROWS])
    _say("", *shortfalls(findings))
    if asked.write and not failed:
        asked.write.write_text(page(clock.now().date(), size, machine, findings), encoding="utf-8")
    return 1 if failed else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"rows to measure; all: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, in a few minutes")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page with all rows to FILE")
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.rows) - set(ROWS)):
        parser.error(f"there is no row {', '.join(unknown)}; the rows are {', '.join(ROWS)}")
    if asked.write and asked.rows:
        parser.error("--write takes all rows: the page would lose the others")
    return asked


def _measured(ground: Ground, names: Sequence[str]) -> tuple[list[Finding], bool]:
    """What the rows found, printed as it comes; and whether one could not be measured."""
    findings: list[Finding] = []
    failed = False
    _say(*table(()))
    for name in names:
        began = clock.monotonic()
        try:
            findings += _row(ground, name)
        except Exception:  # noqa: BLE001 - the other rows are measured all the same
            failed = True
            traceback.print_exc()
        sys.stderr.write(f"{name}: {clock.monotonic() - began:.0f} s\n")
    return findings, failed


def _row(ground: Ground, name: str) -> Iterator[Finding]:
    for finding in ROWS[name](ground):
        _say(table_line(finding))
        yield finding


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    # Whoever ends the run ends its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
