"""An export holds everything, an import puts it back: from SQLite to PostgreSQL and back nothing is another byte."""

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import BotError
from bot.operations.export_folder import MANIFEST, ExportFolder
from bot.operations.importing import verified
from bot.operations.office import Office
from bot.operations.sign_off import sign_off
from bot.programme import Programme
from bot.taskforce.terms import State
from storage.portable import Wanted
from storage.tables import metadata
from tests.operations.proof import proven
from tests.operations.story import CLINICAL, TEAM, TECHNICAL, by, opened, resolved
from tests.operations.travelling import BURSTS, contents, data_of, export, fill, imported
from tests.storage.bursts import NOW, at, full_burst, loaded, note, opening, plain_burst, stored
from tests.storage.test_archives import filed, found, summary
from tests.store_fixtures import Database

OF_THIS_MOMENT = {"replica", "inbox", "draft", "home"}


@pytest.mark.parametrize("seed", range(3))
def test_what_goes_to_the_other_database_and_back_is_the_same_to_the_byte(
    sqlite: Database, postgresql: Database, tmp_path: Path, seed: int
) -> None:
    with sqlite.opened() as store:
        fill(store, seed)
        before = contents(store)
    first = export(sqlite, tmp_path / "first")

    imported(tmp_path / "first", postgresql)
    second = export(postgresql, tmp_path / "second")

    assert data_of(tmp_path / "second") == data_of(tmp_path / "first")
    assert second == first
    with postgresql.opened() as store:
        after = contents(store)
    for name in metadata.tables:
        assert after[name] == ([] if name in OF_THIS_MOMENT else before[name]), name


def test_every_table_and_every_column_is_exported(database: Database, tmp_path: Path) -> None:
    with database.opened() as store:
        fill(store, seed=1)
    manifest = export(database, tmp_path / "out")

    assert all(count >= BURSTS for count in manifest["rows"].values())
    assert set(manifest["rows"]) == set(metadata.tables) - OF_THIS_MOMENT
    for name in manifest["rows"]:
        lines = (tmp_path / "out" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        assert list(json.loads(lines[0])) == [column.name for column in metadata.tables[name].columns]


def test_a_restored_burst_is_the_same_burst(
    database: Database, postgresql: Database, sqlite: Database, tmp_path: Path
) -> None:
    other = sqlite if database.kind == "postgresql" else postgresql
    with database.opened() as store:
        kept = stored(store, opening(full_burst(), entries=[note("one"), note("two")]))
        filed(store, summary(2, "OBR-4.2 is empty"))
        with store.write() as unit:
            unit.log.erase(1, 1)
            unit._connection.execute(text("UPDATE counter SET value = 41 WHERE name = 'burst'"))
            chained, anchor = unit.log.entries(1), unit.log.anchor(1, b"key", now=NOW)
    export(database, tmp_path / "out")

    imported(tmp_path / "out", other)

    with other.opened() as store:
        assert loaded(store) == kept
        assert found(store, "obr-4.2") == [2]
        with store.write() as unit:
            assert unit.log.entries(1) == chained
            assert unit.log.anchors(1) == (anchor,)
            assert unit.log.verify(1) == []
            assert unit.bursts.allocate_id() == 42


def test_a_running_clock_rings_where_it_was_restored(
    sqlite: Database, postgresql: Database, tmp_path: Path
) -> None:
    with sqlite.opened() as store:
        stored(store, opening(plain_burst(7)))
    export(sqlite, tmp_path / "out")
    imported(tmp_path / "out", postgresql)
    with postgresql.opened() as store, store.write() as unit:
        assert unit.clocks.claim_due(at(60), 10) == [(7, 1)]


def test_a_life_goes_on_where_it_was_restored(
    sqlite: Database, postgresql: Database, programme: Programme, tmp_path: Path
) -> None:
    with sqlite.opened() as store:
        number = resolved(Office(store, lambda: programme, TEAM)).id
    export(sqlite, tmp_path / "out")
    imported(tmp_path / "out", postgresql)

    with postgresql.opened() as store:
        office = Office(store, lambda: programme, TEAM)
        sign_off(office, by(CLINICAL), number)
        assert sign_off(office, by(TECHNICAL), number).state is State.CLOSED
        assert opened(office).id == number + 1
        proven(office)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(numbers=(2,)), [2]),
        (Wanted(since=at(1)), [2, 3]),
        (Wanted(until=at(2)), [1, 2]),
        (Wanted(since=at(1), until=at(2)), [2]),
        (Wanted(), [1, 2, 3]),
    ],
)
def test_some_bursts_go_with_all_that_is_theirs(
    database: Database, tmp_path: Path, wanted: Wanted, numbers: list[int]
) -> None:
    with database.opened() as store:
        for number in (1, 2, 3):
            burst = plain_burst(number, opened_at=NOW + timedelta(minutes=number - 1))
            stored(store, opening(burst, entries=[note()]))
    manifest = export(database, tmp_path / "out", wanted)

    for name in ("burst", "log_entry", "clock"):
        lines = (tmp_path / "out" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert [row.get("burst_id", row.get("id")) for row in rows] == numbers
    assert manifest["rows"]["policy"] == 1
    assert ("setting" in manifest["rows"]) is wanted.everything


def test_some_bursts_can_be_restored_and_numbers_go_on_behind_them(
    sqlite: Database, postgresql: Database, tmp_path: Path
) -> None:
    with sqlite.opened() as store:
        for number in (1, 5):
            stored(store, opening(plain_burst(number), entries=[note()]))
    export(sqlite, tmp_path / "out", Wanted(numbers=(5,)))
    imported(tmp_path / "out", postgresql)
    with postgresql.opened() as store, store.write() as unit:
        assert unit.bursts.get(1) is None
        assert unit.log.verify(5) == []
        assert unit.bursts.allocate_id() == 6


@pytest.fixture
def exported(sqlite: Database, tmp_path: Path) -> Path:
    """An export of one burst with a file."""
    with sqlite.opened() as store:
        stored(store, opening(plain_burst(), entries=[note()]))
        with store.write() as unit:
            unit._connection.execute(
                text("UPDATE burst SET sites = :sites"), {"sites": json.dumps(["NGH", DIGEST])}
            )
    kept = sqlite.data_dir / PLACE
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"a header dump")
    assert export(sqlite, tmp_path / "exported")["files"] == 1
    return tmp_path / "exported"


DIGEST = hashlib.sha256(b"a header dump").hexdigest()
PLACE = f"files/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"


def test_a_file_that_a_row_names_goes_along(exported: Path, postgresql: Database) -> None:
    imported(exported, postgresql)
    assert (postgresql.data_dir / PLACE).read_bytes() == b"a header dump"
    shutil.rmtree(postgresql.data_dir / "files")


@pytest.mark.parametrize("name", ["data/burst.jsonl", PLACE])
def test_a_changed_byte_is_told_before_anything_is_written(exported: Path, name: str) -> None:
    changed = bytearray((exported / name).read_bytes())
    changed[-2] ^= 1
    (exported / name).write_bytes(changed)
    with pytest.raises(BotError, match="not what was exported"):
        verified(exported)


def test_a_list_of_digests_that_was_changed_too_is_told(exported: Path) -> None:
    sums = exported / "SHA256SUMS"
    sums.write_text(sums.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(BotError, match="SHA256SUMS is not the one"):
        verified(exported)


def test_an_export_that_was_not_finished_is_none(exported: Path) -> None:
    (exported / MANIFEST).unlink()
    with pytest.raises(BotError, match="no complete export"):
        verified(exported)


def test_a_database_with_something_in_it_takes_no_import(exported: Path, sqlite: Database) -> None:
    with pytest.raises(BotError, match=r"not empty: there is something in .*burst"):
        imported(exported, sqlite)


def test_an_export_of_another_schema_says_what_to_do(exported: Path, postgresql: Database) -> None:
    manifest = json.loads((exported / MANIFEST).read_bytes())
    (exported / MANIFEST).write_text(json.dumps(manifest | {"schema": "0001"}), encoding="utf-8")
    with pytest.raises(BotError, match="schema revision 0001"):
        imported(exported, postgresql)


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(BotError, match="is not empty"):
        ExportFolder(tmp_path)
