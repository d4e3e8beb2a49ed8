"""Troubles that last while a stage of a story is played, and whole stories in the midst of them."""

import random
import resource
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread, Timer
from typing import TypeAlias

from bot.sandbox.client import NeverHappened
from tests.faults.judging import missing, too_early, twice
from tests.faults.runs import Run, drawn
from tests.faults.story import Story
from tests.faults.world import World, world

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
LOCKED_FOR = 2.0
# Long enough for ticks to fail and people to be told, in real seconds.
LASTS_FOR = 4.0
DISK_SIZE = "16m"
SMALLEST_FILE = 4096

Trouble: TypeAlias = Callable[[World, random.Random], AbstractContextManager[None]]


@contextmanager
def clocks_stepped(living: World, chance: random.Random) -> Iterator[None]:
    """Policy time and the machine's wall clock each jump an hour, ahead or back, and stay there."""
    living.move_time(chance.choice((AN_HOUR, -AN_HOUR)))
    living.step_wall(chance.choice((AN_HOUR, -AN_HOUR)))
    yield


@contextmanager
def locked(living: World, chance: random.Random) -> Iterator[None]:
    """Somebody else's connection holds the write lock of the database for two seconds."""
    held = Event()

    def hold() -> None:
        with closing(sqlite3.connect(living.data / "burst.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            Event().wait(LOCKED_FOR)
            other.execute("ROLLBACK")

    holder = Thread(target=hold)
    holder.start()
    held.wait()
    yield
    holder.join()


@contextmanager
def files_limited(living: World, chance: random.Random) -> Iterator[None]:
    """The bot may not make any file longer: neither the database nor its own log."""
    pid = living.bot.pid
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALLEST_FILE, most))
    with _ended_in(LASTS_FOR, lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))):
        yield


@contextmanager
def disk_full(living: World, chance: random.Random) -> Iterator[None]:
    """Nothing more fits on the disk with the database, until somebody makes room.

    Where no small disk could be mounted, no file may grow instead: that needs no rights.
    """
    if not living.data.is_mount():
        with files_limited(living, chance):
            yield
        return
    with closing(sqlite3.connect(living.data / "burst.db")) as other:
        # Else the next pages would go where the write-ahead log has been before, which takes no room.
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ballast = living.data / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * SMALLEST_FILE):
                pass
        except OSError:
            pass  # it is full
    with _ended_in(LASTS_FOR, lambda: ballast.unlink(missing_ok=True)):
        yield


@contextmanager
def slack_away_for_a_day(living: World, chance: random.Random) -> Iterator[None]:
    """No call is answered and no socket holds, while a day passes for every promise and every back-off."""
    living.slack.outage(3600.0)
    living.move_time(A_DAY)
    living.step_wall(A_DAY)
    with _ended_in(LASTS_FOR, living.slack.heal):
        yield


@contextmanager
def storm(living: World, chance: random.Random) -> Iterator[None]:
    """Slack answers every third call 429, and wants to be left alone for two seconds; the wall clock jumps meanwhile."""
    living.slack.fail("*", "rate_limit", retry_after=2, probability=0.33, count=None)
    living.step_wall(AN_HOUR)
    yield
    living.slack.heal()


@contextmanager
def repeated(living: World, chance: random.Random) -> Iterator[None]:
    """Everything that people do is delivered twice, or overtaken by what they do next."""
    living.slack.disturb("*", "reorder", probability=0.3, delay_for=0.3, count=None)
    living.slack.disturb("*", "duplicate", count=None)
    yield
    living.slack.heal()


TROUBLES: dict[str, Trouble] = {
    "duplicated deliveries": repeated,
    "clocks stepped by an hour": clocks_stepped,
    "429 storm": storm,
    "database locked for 2 s": locked,
    "disk full": disk_full,
    "files limited": files_limited,
    "day without Slack": slack_away_for_a_day,
}


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """One whole story each, in one kind of trouble after the other."""
    with small_disk(folder / "disk") as data, world(folder / "world", data=data) as living:
        for number, index in enumerate(indices, start=1):
            chance = drawn("troubles", seed, index)
            name = tuple(TROUBLES)[index % len(TROUBLES)]
            yield told(living, number, [name] * len(Story(living, number).stages), chance, (seed, index))


def told(
    living: World, number: int, names: Iterable[str], chance: random.Random, which: tuple[int, int]
) -> Run:
    """One story, each stage in the trouble of that name; then what its record and its log say."""
    living.slack.forget()
    story = Story(living, number)
    met: Counter[str] = Counter(stories=1)
    try:
        for stage, name in zip(story.stages, names, strict=True):
            with TROUBLES[name](living, chance):
                stage()
            met[name] += 1
    except NeverHappened as never:
        story.broken.append(str(never))
    living.slack.heal()
    met["people told that it failed"] = story.told_no
    losses = [*story.broken, *missing(living, number), *too_early(living.slack.calls(), living.bot.deaths)]
    return Run("troubles", *which, dict(met), twice(living, number), tuple(losses))


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of a few megabytes; where nothing may be mounted, an ordinary folder."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_SIZE}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    try:
        yield folder
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _ended_in(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """End a trouble after so many real seconds, or when its stage is over, if that is earlier."""
    timer = Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        end()
