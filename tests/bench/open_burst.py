"""The open-burst transaction beside SQLAlchemy Core writing the same rows, in the same run."""

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, insert, text
from sqlalchemy.engine import Engine

import storage
from bot import clock
from bot.operations.office import Office, Request
from bot.operations.open_burst import Intake, open_burst
from bot.programme import load
from storage.tables import metadata

DEMO = Path(__file__).parents[2] / "bot" / "demo" / "programme.yml"
TEAM = "T01BENCH"
ROUNDS = 120
WARM_UP = 20
INTAKE = Intake(
    "network_provisioning", "Firewall rule for the viewer missing", ("SBH",), 2, 1, missing_allowed=True
)


def measure(folder: Path) -> list[tuple[str, str]]:
    """Rows of the table: what, and the ratio with both medians behind it."""
    ours, copy = folder / "ours", folder / "core"
    storage.upgrade("sqlite:///burst.db", ours)
    storage.upgrade("sqlite:///burst.db", copy)
    store = storage.Store.open("sqlite:///burst.db", data_dir=ours)
    programme = load(DEMO)
    office = Office(store, lambda: programme, TEAM)
    opened = _median(lambda turn: open_burst(office, Request(f"bench:{turn}", "U01PRIYA", TEAM), INTAKE))
    store.close()
    rows = _rows_of_last(ours / "burst.db")
    floor = _core(copy / "burst.db", rows)
    count = sum(len(found) for found in rows.values())
    return [
        (
            f"open-burst transaction against Core writing the same {count} rows",
            f"{floor / opened:.2f} of Core's speed (Core {floor * 1000:.1f} ms, ours {opened * 1000:.1f} ms)",
        )
    ]


def _core(path: Path, rows: dict[str, list[dict[str, Any]]]) -> float:
    engine = create_engine(f"sqlite:///{path}", isolation_level=None)
    _durable(engine)

    def write(turn: int) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _insert(connection, rows, turn)
            connection.exec_driver_sql("COMMIT")

    taken = _median(write)
    engine.dispose()
    return taken


def _insert(connection: Connection, rows: dict[str, list[dict[str, Any]]], turn: int) -> None:
    for name, found in rows.items():
        if name == "policy":
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO policy (digest, body) VALUES (?, ?)",
                (found[0]["digest"], found[0]["body"]),
            )
            continue
        connection.execute(insert(metadata.tables[name]), [_renumbered(name, row, turn) for row in found])


def _renumbered(name: str, row: dict[str, Any], turn: int) -> dict[str, Any]:
    """The row as another burst's."""
    changed = dict(row)
    if name == "inbox":
        changed["key"] = f"core:{turn}"
    elif name == "burst":
        changed["id"] = turn + 1
    else:
        changed["burst_id"] = turn + 1
        if name == "outbox":
            del changed["id"]
    return changed


def _rows_of_last(path: Path) -> dict[str, list[dict[str, Any]]]:
    """What one opening wrote, by table, parents first."""
    engine = create_engine(f"sqlite:///{path}")
    wanted = {
        "inbox": "key = (SELECT key FROM inbox ORDER BY seen_wall DESC LIMIT 1)",
        "policy": "1 = 1",
        "burst": "id = (SELECT max(id) FROM burst)",
    }
    children = ("participant", "clock", "checklist_item", "log_entry", "outbox")
    wanted |= dict.fromkeys(children, "burst_id = (SELECT max(id) FROM burst)")
    with engine.connect() as connection:
        found = {
            name: [
                dict(row)
                for row in connection.execute(metadata.tables[name].select().where(text(where))).mappings()
            ]
            for name, where in wanted.items()
        }
    engine.dispose()
    return found


def _durable(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")


def _median(work: Callable[[int], object]) -> float:
    taken = []
    for turn in range(ROUNDS):
        started = clock.monotonic()
        work(turn)
        taken.append(clock.monotonic() - started)
    return statistics.median(taken[WARM_UP:])
