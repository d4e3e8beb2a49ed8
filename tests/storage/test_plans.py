"""What a tick asks about held messages is found by an index, however much lies around it; on both databases."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from bot.taskforce.effects import EffectKind
from storage import Store, Unit
from storage.shapes import BURSTS, burst_row
from storage.tables import IntentRecord, table
from storage.terms import IntentState
from tests.storage.bursts import NOW, opening, plain_burst
from tests.store_fixtures import Database

BURST_COUNT, EACH = 400, 40
# What a plan says of a table that is read from end to end, or by an index of everything that has some state:
# the index of what is held, and what was found before, may be walked.
WALK = re.compile(
    r"SCAN (?!head|outbox USING COVERING INDEX ix_outbox_held)|ix_outbox_state_created_at \(|Seq Scan on"
)


def behind(unit: Unit) -> object:
    """What waits behind a row that is held."""
    first, *_ = unit.holding.claim(NOW, 1)
    return unit.holding.behind(first)


ASKED: dict[str, Callable[[Unit], object]] = {
    "any due": lambda unit: unit.holding.any_due(NOW),
    "claim": lambda unit: unit.holding.claim(NOW, 100),
    "severities": lambda unit: unit.holding.severities([1, 2, 3]),
    "lately": lambda unit: unit.holding.lately(["U1", "U2"], NOW - timedelta(minutes=10)),
    "settled": lambda unit: unit.holding.settled_since([1, 2, 3]),
    "under way": lambda unit: unit.holding.pings_under_way(7),
    "carried": lambda unit: unit.holding.carried(1),
    "behind": behind,
    "reconsider": lambda unit: unit.holding.reconsider(7, NOW),
}


def crowded(store: Store, *, analysed: bool) -> None:
    """Many bursts; of each much that was told, and of a few something that is held."""
    with store.write() as unit:
        unit.apply(opening(plain_burst(1)), now=NOW)
        digest = unit._connection.execute(text("SELECT policy_digest FROM burst")).scalar_one()
        bursts = [burst_row(plain_burst(number), digest) for number in range(2, BURST_COUNT)]
        unit._connection.execute(insert(BURSTS), bursts)
        rows = [told(number) for number in range(BURST_COUNT * EACH)]
        unit._connection.execute(insert(table(IntentRecord)), rows)
        if analysed:
            unit._connection.execute(text("ANALYZE"))


def told(number: int) -> dict[str, Any]:
    """A row of the outbox: one in two hundred is held, most were delivered long ago."""
    state = IntentState.HELD if number % 200 == 0 else IntentState.DONE
    let_go = NOW - timedelta(minutes=number) if state is IntentState.DONE else None
    return {
        "burst_id": number % BURST_COUNT + 1,
        "kind": EffectKind.SETTLE_PINGS.value if number % 5 == 1 else EffectKind.PING.value,
        "version": 1,
        "lane": f"person:U{number % 150}",
        "subject": "{}",
        "state": state,
        "attempt": 0,
        "not_before_wall": 0.0,
        "holder": None,
        "fence": 1,
        "parked_reason": "",
        "created_at": NOW - timedelta(minutes=number),
        "audience": f"U{number % 150}",
        "weight": 0,
        "at_once": False,
        "held_until": NOW if state is IntentState.HELD else None,
        "released_at": let_go,
        "carrier": None,
    }


def plans(unit: Unit, ask: Callable[[Unit], object]) -> list[str]:
    """How the database goes about all that ``ask`` asks of it."""
    connection, found, asked = unit._connection, list[str](), list[tuple[str, Any]]()
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "

    def listen(*arguments: Any) -> None:
        if not arguments[5]:
            asked.append((arguments[2], arguments[3]))

    event.listen(connection, "before_cursor_execute", listen)
    ask(unit)
    event.remove(connection, "before_cursor_execute", listen)
    for statement, values in asked:
        for row in connection.exec_driver_sql(explain + statement, values):
            found.append(str(row[-1]))
    return found


@pytest.mark.parametrize("analysed", [False, True], ids=["fresh", "analysed"])
def test_nothing_is_read_from_end_to_end(database: Database, analysed: bool) -> None:
    with database.opened() as store:
        crowded(store, analysed=analysed)
        with store.write() as unit:
            if database.kind == "postgresql" and not analysed:
                # What autovacuum has seen by now is chance; the question is whether an index serves.
                unit._connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            found = {asked: plans(unit, ask) for asked, ask in ASKED.items()}

    walks = {(asked, line) for asked, lines in found.items() for line in lines if WALK.search(line)}
    assert walks == set()
