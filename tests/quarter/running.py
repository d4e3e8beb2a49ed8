"""One whole quarter: played on the bot, foretold by the oracle, and compared."""

from importlib.resources import files
from pathlib import Path

import yaml

from bot.operations.office import Office
from bot.programme import load
from storage.engine import parse, sqlite_path, sqlite_writer
from tests.quarter.acting import TEAM
from tests.quarter.acts import plan
from tests.quarter.comparing import Comparison
from tests.quarter.hospitals import BEGINS, DAYS, ENDS, programme
from tests.quarter.oracle.book import Book
from tests.quarter.oracle.prophecy import foretold
from tests.quarter.playing import play
from tests.quarter.records import happened
from tests.store_fixtures import Database

DEFAULT = Path(str(files("bot.programme"))) / "defaults" / "imaging.json"


def quarter(database: Database, seed: int, bursts: int) -> Comparison:
    """The quarter of the seed with so many bursts, on an empty SQLite database of the present schema."""
    file = database.data_dir / "programme.yml"
    file.write_text(yaml.safe_dump(programme(seed), sort_keys=False), encoding="utf-8")
    in_force = load(file)
    acts = plan(seed, bursts)
    with database.opened() as store:
        came_of = play(Office(store, lambda: in_force, TEAM), acts, ENDS)
    engine = sqlite_writer(sqlite_path(parse(database.url), database.data_dir))
    recorded = [*happened(engine)]
    engine.dispose()
    expected = foretold(Book(DEFAULT, file, BEGINS, DAYS), acts, ENDS)
    return Comparison(acts, [*came_of, *recorded], expected)
