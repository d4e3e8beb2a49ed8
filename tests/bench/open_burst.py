"""The open-burst transaction beside SQLAlchemy Core writing the same rows."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine, insert, text

from bot import clock
from bot.operations.office import Office
from bot.operations.open_burst import open_burst, open_in
from bot.taskforce.decision import Decision
from storage import Store
from storage.engine import sqlite_writer
from storage.tables import metadata
from tests.bench.findings import Finding, seconds
from tests.bench.ground import FILE, INTAKE, RAISER, Ground, by, opened
from tests.bench.measuring import repeated, side_by_side

CHILDREN = ("participant", "clock", "checklist_item", "log_entry", "outbox")
BECAUSE = "ours also turns the burst into rows, chains its log and looks for newer posts in the outbox."
WHOLE_BECAUSE = "ours also checks the intake, seats people and freezes the policy."


def measure(ground: Ground) -> Iterator[Finding]:
    """A ready decision first, then the operation with all that comes before it."""
    rounds, times = ground.size.of((1, 3), (6, 40), (12, 120))
    with opened(ground.database()) as store:
        office = ground.office(store)
        core = Core(ground, office)
        decisions = iter(_ready(office, (rounds + 1) * times))
        pair = side_by_side(
            repeated(lambda: _apply(store, next(decisions)), times), repeated(core.write, times), rounds
        )
        floor = f"Core, the same {core.count} rows: {seconds(pair.peer_at())}"
        yield Finding.at_least(
            "Unit.apply of a burst that opens, speed of a ready decision",
            1 / pair.ratio(),
            0.8,
            ours=seconds(pair.ours_at()),
            beside=floor,
            because=BECAUSE,
        )
        whole = side_by_side(
            repeated(lambda: open_burst(office, by(RAISER), INTAKE), times),
            repeated(core.write, times),
            rounds,
        )
        core.close()
    yield Finding(
        "open_burst as a whole, from the intake as typed",
        seconds(whole.ours_at()),
        floor,
        f"{1 / whole.ratio():.2f}×",
    )


def _ready(office: Office, times: int) -> list[Decision]:
    """What the domain decides for so many intakes, none of them stored."""
    decisions = []
    for _ in range(times):
        with office.store.write() as unit, patch.object(unit, "apply") as apply:
            open_in(unit, office.programme(), RAISER, INTAKE, clock.now())
            decisions.append(apply.call_args.args[0])
    return decisions


def _apply(store: Store, decision: Decision) -> None:
    with store.write() as unit:
        unit.apply(decision, now=clock.now())


class Core:
    """Plain Core inserts of the rows of one opening, as another burst each time, equally durable."""

    def __init__(self, ground: Ground, office: Office) -> None:
        folder = ground.database()
        with opened(folder) as store:
            burst = open_burst(ground.office(store), by(RAISER), INTAKE).id
        self._engine = sqlite_writer(folder / FILE)
        self._rows = _rows_of(self._engine, burst)
        self._turn = burst

    @property
    def count(self) -> int:
        """How many rows it writes."""
        return sum(len(rows) for rows in self._rows.values())

    def write(self) -> None:
        """Write them in one transaction."""
        self._turn += 1
        with self._engine.begin() as connection:
            for name, rows in self._rows.items():
                renumbered = [_renumbered(name, row, self._turn) for row in rows]
                connection.execute(insert(metadata.tables[name]), renumbered)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _rows_of(engine: Engine, burst: int) -> dict[str, list[dict[str, Any]]]:
    """What that opening wrote, by table, parents first."""
    with engine.connect() as connection:
        found = {"burst": _read(connection, "burst", f"id = {burst}")}
        return found | {name: _read(connection, name, f"burst_id = {burst}") for name in CHILDREN}


def _read(connection: Connection, name: str, where: str) -> list[dict[str, Any]]:
    query = metadata.tables[name].select().where(text(where))
    return [dict(row) for row in connection.execute(query).mappings()]


def _renumbered(name: str, row: dict[str, Any], burst: int) -> dict[str, Any]:
    """The row as another burst's."""
    if name == "burst":
        return row | {"id": burst}
    changed = row | {"burst_id": burst}
    changed.pop("id", None)
    return changed
