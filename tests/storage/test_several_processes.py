"""What PostgreSQL does for several processes: nobody is kept waiting by one that stands still, or starts with them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

import storage
from bot.errors import StorageFault
from bot.sandbox.client import wait_for
from storage import Store, engine, revisions
from storage.faults import StorageBusy
from tests.storage.bursts import change, loaded, opening, plain_burst, stored
from tests.store_fixtures import Database, postgres_database


def changed(store: Store, title: str) -> bool:
    """Whether the burst has that title now; False when somebody else kept it too long."""
    try:
        with store.write() as unit:
            before = unit.bursts.get(1)
            assert before is not None
            unit.apply(change(before, title=title), now=before.opened_at)
    except StorageBusy:
        return False
    return True


def setting(store: Store, name: str) -> str:
    """What PostgreSQL says of a connection of ours."""
    with store.read() as unit:
        return str(unit._connection.execute(text(f"SHOW {name}")).scalar())


def stand_still(frozen: Store, other: Store) -> None:
    """Lock the burst and do nothing for so long that somebody else changes it."""
    with frozen.write() as unit:
        before = unit.bursts.get(1)
        assert before is not None
        wait_for(lambda: changed(other, "Other hands"), 20.0)
        unit.apply(change(before, title="Too late"), now=before.opened_at)


def test_who_stands_still_in_a_transaction_keeps_its_locks_for_a_while_only(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "ABANDONED_AFTER", 0.2)
    with postgresql.opened() as frozen, postgresql.opened() as other:
        stored(frozen, opening(plain_burst()))

        with pytest.raises(StorageFault, match=r"cut us off|connection is lost"):
            stand_still(frozen, other)

        assert loaded(frozen).title == "Other hands"


def test_a_command_that_only_looks_may_take_its_time(postgresql: Database) -> None:
    """An export writes papers between two statements, and nobody waits for it."""
    with storage.peek(postgresql.url, postgresql.data_dir) as unit:
        shown = unit._connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
    assert shown == "0"


def test_what_an_address_sets_stays_as_it_is(postgresql: Database, tmp_path: Path) -> None:
    address = make_url(postgresql.url).update_query_dict(
        {"options": "-c work_mem=5MB", "connect_timeout": "9"}
    )
    theirs = Database("postgresql", address.render_as_string(hide_password=False), tmp_path)

    with theirs.opened() as store:
        assert setting(store, "work_mem") == "5MB"
        assert setting(store, "lock_timeout") == "2500ms"
        assert setting(store, "idle_in_transaction_session_timeout") == "10s"


def test_processes_that_upgrade_at_the_same_moment_do_it_once(postgres: str, tmp_path: Path) -> None:
    with postgres_database(postgres, tmp_path) as database, ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: storage.upgrade(database.url, database.data_dir), range(4)))

        assert found == {revisions.wanted()}
        assert storage.check(database.url, database.data_dir) == []
