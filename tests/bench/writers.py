"""Eight writers at once on SQLite: how long the unluckiest waits, with our fair lock and without it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from storage import Store
from storage.engine import sqlite_reader, sqlite_writer
from storage.faults import StorageBusy
from storage.kept_files import KeptFiles
from tests.bench.findings import Finding, seconds
from tests.bench.ground import FILE, INTAKE, RAISER, URL, Ground, by
from tests.bench.measuring import Samples, percentile, taken

WRITERS = 8
MOST = 1.0
BECAUSE = "the machine was busy with something else; see what the peers took in the same run."


class PlainLock:
    """The process-wide lock that anybody would take first: it promises no order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, wait_for: float) -> Iterator[bool]:
        """As ``FairLock.turn``, for as long as it takes."""
        with self._lock:
            yield True


def measure(ground: Ground) -> Iterator[Finding]:
    """Our lock, a plain lock, and none but SQLite's own busy handler, in turn."""
    rounds, each = ground.size.of((1, 2), (2, 30), (4, 60))
    times: dict[str, Samples] = {"fair": [], "plain": [], "none": []}
    for _ in range(rounds):
        for lock in times:
            times[lock] += _all_at_once(ground, lock, each)
    ours = times["fair"]
    beside = "; ".join(
        f"{words}: worst {seconds(max(times[lock]))}, p99 {seconds(percentile(times[lock], 0.99))}"
        for lock, words in (("plain", "threading.Lock"), ("none", "busy handler alone"))
    )
    yield Finding(
        f"{WRITERS} writers at once that open bursts: worst and p99",
        f"worst {seconds(max(ours))}, p99 {seconds(percentile(ours, 0.99))}",
        beside,
        f"{max(ours) / max(times['none']):.2f}× the busy handler's worst",
        f"worst ≤ {MOST:g} s",
        max(ours) <= MOST,
        BECAUSE,
    )


def _all_at_once(ground: Ground, lock: str, each: int) -> Samples:
    stores = _stores(ground.database(), lock)
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [
            pool.submit(_write, ground.office(stores[turn % len(stores)]), each) for turn in range(WRITERS)
        ]
        samples = [sample for writer in work for sample in writer.result()]
    for store in stores:
        store.close()
    return samples


def _stores(folder: Path, lock: str) -> list[Store]:
    """The store that eight writers share; without a lock each has a connection of its own."""
    if lock == "none":
        return [
            Store(sqlite_writer(folder / FILE), sqlite_reader(folder / FILE), None, KeptFiles(folder))
            for _ in range(WRITERS)
        ]
    store = Store.open(URL, data_dir=folder)
    if lock == "plain":
        setattr(store, "_turns", PlainLock())  # noqa: B010 - it is no FairLock, which is the point
    return [store]


def _write(office: Office, each: int) -> Samples:
    def try_to_open() -> None:
        # Whoever waited for the lock in vain has waited all the same.
        with suppress(StorageBusy):
            open_burst(office, by(RAISER), INTAKE)

    return [taken(try_to_open) for _ in range(each)]
