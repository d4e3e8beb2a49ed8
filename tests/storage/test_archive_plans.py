"""Whether somebody may read a private burst is asked of that burst, not of all that they take part in."""

import pytest
from sqlalchemy import Connection, text

from bot.taskforce.burst import Participant
from bot.taskforce.permissions import Actor
from storage import Store
from storage.archive_filter import ArchiveFilter
from storage.archive_search import Part, _asked
from storage.archive_statements import Scope, on_postgresql, on_sqlite
from tests.storage.bursts import NOW, opening, plain_burst
from tests.storage.test_archives import summary

COUNT = 300
# All that the person takes part in; all clocks that run; all of it put into a table first.
WIDE = ("ix_participant_user", "ix_clock_state_wake_at", "SCAN burst", "SCAN clock", "hashed SubPlan")


@pytest.mark.parametrize("words", ["", "queue"])
def test_a_private_burst_is_asked_alone(store: Store, words: str) -> None:
    everywhere = (Participant("U1", "role:pacs", NOW),)
    with store.write() as unit:
        bursts = [plain_burst(number, participants=everywhere) for number in range(1, COUNT)]
        unit.apply_all([opening(one) for one in bursts], now=NOW)
        for one in bursts:
            unit.archives.file(summary(one.id, "queue", private=one.id % 10 == 0))
        if unit._connection.dialect.name == "postgresql":  # SQLite knows nothing of what is in its tables
            unit._connection.execute(text("ANALYZE"))
        plan = _plan(unit._connection, ArchiveFilter(words))

    assert "participant" in plan
    assert [wide for wide in WIDE if wide in plan] == []


def _plan(connection: Connection, wanted: ArchiveFilter) -> str:
    asked = _asked(connection, wanted, Actor("U1"))
    values = {**asked, **Part(10, most=201).bounds, "window": 500}
    if connection.dialect.name == "sqlite":
        statement, explain = on_sqlite(frozenset(asked)), "EXPLAIN QUERY PLAN"
    else:
        statement, explain = on_postgresql(frozenset(asked), Scope.ALL), "EXPLAIN"
    rows = connection.execute(text(f"{explain} {statement.element}"), values)
    return "\n".join(str(row) for row in rows)
