"""``make bench``: ratios to a floor measured in the same run, as a table. Seconds are never asserted."""

import sys
import tempfile
from pathlib import Path

from tests.bench import open_burst, sweep


def main() -> None:
    """Measure everything and print the table."""
    sys.stdout.write("| what | measured in this run |\n|---|---|\n")
    for bench in (open_burst, sweep):
        with tempfile.TemporaryDirectory() as folder:
            for what, ratio in bench.measure(Path(folder)):
                sys.stdout.write(f"| {what} | {ratio} |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
