"""Every migration is taken back and made again on a database that holds something, on both databases."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

import storage
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.terms import Outcome, Severity
from storage import engine, revisions
from tests.storage.bursts import full_burst, loaded, note, opening, stored
from tests.storage.test_archives import filed, found, summary
from tests.store_fixtures import Database

EARLIER = [str(one.down_revision or "base") for one in ScriptDirectory(str(revisions._HERE)).walk_revisions()]


def filled(database: Database) -> Burst:
    """A burst with everything that it can have, as it is kept; one in the archive, and what waits for Slack."""
    with database.opened() as store:
        stored(store, opening(full_burst(), entries=[note()], effects=[Effect(EffectKind.POST_CARD, "a")]))
        filed(store, summary(2, "OBR-4.2 is empty"))
        return loaded(store)


def taken_back(database: Database, revision: str) -> Engine:
    """The database at an earlier revision, as an engine that is still to be disposed of."""
    address = engine.parse(database.url)
    connected = (
        engine.postgres_writer(address)
        if database.kind == "postgresql"
        else engine.sqlite_writer(engine.sqlite_path(address, database.data_dir))
    )
    with connected.connect() as connection:
        revisions.downgrade(connection, revision)
        connection.commit()
    return connected


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_in_use_can_be_taken_back_and_brought_up_again(
    empty_database: Database, revision: str
) -> None:
    storage.upgrade(empty_database.url, empty_database.data_dir)
    kept = filled(empty_database)

    connected = taken_back(empty_database, revision)

    with connected.connect() as connection:
        left = set(connected.dialect.get_table_names(connection)) - {"alembic_version"}
        assert left == set() if revision == "base" else "burst" in left
        if revision != "base":
            assert connection.execute(text("SELECT count(*) FROM burst")).scalar() == 2
    connected.dispose()
    storage.upgrade(empty_database.url, empty_database.data_dir)
    assert storage.check(empty_database.url, empty_database.data_dir) == []
    if revision != "base":  # before the first one there is nowhere to keep anything
        with empty_database.opened() as store:
            assert loaded(store) == kept
            assert found(store, "obr-4.2", site="NGH", severity=Severity.SEV2, outcome=Outcome.RESOLVED) == [
                2
            ]
