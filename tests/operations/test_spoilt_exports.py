"""Exports that somebody changed and signed again: refused in words with nothing written, or taken as they are."""

import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.errors import BotError
from bot.operations.export_folder import MANIFEST, SUMS, digest_of
from storage.terms import AuditKind
from tests.operations.travelling import contents, export, imported
from tests.storage.bursts import NOW, full_burst, note, opening, stored
from tests.storage.test_archives import filed, summary
from tests.storage.test_transcripts import ALL
from tests.store_fixtures import Database, copied

Lines: TypeAlias = list[dict[str, Any] | bytes]
VALUES: tuple[object, ...] = (
    None,
    [],
    {},
    [[]],
    "x",
    "",
    10**30,
    -1,
    2**40,
    True,
    1.5,
    "2026",
    "\0",
    {"a": 1},
    "ff",
)


@pytest.fixture(scope="module")
def exported(sqlite_template: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of one burst that has everything."""
    source = copied(sqlite_template, tmp_path_factory.mktemp("source"))
    with source.opened() as store:
        stored(store, opening(full_burst(), entries=[note("one"), note("two")]))
        filed(store, summary(2, "OBR-4.2 is empty"))
        with store.write() as unit:
            unit.transcripts.keep(1, ALL)
            unit.audit.append(AuditKind.EXPORTED, {}, actor="U1", at=NOW)
    folder = tmp_path_factory.mktemp("exported")
    export(source, folder)
    return folder


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(exported, tmp_path / "copy")


def sign_again(folder: Path, **said: Any) -> None:
    """Make list and manifest those of what is in the folder now; the manifest says ``said``."""
    names = sorted(str(path.relative_to(folder)) for path in (folder / "data").iterdir())
    (folder / SUMS).write_text("".join(f"{digest_of(folder / name)}  {name}\n" for name in names), "utf-8")
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest |= {"sums": digest_of(folder / SUMS), **said}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def rewrite(folder: Path, table: str, lines: Sequence[object]) -> None:
    written = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines]
    (folder / "data" / f"{table}.jsonl").write_bytes(b"".join(one + b"\n" for one in written))
    rows = json.loads((folder / MANIFEST).read_bytes())["rows"]
    sign_again(folder, rows={**rows, table: len(written)})


def read(folder: Path, table: str) -> list[dict[str, Any]]:
    with (folder / "data" / f"{table}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_empty(database: Database) -> bool:
    with database.opened() as store:
        held: Mapping[str, Sequence[object]] = contents(store)
    return {name for name, rows in held.items() if rows} == {"counter"} and len(held["counter"]) == 1


def _other_columns(row: dict[str, Any]) -> object:
    return {("author" if name == "actor" else name): value for name, value in row.items()}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_other_columns, "log_entry: a row has other columns"),
        (lambda row: row | {"at": "yesterday"}, "log_entry: a row has a value that cannot be stored"),
        (lambda row: row | {"at": 5}, "log_entry: a row has a value that cannot be stored"),
        (lambda row: row | {"salt": "no hex"}, "log_entry: a row has a value that cannot be stored"),
        (lambda row: row | {"number": 1}, "log_entry: the database refuses a row"),
        (lambda row: row | {"number": 10**30}, "log_entry: (the database refuses|a row has a value)"),
        (lambda row: row | {"burst_id": 9}, "log_entry: the database refuses a row"),
        (lambda row: row | {"kind": None}, "log_entry: the database refuses a row"),
        (lambda _row: b"{", r"log_entry\.jsonl has a line that is no JSON object"),
        (lambda _row: [], r"log_entry\.jsonl has a line that is no JSON object"),
    ],
)
def test_a_row_that_cannot_be_is_said_and_nothing_is_written(
    folder: Path, database: Database, change: Callable[[dict[str, Any]], object], why: str
) -> None:
    rewrite(folder, "log_entry", [change(row) for row in read(folder, "log_entry")])
    with pytest.raises(BotError, match=why):
        imported(folder, database)
    assert is_empty(database)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"rows": None}, "is no manifest of an export"),
        ({"rows": {"burst": "many"}}, "is no manifest of an export"),
        ({"highest": []}, "is no manifest of an export"),
        ({"rows": {"replica": 1}}, "lacks data/replica.jsonl"),
        ({"schema": None}, "schema revision None"),
        ({"format_version": 99}, "version 99; this version reads"),
        ({"rows": {"policy": 7}}, "has 1 rows, and the manifest says 7"),
    ],
)
def test_a_manifest_that_cannot_be_is_said(
    folder: Path, database: Database, said: dict[str, Any], why: str
) -> None:
    sign_again(folder, **said)
    with pytest.raises(BotError, match=why):
        imported(folder, database)
    assert is_empty(database)


def test_a_table_that_this_version_does_not_know_is_named(folder: Path, database: Database) -> None:
    rewrite(folder, "horoscope", [{"burst_id": 1}])
    with pytest.raises(BotError, match="rows of horoscope, which this version does not know"):
        imported(folder, database)


def _spoil(folder: Path, chance: random.Random) -> None:
    table = chance.choice([path.stem for path in sorted((folder / "data").iterdir()) if path.stat().st_size])
    lines: Lines = [*read(folder, table)]
    where = chance.randrange(len(lines))
    row = lines[where]
    assert isinstance(row, dict)
    name = chance.choice([*row])
    match chance.randrange(6):
        case 0 | 1 | 2:
            lines[where] = row | {name: chance.choice(VALUES)}
        case 3:
            del lines[where]
        case 4:
            lines.append(row)
        case _:
            lines[where] = json.dumps(row).encode()[: chance.randrange(20)]
    rewrite(folder, table, lines)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_changed_is_refused_whole_or_taken_whole(
    folder: Path, database: Database, seed: int
) -> None:
    _spoil(folder, random.Random(seed))  # noqa: S311 - nothing is guarded
    try:
        imported(folder, database)
    except BotError:
        assert is_empty(database)
