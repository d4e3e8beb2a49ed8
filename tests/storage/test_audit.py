"""What was done to the installation is logged in one chain of its own."""

import threading

import pytest
from sqlalchemy import text

from storage import Store
from storage.terms import AuditKind
from tests.storage.bursts import NOW, at


def logged(store: Store, *details: str) -> None:
    for minute, detail in enumerate(details):
        with store.write() as unit:
            unit.audit.append(AuditKind.EXPORTED, {"what": detail}, actor="U_ADMIN", at=at(minute))


def findings(store: Store) -> list[tuple[str, int, int]]:
    with store.read() as unit:
        return [(one.wrong.value, one.first, one.last) for one in unit.audit.verify()]


def test_what_was_done_is_read_as_it_was_logged(store: Store) -> None:
    logged(store, "everything", "BURST-1 \u202e")
    with store.read() as unit:
        first, second = unit.audit.entries()
        assert unit.audit.entries(after=1) == (second,)
        assert unit.audit.entries(limit=1) == (first,)
    assert (first.number, first.kind, first.actor, first.at) == (1, AuditKind.EXPORTED, "U_ADMIN", NOW)
    assert (first.detail, second.detail) == ({"what": "everything"}, {"what": "BURST-1 \u202e"})
    assert findings(store) == []


def test_an_installation_to_which_nothing_was_done_has_nothing_to_verify(store: Store) -> None:
    assert findings(store) == []


def test_a_detail_can_be_forgotten_once_and_the_chain_holds(store: Store) -> None:
    logged(store, "one", "two", "three")
    with store.write() as unit:
        assert unit.audit.erase(2)
        assert not unit.audit.erase(2)
        assert [entry.detail for entry in unit.audit.entries()] == [{"what": "one"}, None, {"what": "three"}]
    assert findings(store) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit SET actor = 'U9' WHERE number = 2", ("altered", 2, 2)),
        ("DELETE FROM audit WHERE number = 2", ("removed", 2, 2)),
        ("DELETE FROM audit WHERE number = 3", ("cut_off", 3, 3)),
    ],
)
def test_an_entry_that_was_changed_is_named(
    store: Store, statement: str, found: tuple[str, int, int]
) -> None:
    logged(store, "one", "two", "three")
    with store.write() as unit:
        unit._connection.execute(text(statement))
    assert findings(store) == [found]


def test_everything_that_can_be_done_to_an_installation_can_be_logged(store: Store) -> None:
    with store.write() as unit:
        for kind in AuditKind:
            unit.audit.append(kind, {}, actor="U_ADMIN", at=NOW)
    with store.read() as unit:
        assert [entry.kind for entry in unit.audit.entries()] == list(AuditKind)
    assert findings(store) == []


def test_what_is_not_committed_uses_no_number_up(store: Store) -> None:
    def fail() -> None:
        with store.write() as unit:
            unit.audit.append(AuditKind.EXPORTED, {}, actor="U_ADMIN", at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    logged(store, "one")
    with store.read() as unit:
        assert [entry.number for entry in unit.audit.entries()] == [1]


def test_two_hands_at_once_make_one_chain(store: Store) -> None:
    threads = [threading.Thread(target=logged, args=(store, *"abcde")) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as unit:
        assert len(unit.audit.entries()) == 15
    assert findings(store) == []
