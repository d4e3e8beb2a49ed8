"""``make hostile``: fifty thousand deliveries, and whether memory stays flat; exits 1 when something was found.

``HOSTILE_SEED`` begins elsewhere. What is found is shown with the seed of its round.
"""

import gc
import logging
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.campaign import Result, campaign, rounds
from tests.hostile.doors import Door
from tests.hostile.stage import Stage, build, on_postgres
from tests.store_fixtures import postgres_server

ROUNDS, ON_POSTGRES, EACH = 120, 10, 450
# Caches fill in the first thousands; after that, nothing may grow with what is delivered.
SETTLED, LATER = 2_000, 8_000
MOST_GROWN = 1_000_000


def main() -> int:
    """Run both; 0 when nothing was found."""
    logging.disable(logging.CRITICAL)  # Bolt's suggestions, thousands of them
    seed = int(os.environ.get("HOSTILE_SEED", "1"))
    _say(f"seed {seed}")
    result = Result()
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        stage = build(Path(folder))
        _play("SQLite", stage, rounds(ROUNDS, seed), result)
        _play("PostgreSQL", on_postgres(stage, server), rounds(ON_POSTGRES, seed + ROUNDS), result)
        grown = _grown(stage, seed, result)
    _say(f"memory in use grew by {grown:,} bytes between delivery {SETTLED:,} and {LATER:,} of one process")
    return 1 if result.found or grown > MOST_GROWN else 0


def _play(where: str, stage: Stage, chosen: Iterator[tuple[int, Door]], result: Result) -> None:
    for number, _ in enumerate(campaign(stage, chosen, EACH, result), 1):
        if number % 10 == 0:
            _say(f"{number} rounds on {where}: {result.words()}")


def _grown(stage: Stage, seed: int, result: Result) -> int:
    """By how many bytes what Python holds grew while one app took thousands of deliveries."""
    sizes: list[int] = []
    before = result.sent

    def measure(sent: int) -> None:
        if sent - before in {SETTLED, LATER}:
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    for _ in campaign(stage, [(seed, "signed")], LATER, result, watch=measure):
        pass
    tracemalloc.stop()
    return sizes[1] - sizes[0]


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
