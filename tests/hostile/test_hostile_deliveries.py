"""Whatever Slack delivers: an answer in words, nothing of others shown, nothing stored that breaks later.

``HOSTILE_SEED`` begins the long campaign elsewhere; what it finds is shown with the seed of its round.
"""

import gc
import os
import tracemalloc
from collections.abc import Iterator

import pytest

from bot.operations import office
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor, Right, allows
from tests.hostile.campaign import Result, Stage, campaign
from tests.hostile.doors import Door

SEED = int(os.environ.get("HOSTILE_SEED", "1"))
DOORS: tuple[Door, ...] = ("signed", "socket", "signed", "http")
# Caches fill in the first thousands; after that, nothing may grow with what is delivered.
SETTLED, LATER = 2_000, 8_000
MOST_GROWN = 1_000_000


def rounds(count: int, seed: int = 1) -> Iterator[tuple[int, Door]]:
    """Seeds and doors, in turn."""
    return ((seed + number, DOORS[number % len(DOORS)]) for number in range(count))


def test_fifteen_hundred_hostile_deliveries(stage: Stage) -> None:
    result = Result()

    for _ in campaign(stage, rounds(4), 375, result):
        pass

    assert result.sent == 1_500
    assert result.found == [], result.words()


def test_somebody_who_could_read_what_is_private_would_be_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(right: Right, actor: Actor, burst: Burst | None) -> bool:
        return right is Right.READ or allows(right, actor, burst)

    monkeypatch.setattr(office, "allows", mistaken)
    result = Result()

    for _ in campaign(stage, [(1, "signed")], 200, result):
        pass

    assert any("shows what was written in private" in problem for problem in result.found)


@pytest.mark.faults_long
@pytest.mark.timeout(3_600)
def test_fifty_thousand_hostile_deliveries(stage: Stage) -> None:
    result = Result()

    for _ in campaign(stage, rounds(120, SEED), 450, result):
        pass

    print(f"seed {SEED}: {result.words()}")  # noqa: T201 - the long run reports its numbers
    assert result.sent >= 50_000
    assert result.found == [], result.words()


@pytest.mark.faults_long
@pytest.mark.timeout(1_200)
def test_memory_stays_flat(stage: Stage) -> None:
    result = Result()
    sizes: list[int] = []

    def measure(sent: int) -> None:
        if sent in {SETTLED, LATER}:
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        for _ in campaign(stage, [(SEED, "signed")], LATER, result, watch=measure):
            pass
    finally:
        tracemalloc.stop()

    print(f"seed {SEED}: {sizes} bytes in use after {SETTLED:,} and {LATER:,}")  # noqa: T201 - as above
    assert sizes[1] - sizes[0] < MOST_GROWN
