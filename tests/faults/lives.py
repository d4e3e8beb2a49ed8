"""Random lives: people who try everything, the sweep, the release and the sender, with faults between any two calls."""

from collections.abc import Generator, Iterable
from pathlib import Path

import storage
from bot.demo.processes import PROGRAMME
from bot.programme import Programme, load
from tests.faults.runs import Run, drawn
from tests.lives.life import Life
from tests.store_fixtures import Database, sqlite_database

STEPS = 200
# So much of a life that failed is told.
LAST_LINES = 40


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """Lives of two hundred steps, each on an SQLite database of its own."""
    programme = load(PROGRAMME)
    for index in indices:
        place = folder / str(index)
        place.mkdir(parents=True)
        database = sqlite_database(place)
        storage.upgrade(database.url, place)
        yield lived(database, programme, (seed, index), STEPS)


def lived(database: Database, programme: Programme, which: tuple[int, int], steps: int) -> Run:
    """One life of so many steps on an empty database, and what did not hold in it."""
    losses: tuple[str, ...] = ()
    with database.opened() as store:
        life = Life(store, programme, drawn("lives", *which))
        try:
            life.live(steps)
        except AssertionError as wrong:
            losses = ("\n".join([*life.tell[-LAST_LINES:], str(wrong)]),)
        numbers = {**life.numbers, "calls": life.slack.calls}
    return Run("lives", *which, numbers, losses=losses)
