"""The resolution log is append-only, chained, and can still be forgotten."""

import pytest
from sqlalchemy import delete, select, text, update

from bot.taskforce.anchoring import verify
from bot.taskforce.decision import Detail, Entry
from bot.taskforce.entry_names import Names
from bot.taskforce.tampering import Wrong
from bot.taskforce.terms import EntryKind
from storage import Store
from storage.tables import BurstRecord, LogRecord, table
from tests.storage.bursts import NOW, at, change, note, opening, plain_burst, stored
from tests.store_fixtures import Database

_LOG, _BURST = table(LogRecord), table(BurstRecord)
KEY, OTHER_KEY = b"k" * 32, b"x" * 32


@pytest.fixture
def logged(store: Store) -> Store:
    """A store with one burst whose log has four entries, written in two transactions."""
    first = stored(store, opening(plain_burst(), entries=[note("one"), note("two")]))
    stored(store, change(first, entries=[note("three"), note("four")]))
    return store


def tamper(store: Store, statement: object) -> None:
    """What somebody with the database's password does."""
    with store.write() as unit:
        unit._connection.execute(statement)  # type: ignore[call-overload]


def problems(store: Store) -> list[str]:
    with store.read() as unit:
        return unit.log.verify(1)


def test_entries_come_back_as_they_were_logged(store: Store) -> None:
    body: dict[str, Detail] = {
        "text": "Zürich \u0000 <!channel>",
        "late": 3,
        "ok": True,
        "none": None,
        "to": ["U_A", {"n": 1}],
    }
    entry = Entry(EntryKind.MISSED, "system", at(7), body)
    stored(store, opening(plain_burst(), entries=[entry]))

    with store.read() as unit:
        (found,) = unit.log.entries(1)

    assert (found.number, found.kind, found.actor, found.at, found.body) == (
        1,
        EntryKind.MISSED,
        "system",
        at(7),
        body,
    )


def test_times_never_run_backwards_and_an_entry_says_what_the_clock_showed(store: Store) -> None:
    """The clock was set back between two transactions, and within one."""
    told = (Entry(EntryKind.FACT, "U1", at(9), {}), Entry(EntryKind.FACT, "U1", at(3), {"text": "so"}))
    first = stored(store, opening(plain_burst(), entries=[note("one"), *told]))
    stored(
        store,
        change(
            first, entries=[Entry(EntryKind.FACT, "U1", at(5), {}), Entry(EntryKind.FACT, "U1", at(10), {})]
        ),
    )
    with store.read() as unit:
        entries = unit.log.entries(1)[1:]
    assert [entry.at for entry in entries] == [at(9), at(9), at(9), at(10)]
    assert [(entry.body or {}).get("clock_showed") for entry in entries] == [
        None,
        at(3).isoformat(),
        at(5).isoformat(),
        None,
    ]
    assert problems(store) == []


def test_every_kind_of_entry_can_be_logged(store: Store) -> None:
    entries = [Entry(kind, "system", NOW) for kind in EntryKind]
    stored(store, opening(plain_burst(), entries=entries))

    with store.read() as unit:
        assert [entry.kind for entry in unit.log.entries(1)] == list(EntryKind)
    assert problems(store) == []


def test_a_log_is_read_by_kinds(store: Store) -> None:
    stored(store, opening(plain_burst(), entries=[Entry(kind, "system", NOW) for kind in EntryKind]))

    with store.read() as unit:
        kinds = {EntryKind.FACT, EntryKind.DECISION, EntryKind.EVIDENCE}
        first = unit.log.entries(1, kinds=kinds, limit=2)
        rest = unit.log.entries(1, kinds=kinds, offset=2, limit=2)
        count = unit.log.count(1, kinds)
    assert [entry.kind for entry in first] == [EntryKind.FACT, EntryKind.DECISION]
    assert [entry.kind for entry in rest] == [EntryKind.EVIDENCE]
    assert count == 3


def test_a_log_is_read_in_pages(logged: Store) -> None:
    with logged.read() as unit:
        assert [entry.number for entry in unit.log.entries(1)] == [1, 2, 3, 4]
        assert [entry.number for entry in unit.log.entries(1, after=2)] == [3, 4]
        assert [entry.number for entry in unit.log.entries(1, after=1, limit=2)] == [2, 3]
        third = unit.log.entry(1, 3)
        assert unit.log.entry(1, 5) is None
    assert third is not None
    assert third.body == {"text": "three"}


def test_an_untouched_log_verifies(logged: Store) -> None:
    assert problems(logged) == []


def test_the_same_text_twice_has_two_digests(store: Store) -> None:
    stored(store, opening(plain_burst(), entries=[note("same"), note("same")]))

    with store.read() as unit:
        first, second = unit.log.entries(1)

    assert first.digest != second.digest
    assert first.salt != second.salt


def test_an_erased_body_is_gone_and_the_chain_still_holds(logged: Store) -> None:
    with logged.write() as unit:
        assert unit.log.erase(1, 2)

    with logged.read() as unit:
        erased = unit.log.entry(1, 2)
    assert erased is not None
    assert (erased.body, erased.salt, erased.kind, erased.actor) == (None, None, EntryKind.UPDATE, "U_OWNER")
    assert problems(logged) == []


def test_nothing_is_erased_twice_or_where_nothing_is(logged: Store) -> None:
    with logged.write() as unit:
        unit.log.erase(1, 2)
        assert not unit.log.erase(1, 2)
        assert not unit.log.erase(1, 9)


_THIRD = update(_LOG).where(_LOG.c.number == 3)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_THIRD.values(body='{"text":"three, honestly"}'), "entry 3 was altered"),
        (_THIRD.values(body="no json"), "entry 3 was altered"),
        (_THIRD.values(body="[" * 100_000), "entry 3 was altered"),
        (_THIRD.values(body='{"text":"\\ud800"}'), "entry 3 was altered"),
        (_THIRD.values(actor="U_SOMEBODY"), "entry 3 was altered"),
        (_THIRD.values(at=at(1)), "entry 3 was altered"),
        (_THIRD.values(kind=EntryKind.FACT), "entry 3 was altered"),
        (text("UPDATE log_entry SET kind = 'no kind' WHERE number = 3"), "entry 3 was altered"),
        (_THIRD.values(digest="00" * 32), "entry 3 was altered"),
        (_THIRD.values(entry_hash="00" * 32), "entry 3 was altered"),
        (_THIRD.values(body=None), "entry 3 was altered"),
        (_THIRD.values(salt=None), "entry 3 was altered"),
        (_THIRD.values(salt=b"0" * 16), "entry 3 was altered"),
        (delete(_LOG).where(_LOG.c.number == 3), "entry 3 was removed"),
        (delete(_LOG).where(_LOG.c.number == 1), "entry 1 was removed"),
        (delete(_LOG).where(_LOG.c.number == 4), "entry 4 was cut off"),
        (update(_BURST).values(log_head="00" * 32), "entry 4 was altered"),
    ],
)
def test_what_was_changed_behind_our_back_is_told(logged: Store, damage: object, told: str) -> None:
    tamper(logged, damage)

    (problem,) = problems(logged)
    assert problem.startswith(f"BURST-1: {told}")


@pytest.mark.parametrize(
    "column", ["at = 'no time'", "salt = 'no bytes'", "digest = x'00ff'", "entry_hash = 3", "actor = 7"]
)
def test_what_only_sqlite_lets_stand_in_a_column_is_told_too(sqlite: Database, column: str) -> None:
    with sqlite.opened() as store:
        stored(store, opening(plain_burst(), entries=[note("one"), note("two"), note("three"), note("four")]))
        tamper(store, text(f"UPDATE log_entry SET {column} WHERE number = 3"))  # noqa: S608 - our own words
        (problem,) = problems(store)
    assert problem.startswith("BURST-1: entry 3 was altered")


def test_nobody_vanishes_behind_the_digest_of_their_name(logged: Store) -> None:
    with logged.read() as unit:
        first = unit.log.entries(1)[0]
        (salt, *_) = unit._connection.execute(select(_LOG.c.name_salt).order_by(_LOG.c.number)).scalars()
    assert problems(logged) == []

    forged = {"actor": Names(salt).digest(first.actor), "name_salt": None, "names": "{}"}
    tamper(logged, update(_LOG).where(_LOG.c.number == first.number).values(forged))

    assert problems(logged) != []


def test_entries_cannot_change_places(logged: Store) -> None:
    for number, moved in ((2, 9), (3, 2), (9, 3)):
        tamper(logged, update(_LOG).where(_LOG.c.number == number).values(number=moved))

    assert problems(logged) == [
        "BURST-1: entry 3 stands where entry 2 should.",
        "BURST-1: entry 2 stands where entry 3 should.",
    ]


def test_a_log_that_does_not_exist_is_a_problem(store: Store) -> None:
    assert problems(store) == ["BURST-1 does not exist."]


def test_an_anchor_holds_while_the_log_only_grows(logged: Store) -> None:
    with logged.write() as unit:
        anchor = unit.log.anchor(1, KEY, now=NOW)
        burst = unit.bursts.get(1)
        assert burst is not None
        unit.apply(change(burst, entries=[note("five")]), now=NOW)

    assert anchor.entry_count == 4
    assert against_anchors(logged, KEY) == []
    with logged.read() as unit:
        assert unit.log.anchors(1) == (anchor,)


def test_an_anchor_shows_that_the_tail_was_cut_off_even_when_the_burst_agrees(logged: Store) -> None:
    with logged.write() as unit:
        unit.log.anchor(1, KEY, now=NOW)
        third = unit.log.entry(1, 3)
    assert third is not None
    tamper(logged, delete(_LOG).where(_LOG.c.number == 4))
    tamper(logged, update(_BURST).values(log_count=3, log_head=third.entry_hash))

    assert problems(logged) == []
    assert against_anchors(logged, KEY) == [(Wrong.CUT_OFF, 4, 4)]
    assert against_anchors(logged, OTHER_KEY) == [(Wrong.ANCHOR, 4, 4)]


def against_anchors(store: Store, key: bytes) -> list[tuple[Wrong, int, int]]:
    """What the chain and the database's own anchors show."""
    with store.read() as unit:
        tip = unit.log.tip(1)
        assert tip is not None
        found = verify(unit.log.rows(1), tip, unit.log.anchors(1), key)
    return [(one.wrong, one.first, one.last) for one in found]


def test_a_day_without_entries_replaces_the_anchor_of_the_day_before(logged: Store) -> None:
    with logged.write() as unit:
        unit.log.anchor(1, KEY, now=NOW)
        later = unit.log.anchor(1, KEY, now=at(1440))
        assert unit.log.anchors(1) == (later,)


def test_there_is_no_anchor_for_a_burst_that_does_not_exist(store: Store) -> None:
    with store.write() as unit, pytest.raises(LookupError, match="BURST-9"):
        unit.log.anchor(9, KEY, now=NOW)
