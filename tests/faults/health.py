"""The engine's thread ends, and health says so within five seconds, in real time, in a process of its own."""

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import httpx

from bot import clock
from bot.sandbox.client import wait_for
from tests.faults.runs import Run
from tests.faults.world import READY_WITHIN, World, world

RED_WITHIN = 5.0
_ANNOUNCED = "health on "


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """One bot each, whose engine ends."""
    for index in indices:
        marker = folder / str(index) / "engine-ends"
        with world(folder / str(index), ENGINE_ENDS=str(marker)) as living:
            losses = tuple(ended(living, marker))
        yield Run("health", seed, index, {"engines ended": 1}, losses=losses)


def ended(living: World, marker: Path) -> Iterator[str]:
    """End the engine and ask for health before and exactly five seconds after.

    However slow the machine is: who asks later than that must be told so all the more.
    """
    if not _alive(living):
        yield "health was red before the engine ended"
    marker.touch()
    ended_at = float(wait_for(lambda: marker.read_text(encoding="utf-8"), READY_WITHIN, "the engine's end"))
    wait_for(lambda: clock.monotonic() >= ended_at + RED_WITHIN, READY_WITHIN, "five seconds")
    if _alive(living):
        yield f"health was green {clock.monotonic() - ended_at:.1f} s after the engine had ended"


def _alive(living: World) -> bool:
    said = living.bot.log.read_text(encoding="utf-8")
    address = said.rpartition(_ANNOUNCED)[2].partition("/readyz")[0]
    return httpx.get(f"{address}/healthz", timeout=30, trust_env=False).status_code == httpx.codes.OK
