"""Claims find what is due by their index alone, whatever lies around it."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import TextClause, insert, text

from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.terms import ClockKind, ClockState
from storage import Store
from storage.claims import DELIVERABLE, DUE, FURTHEST_SECONDS, WAITING
from storage.engine import parse, sqlite_path, sqlite_reader
from storage.outbox import Intent
from storage.tables import ClockRecord, IntentRecord, table
from storage.terms import IntentState
from tests.storage.bursts import NOW, at, clock, opening, plain_burst
from tests.store_fixtures import Database

WALL = 1_800_000_000.0


@pytest.fixture
def postgres_store(postgresql: Database) -> Iterator[Store]:
    with postgresql.opened() as opened:
        yield opened


def plan(database: Database, statement: TextClause, values: dict[str, Any]) -> str:
    engine = sqlite_reader(sqlite_path(parse(database.url), database.data_dir))
    try:
        with engine.connect() as connection:
            explained = text(f"EXPLAIN QUERY PLAN {statement.text}").bindparams(
                *statement._bindparams.values()
            )
            return "\n".join(row.detail for row in connection.execute(explained, values))
    finally:
        engine.dispose()


@pytest.mark.parametrize("analysed", [False, True], ids=["fresh", "analysed"])
def test_due_clocks_are_one_walk_along_the_index(sqlite: Database, analysed: bool) -> None:
    with sqlite.opened() as store:
        _past_clocks(store, 3_000)
        if analysed:
            _analyse(store)

    found = plan(sqlite, DUE["sqlite"], {"now": at(1), "limit": 100})

    assert found == "SEARCH c USING COVERING INDEX ix_clock_state_wake_at (state=? AND wake_at<?)"


@pytest.mark.parametrize("analysed", [False, True], ids=["fresh", "analysed"])
def test_deliverable_heads_come_from_the_index_of_active_rows(sqlite: Database, analysed: bool) -> None:
    with sqlite.opened() as store:
        _delivered(store, 3_000)
        if analysed:
            _analyse(store)

    found = plan(sqlite, DELIVERABLE["sqlite"], {"wall": WALL, "limit": 10, "furthest": FURTHEST_SECONDS})

    assert "SCAN outbox USING COVERING INDEX ix_outbox_active" in found
    assert "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)" in found
    assert found.count("SCAN") == 2  # the active rows, and the heads found among them


@pytest.mark.parametrize("analysed", [False, True], ids=["fresh", "analysed"])
def test_what_waits_in_a_lane_is_sought_by_the_lane(sqlite: Database, analysed: bool) -> None:
    with sqlite.opened() as store:
        _delivered(store, 3_000)
        if analysed:
            _analyse(store)

    found = plan(sqlite, WAITING["sqlite"], {"lanes": ["burst:1", "burst:2"]})

    assert found == "SEARCH outbox USING INDEX ix_outbox_active (lane=?)"


def test_only_armed_clocks_whose_moment_has_come_are_due_earliest_first(store: Store) -> None:
    clocks = (
        clock(1, wake_at=at(2)),
        clock(2, wake_at=at(1)),
        clock(3, wake_at=at(3)),
        clock(4, wake_at=None),
        clock(5, wake_at=at(1), state=ClockState.PAUSED),
    )
    with store.write() as unit:
        unit.apply(opening(plain_burst(clocks=clocks)), now=NOW)

    with store.write() as unit:
        assert unit.clocks.claim_due(at(2), 10) == [(1, 2), (1, 1)]
        assert unit.clocks.claim_due(at(2), 1) == [(1, 2)]
        assert unit.clocks.claim_due(at(0), 10) == []
        assert unit.clocks.next_wake() == at(1)


def test_nothing_wakes_when_nothing_is_armed(store: Store) -> None:
    with store.read() as unit:
        assert unit.clocks.next_wake() is None


def test_a_clock_that_cannot_be_rung_is_set_aside(store: Store) -> None:
    with store.write() as unit:
        unit.apply(opening(plain_burst(clocks=(clock(1, wake_at=at(1)), clock(2, wake_at=at(2))))), now=NOW)
    with store.write() as unit:
        unit.clocks.set_aside(1, 1, at(9))

    with store.read() as unit:
        assert unit.clocks.claim_due(at(3), 10) == [(1, 2)]


@pytest.mark.parametrize("kind", ClockKind)
def test_every_kind_of_clock_can_be_due(store: Store, kind: ClockKind) -> None:
    with store.write() as unit:
        unit.apply(opening(plain_burst(clocks=(clock(1, kind=kind, wake_at=NOW),))), now=NOW)
        assert unit.clocks.claim_due(NOW, 1) == [(1, 1)]


def test_on_postgres_two_sweeps_never_claim_the_same_burst(postgres_store: Store) -> None:
    store = postgres_store
    clocks = (clock(1, wake_at=at(1)), clock(2, wake_at=at(2)))
    with store.write() as unit:
        unit.apply_all([opening(plain_burst(number, clocks=clocks)) for number in (1, 2)], now=NOW)

    with store.write() as one:
        first = one.clocks.claim_due(at(5), 1)
        with store.write() as other:
            second = other.clocks.claim_due(at(5), 10)

    assert {burst for burst, _ in first} == {1}
    assert {burst for burst, _ in second} == {2}


def test_on_postgres_two_senders_never_claim_the_same_lane(postgres_store: Store) -> None:
    store = postgres_store
    lanes = [f"burst:{number}" for number in range(40)]
    with store.write() as unit:
        for lane in lanes * 3:
            unit.outbox.add([Intent(Effect(EffectKind.POST_NOTICE, lane), 1, 1)], now=NOW)
    claimed: list[str] = []
    guard = threading.Lock()

    def drain(holder: str) -> None:
        while True:
            with store.write() as unit:
                rows = unit.outbox.claim(holder, 7, WALL)
            with guard:
                claimed.extend(row.lane for row in rows)
            if not rows:
                return

    senders = [threading.Thread(target=drain, args=(f"replica-{number}",)) for number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(claimed) == sorted(lanes)


def _past_clocks(store: Store, count: int) -> None:
    with store.write() as unit:
        unit.apply(opening(plain_burst()), now=NOW)
        past = clock(2, state=ClockState.MET, wake_at=at(-5))
        rows = [{"burst_id": 1, **_values(past), "number": number} for number in range(2, count + 2)]
        unit._connection.execute(insert(table(ClockRecord)), rows)


def _values(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _delivered(store: Store, count: int) -> None:
    row = {
        "burst_id": 1,
        "kind": EffectKind.POST_NOTICE.value,
        "version": 1,
        "lane": "burst:1",
        "subject": "{}",
        "state": IntentState.DONE,
        "attempt": 0,
        "not_before_wall": 0.0,
        "holder": None,
        "fence": 1,
        "parked_reason": "",
        "created_at": NOW - timedelta(days=1),
    }
    with store.write() as unit:
        unit._connection.execute(insert(table(IntentRecord)), [row] * count)
        unit.outbox.add([Intent(Effect(EffectKind.POST_NOTICE, "burst:1"), 1, 1)], now=NOW)


def _analyse(store: Store) -> None:
    with store.write() as unit:
        unit._connection.execute(text("ANALYZE"))
