"""Databases full of rows that make no sense, exports of them, and imports."""

import random
import string
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table, select
from sqlmodel import UTCDateTime

from bot.operations.export_folder import ExportFolder
from bot.operations.exporting import manifest, write_files, write_rows
from bot.operations.importing import restore, restore_files, verified
from bot.taskforce.account import Account
from storage import Store
from storage.portable import LEFT_OUT, Wanted, raw, travelling
from storage.rows import insert_rows
from storage.tables import metadata
from storage.types import Document, DurationValue, EnumValue
from tests.storage.test_archives import ACCOUNT
from tests.store_fixtures import Database

BURSTS = 12
_TEXTS = (
    "",
    "plain",
    "=1+1",
    "Zürich, “quoted”",
    "two\nlines\r\n",
    "\u202e\u2028 rtl",
    "😀",
    "\\ \" ' \t",
    "ÿ Z a _",
)


def export(database: Database, to: Path, wanted: Wanted = Wanted()) -> dict[str, Any]:  # noqa: B008 - frozen
    """Everything, or what is wanted, from that database; returns the manifest."""
    with database.opened() as store, store.read() as unit:
        folder = ExportFolder(to)
        written = write_rows(unit, wanted, folder, lambda _done: None)
        files = write_files(database.data_dir, written.digests, folder)
        return folder.finish({**manifest(unit, wanted, written), "files": files})


def imported(folder: Path, database: Database) -> None:
    """The export in that database, in one transaction."""
    found = verified(folder)
    with database.opened() as store:
        restore_files(found, database.data_dir)
        with store.write() as unit:
            restore(unit, found, lambda _done: None)


def data_of(folder: Path) -> dict[str, bytes]:
    """Every file of an export but the manifest and what it lists."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.parent != folder]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(kept)}


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in no particular order."""
    with store.read() as unit:
        return {
            name: sorted((tuple(row) for row in unit._connection.execute(select(raw(name)))), key=repr)
            for name in metadata.tables
        }


def fill(store: Store, seed: int) -> None:
    """Rows in every table, each column with a value of its type, each row pointing to those before it."""
    chance = random.Random(seed)  # noqa: S311 - nothing is guarded
    with store.write() as unit:
        # A database numbers its bursts: that row stays, and the others are beside it.
        unit._connection.execute(metadata.tables["counter"].update().values(value=BURSTS))
        for name in (*travelling(), *sorted(LEFT_OUT)):
            rows = {tuple(row[key.name] for key in raw(name).primary_key): row for row in _rows(name, chance)}
            insert_rows(unit._connection, raw(name), [*rows.values()])


def _rows(name: str, chance: random.Random) -> Iterator[Mapping[str, Any]]:
    source = metadata.tables[name]
    for number in range(1, BURSTS + 1):
        yield {column.name: _value(source, column, number, chance) for column in source.columns}


def _value(source: Table, column: Column[Any], number: int, chance: random.Random) -> Any:
    if column.foreign_keys or column.primary_key:
        # The n-th row points to the n-th row.
        return (
            number
            if isinstance(column.type, Integer)
            else f"{chance.choice(_KEYS)}{number}"
            if _alone(column)
            else f"key-{number}"
        )
    if column.nullable and chance.random() < 0.3:
        return None
    return _of_type(column.type, chance)


_KEYS = (*string.ascii_letters[20:32], "é", "_", "-", "😀")


def _alone(column: Column[Any]) -> bool:
    """Whether no other row points to it."""
    return not column.foreign_keys and column.table.name != "policy"


def _of_type(kind: Any, chance: random.Random) -> Any:
    if isinstance(kind, EnumValue):
        return chance.choice([one.value for one in kind.words])
    if isinstance(kind, Document) and kind.kind is Account:
        return kind.adapter.dump_json(ACCOUNT).decode()
    makers = (make for type_, make in _MAKERS if isinstance(kind, type_))
    return next(makers, _any_text)(chance)


def _any_text(chance: random.Random) -> str:
    return chance.choice(_TEXTS)


_MAKERS: tuple[tuple[type[Any], Callable[[random.Random], Any]], ...] = (
    (
        UTCDateTime,
        lambda chance: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randrange(10**15)),
    ),
    (Document, lambda chance: chance.choice(('["NGH"]', "[]", '["é","HVM"]'))),
    (DurationValue, lambda chance: chance.randrange(10**12)),
    (LargeBinary, lambda chance: chance.randbytes(16)),
    (Boolean, lambda chance: chance.random() < 0.5),
    (Float, lambda chance: chance.random() * 1e9),
    (Integer, lambda chance: chance.randrange(2**31)),
)
