"""Opening a database: one owner, the right revision, fair turns, and words for what goes wrong."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageFault
from storage import StorageBusy, Store, engine, fair_lock
from storage.driver_errors import faults_told
from storage.fair_lock import FairLock
from storage.faults import WrongRevision
from tests.storage.bursts import NOW, change, loaded, note, opening, plain_burst, stored
from tests.store_fixtures import Database, sqlite_database, upgraded

PATIENCE = 10.0


@pytest.fixture
def sqlite_store(sqlite: Database) -> Iterator[Store]:
    with sqlite.opened() as opened:
        yield opened


def in_threads(count: int, work: object) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_database_that_was_never_made_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(WrongRevision, match="burst db upgrade"), sqlite_database(tmp_path).opened():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_revision_is_refused_with_what_to_do(empty_database: Database) -> None:
    database = upgraded(empty_database)
    with database.opened() as store, store.write() as unit:
        unit._connection.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))

    with pytest.raises(WrongRevision, match=r"revision tomorrow.*burst db upgrade"), database.opened():
        pass


def test_an_empty_database_is_refused(empty_database: Database) -> None:
    with pytest.raises(WrongRevision, match="There is no database yet"), empty_database.opened():
        pass


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://root@localhost/x", "sqlite and postgresql, not mysql"),
        ("sqlite://", "needs a file"),
        ("no address:secret", "no database address"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_we_do_not_serve_is_refused(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match=said):
        Store.open(url, data_dir=tmp_path)


def test_a_postgres_that_does_not_answer_is_a_fault_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="connection is lost"):
        Store.open("postgresql://nobody@127.0.0.1:1/nothing", data_dir=tmp_path)


def test_a_second_store_on_the_file_is_refused_by_name(sqlite: Database, sqlite_store: Store) -> None:
    with pytest.raises(StorageFault, match=f"process id {os.getpid()}"), sqlite.opened():
        pass
    assert sqlite_store.exclusive


def test_a_second_process_on_the_file_is_refused_in_words(sqlite: Database, sqlite_store: Store) -> None:
    program = (
        "import sys; from pathlib import Path; from storage import Store\n"
        "try: Store.open(sys.argv[1], data_dir=Path(sys.argv[2]))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, sqlite.url, str(sqlite.data_dir)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert other.stdout.startswith("InUse")
    assert "in use by another process" in other.stdout
    assert stored(sqlite_store, opening(plain_burst())) == plain_burst()


def test_the_file_is_free_again_after_closing(sqlite: Database) -> None:
    for title in ("first", "second"):
        with sqlite.opened() as store, store.write() as unit:
            unit.settings.put("title", title)


def test_two_replicas_share_a_postgres(postgresql: Database) -> None:
    with postgresql.opened() as one, postgresql.opened() as other:
        stored(one, opening(plain_burst()))
        assert loaded(other) == plain_burst()
        assert not one.exclusive


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    first = stored(store, opening(plain_burst()))
    with store.read() as unit:
        before = unit.bursts.get(1)
        stored(store, change(first, title="Later"))
        assert unit.bursts.get(1) == before
    assert loaded(store).title == "Later"


def test_a_reader_cannot_write(store: Store) -> None:
    with store.read() as unit, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        unit.settings.put("a", "b")


def test_the_database_can_be_pinged(store: Store) -> None:
    with store.read() as unit:
        unit.ping()


def test_sqlite_waits_for_the_disk_at_every_commit_and_keeps_foreign_keys(sqlite_store: Store) -> None:
    with sqlite_store.write() as unit:
        said = {
            name: unit._connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_eight_writers_lose_nothing_and_none_waits_in_vain(store: Store) -> None:
    stored(store, opening(plain_burst()))

    def write(_number: int) -> None:
        for _ in range(10):
            with store.write() as unit:
                burst = unit.bursts.get(1)
                assert burst is not None
                unit.apply(change(burst, entries=[note()]), now=NOW)

    in_threads(8, write)

    assert (loaded(store).version, loaded(store).log_count) == (81, 80)
    with store.read() as unit:
        assert unit.log.verify(1) == []


def test_two_deliveries_of_one_key_at_the_same_time_commit_once(store: Store) -> None:
    taken = []

    def deliver(_number: int) -> None:
        with store.write() as unit:
            if unit.inbox.remember("Ev1", "accept", NOW):
                taken.append(unit.bursts.allocate_id())

    in_threads(8, deliver)

    assert taken == [1]


def test_a_writer_that_never_finishes_keeps_others_waiting_only_so_long(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCK_WAIT_FOR", 0.05)
    refused = []

    def write(_number: int) -> None:
        try:
            with sqlite_store.write():
                pass
        except StorageBusy as busy:
            refused.append(str(busy))

    with sqlite_store.write():
        in_threads(1, write)
    in_threads(1, write)

    assert refused == ["The database is busy; nothing was changed. Try again in a moment."]


def test_a_postgres_row_that_is_locked_too_long_is_a_busy_database(postgresql: Database) -> None:
    with postgresql.opened() as one, postgresql.opened() as other:
        stored(one, opening(plain_burst()))
        with one.write() as unit:
            unit.bursts.get(1)
            with other.write() as late:
                late._connection.execute(text("SET LOCAL lock_timeout = 50"))
                with pytest.raises(StorageBusy), faults_told():
                    late.bursts.get(1)


def test_a_write_inside_a_write_of_the_same_thread_is_a_mistake_not_a_deadlock(sqlite_store: Store) -> None:
    with sqlite_store.write(), pytest.raises(RuntimeError, match="already holds"), sqlite_store.write():
        pass


def test_turns_are_handed_over_in_the_order_in_which_they_were_asked_for() -> None:
    lock, order, queued = FairLock(), [], threading.Semaphore(0)

    def work(number: int) -> None:
        with lock.turn(PATIENCE) as mine:
            assert mine
            order.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    with lock.turn(PATIENCE):
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(lock._queue) < count:
                queued.acquire(timeout=0.001)
    for thread in threads:
        thread.join(PATIENCE)

    assert order == list(range(20))


def test_a_waiter_that_gave_up_is_not_handed_the_turn() -> None:
    lock, results = FairLock(), []

    def wait(patience: float) -> None:
        with lock.turn(patience) as mine:
            results.append(mine)

    with lock.turn(PATIENCE):
        impatient = threading.Thread(target=wait, args=(0.01,))
        impatient.start()
        impatient.join(PATIENCE)
    patient = threading.Thread(target=wait, args=(PATIENCE,))
    patient.start()
    patient.join(PATIENCE)

    assert results == [False, True]


def waiting(lock: FairLock, monkeypatch: pytest.MonkeyPatch, wait: Callable[[], bool]) -> FairLock:
    """``lock`` in somebody else's hands, and waiting for it as ``wait`` does."""

    class Called(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            return wait()

    primitives = SimpleNamespace(Lock=threading.Lock, Event=Called, get_ident=threading.get_ident)
    monkeypatch.setattr(fair_lock, "threading", primitives)
    lock._holder = -1
    return lock


def test_a_turn_that_comes_in_the_moment_of_giving_up_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = FairLock()

    def too_late() -> bool:
        lock._pass_on()
        return False

    with waiting(lock, monkeypatch, too_late).turn(PATIENCE) as mine:
        assert mine
    assert lock._holder is None


@pytest.mark.parametrize("handed_over", [False, True])
def test_an_interrupted_waiter_keeps_no_turn_to_itself(
    monkeypatch: pytest.MonkeyPatch, handed_over: bool
) -> None:
    lock = FairLock()

    def interrupted() -> bool:
        if handed_over:
            lock._pass_on()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), waiting(lock, monkeypatch, interrupted).turn(PATIENCE):
        pass

    assert not lock._queue
    assert lock._holder == (None if handed_over else -1)


_WRITER = """
import sys
from pathlib import Path
from storage import Store
from tests.storage.bursts import NOW, change, note, opening, plain_burst

store = Store.open(sys.argv[1], data_dir=Path(sys.argv[2]))
with store.write() as unit:
    burst = unit.apply(opening(plain_burst(), entries=[note()]), now=NOW)
while True:
    with store.write() as unit:
        burst = unit.apply(change(burst, entries=[note(), note()]), now=NOW)
    print(burst.version, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 7, 40])
def test_what_was_said_to_be_committed_survives_a_kill_and_nothing_is_half_done(
    database: Database, commits: int
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, database.url, str(database.data_dir)],
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        told = 0
        for _ in range(commits):
            told = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)

    with database.opened() as store:
        found = loaded(store)
        with store.read() as unit:
            problems = unit.log.verify(1)

    assert found.version >= told
    assert found.log_count == 2 * found.version - 1
    assert problems == []
