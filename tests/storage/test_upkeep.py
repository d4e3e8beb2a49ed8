"""Migrations up and down, checks that find damage, backups that can be opened."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

import storage
from bot.errors import StorageFault
from bot.taskforce.burst import EvidenceFile
from bot.taskforce.effects import Effect, EffectKind
from storage import Store, engine, revisions
from storage.copies import spoilt
from storage.shapes import CHILDREN
from storage.tables import metadata
from tests.storage.bursts import NOW, change, full_burst, loaded, note, opening, plain_burst, stored
from tests.store_fixtures import Database


def writer(database: Database) -> Engine:
    address = engine.parse(database.url)
    if database.kind == "postgresql":
        return engine.postgres_writer(address)
    return engine.sqlite_writer(engine.sqlite_path(address, database.data_dir))


def upgrade(database: Database) -> str:
    return storage.upgrade(database.url, database.data_dir)


def check(database: Database) -> list[str]:
    return storage.check(database.url, database.data_dir)


def damage(database: Database, statement: str) -> None:
    """What happens to a file behind our back."""
    path = database.data_dir / "burst.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_an_upgrade_makes_a_database_that_can_be_opened(empty_database: Database) -> None:
    assert storage.current_revision(empty_database.url, empty_database.data_dir) is None

    made = upgrade(empty_database)

    assert storage.current_revision(empty_database.url, empty_database.data_dir) == made
    with empty_database.opened() as store:
        assert stored(store, opening(full_burst())) == full_burst()


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(database: Database) -> None:
    with database.opened() as store:
        stored(store, opening(full_burst()))

    upgrade(database)

    with database.opened() as store:
        assert loaded(store) == full_burst()


def test_an_upgrade_makes_the_folder_it_needs(tmp_path: Path) -> None:
    deep = Database("sqlite", "sqlite:///burst.sqlite3", tmp_path / "a" / "b")

    assert upgrade(deep) == revisions.wanted()


def test_every_migration_can_be_taken_back(empty_database: Database) -> None:
    upgrade(empty_database)
    connected = writer(empty_database)
    with connected.connect() as connection:
        revisions.downgrade(connection, "base")
        connection.commit()
        assert revisions.current(connection) is None
        left = set(connected.dialect.get_table_names(connection)) - {"alembic_version"}
        assert left == set()
    connected.dispose()

    upgrade(empty_database)
    assert check(empty_database) == []


def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    connected = writer(database)
    with connected.connect() as connection:
        revisions.check(connection)  # raises CommandError naming the difference
        made = set(connected.dialect.get_table_names(connection))
    connected.dispose()

    assert set(metadata.tables) <= made


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_database: Database) -> None:
    connected = writer(empty_database)
    with connected.begin() as connection:
        connection.execute(text("CREATE TABLE policy (in_the_way INTEGER)"))
    connected.dispose()

    with pytest.raises(Exception, match="policy"):
        upgrade(empty_database)

    connected = writer(empty_database)
    with connected.connect() as connection:
        assert set(connected.dialect.get_table_names(connection)) <= {"policy", "alembic_version"}
    connected.dispose()
    assert storage.current_revision(empty_database.url, empty_database.data_dir) is None


def test_an_upgrade_is_refused_while_the_bot_runs(sqlite: Database) -> None:
    with sqlite.opened(), pytest.raises(StorageFault, match="in use by another process"):
        upgrade(sqlite)


def test_no_table_has_a_default_of_the_server_or_a_check() -> None:
    for table in metadata.tables.values():
        assert all(column.server_default is None for column in table.columns), table.name
        assert not [one for one in table.constraints if type(one).__name__ == "CheckConstraint"], table.name


def test_a_sound_database_has_nothing_to_say_running_or_not(database: Database) -> None:
    with database.opened() as store:
        stored(store, opening(full_burst(), entries=[note()]))
        assert check(database) == []
    assert check(database) == []


def test_a_check_names_another_revision(empty_database: Database) -> None:
    connected = writer(empty_database)
    connected.connect().close()
    connected.dispose()

    assert check(empty_database) == ["There is no database yet; `burst db upgrade` makes it."]


def test_a_check_names_the_log_that_was_rewritten(sqlite: Database) -> None:
    with sqlite.opened() as store:
        stored(store, opening(plain_burst(), entries=[note(), note()]))
    damage(sqlite, """UPDATE log_entry SET body = '{"text":"other"}' WHERE number = 2""")

    assert check(sqlite) == ["BURST-1: entry 2 was altered: its text is not what was logged."]


def test_a_check_names_rows_that_point_nowhere(sqlite: Database) -> None:
    with sqlite.opened() as store:
        stored(store, opening(plain_burst()))
    damage(sqlite, "UPDATE clock SET burst_id = 99")

    assert any("clock" in problem and "burst" in problem for problem in check(sqlite))


def test_a_check_finds_a_damaged_page(sqlite: Database) -> None:
    with sqlite.opened() as store, store.write() as unit:
        for number in range(1, 60):
            unit.apply(opening(plain_burst(number)), now=NOW)
    path = sqlite.data_dir / "burst.sqlite3"
    body = bytearray(path.read_bytes())
    body[4096 * 8 : 4096 * 9] = b"\xff" * 4096
    path.write_bytes(bytes(body))

    assert check(sqlite) == ["The database cannot be used: the file is damaged; restore a backup."]


def test_a_check_names_work_that_nobody_is_doing_and_work_that_was_given_up(database: Database) -> None:
    with database.opened() as store:
        effects = [Effect(EffectKind.POST_NOTICE, lane) for lane in ("a", "b", "c")]
        stored(store, opening(plain_burst(), effects=effects))
        with store.write() as unit:
            unit.replicas.enter("running", NOW)
            unit.outbox.claim("running", 1, 0.0)
            (orphaned,) = unit.outbox.claim("gone", 1, 0.0)
            (refused,) = unit.outbox.claim("running", 1, 0.0)
            unit.outbox.park(refused.id, refused.fence, "invalid_blocks")

    assert check(database) == [
        f"Intent {orphaned.id} is leased to a process that is not running; the next start gives it back.",
        "Parked intents for Slack: 1; see `burst outbox list`.",
    ]


def test_a_backup_of_a_running_database_can_be_opened_by_itself(sqlite: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy" / "burst.sqlite3"
    target.parent.mkdir()
    with sqlite.opened() as store:
        first = stored(store, opening(full_burst(), entries=[note()]))
        storage.backup(sqlite.url, sqlite.data_dir, target)
        stored(store, change(first, title="After the backup"))

    with Database("sqlite", sqlite.url, target.parent).opened() as copy:
        assert loaded(copy) == first
        with copy.read() as unit:
            assert unit.log.verify(1) == []


def test_postgres_is_backed_up_with_its_own_tools(postgresql: Database, tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="pg_dump"):
        storage.backup(postgresql.url, postgresql.data_dir, tmp_path / "copy")


def test_there_is_no_backup_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="no database"):
        storage.backup("sqlite:///burst.sqlite3", tmp_path, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_peek_reads_beside_the_running_bot_and_writes_nothing(database: Database) -> None:
    with (
        database.opened() as store,
        storage.peek(database.url, database.data_dir) as unit,
    ):
        assert unit.bursts.get(1) is None
        stored(store, opening(plain_burst()))
    with storage.peek(database.url, database.data_dir) as unit:
        assert unit.bursts.get(1) == plain_burst()


def test_a_peek_into_another_revision_is_refused(empty_database: Database) -> None:
    with (
        pytest.raises(StorageFault, match="burst db upgrade"),
        storage.peek(empty_database.url, empty_database.data_dir),
    ):
        pass


def test_a_burst_that_is_deleted_takes_everything_along(store: Store) -> None:
    stored(store, opening(full_burst(), entries=[note()]))
    with store.write() as unit:
        unit._connection.execute(text("DELETE FROM burst"))
        left = {
            kind.field: unit._connection.execute(select(func.count()).select_from(kind.table)).scalar()
            for kind in CHILDREN
        }
        assert unit.log.entries(1) == ()
    assert set(left.values()) == {0}


@pytest.fixture
def given(store: Store) -> str:
    """The digest of a file that two bursts have as evidence."""
    with store.files.arriving() as arriving:
        arriving.write(b"a picture of the queue")
        digest = arriving.keep()
    for number in (1, 2):
        proof = replace(
            full_burst().evidence[0], files=(EvidenceFile("F1", digest=digest), EvidenceFile("F2"))
        )
        stored(store, opening(plain_burst(number, evidence=(proof,)), entries=[note()]))
    return digest


def test_a_copy_that_is_what_was_given_is_no_problem(database: Database, given: str) -> None:
    assert given
    assert check(database) == []


def test_a_copy_that_was_altered_is_named_in_every_burst(
    store: Store, database: Database, given: str
) -> None:
    kept = store.files.path(given)
    assert kept is not None
    kept.write_bytes(b"another picture")
    place = f"files/{given[:2]}/{given[2:4]}/{given}"
    assert check(database) == [
        f"BURST-{number}: the copy of a file in evidence 1 is not what was given: {place}."
        for number in (1, 2)
    ]


def test_a_copy_that_is_gone_is_named(store: Store, database: Database, given: str) -> None:
    store.files.forget(given)
    assert [one.split(": files/")[0] for one in check(database)] == [
        f"BURST-{number}: the copy of a file in evidence 1 is missing" for number in (1, 2)
    ]


def test_a_copy_that_went_while_it_was_looked_for_is_not_missed(
    store: Store, database: Database, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.files.forget(given)

    def looked(*words: Any) -> Any:
        for number in (1, 2):
            stored(store, change(loaded(store, number), evidence=()))
        return spoilt(*words)

    monkeypatch.setattr("storage.upkeep.spoilt", lambda named, files: looked(iter([*named]), files))
    assert check(database) == []


def test_what_is_no_name_of_a_copy_and_what_is_no_list_of_files_are_named(
    store: Store, database: Database, given: str
) -> None:
    with store.write() as unit:
        rename = text("UPDATE evidence SET files = replace(files, :given, '../evil') WHERE burst_id = 1")
        unit._connection.execute(rename, {"given": given})
        unit._connection.execute(text("UPDATE evidence SET files = 'nonsense' WHERE burst_id = 2"))
    assert check(database) == [
        "BURST-1: the copy of a file in evidence 1 has a name that no copy has.",
        "BURST-2: the copy of a file in evidence 1 cannot be looked for: its list of files is damaged.",
    ]
