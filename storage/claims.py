"""The statements by which work is claimed, for both databases, where a planner's whim would be felt.

``FOR UPDATE SKIP LOCKED`` lets several PostgreSQL replicas claim side by side
(https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE); SQLite has one writer
and needs none. Tests assert SQLite's query plans.

The head of a lane is its lowest active id. The literal ``state IN ('pending', 'leased')`` is what lets
SQLite use the partial index ``ix_outbox_active``, which holds everything that this query groups by.
"""

from sqlalchemy import TextClause, TextualSelect, bindparam, text
from sqlmodel import UTCDateTime

from storage.tables import IntentRecord, table

_HEADS = """
    SELECT o.id
      FROM (SELECT min(id) AS id
              FROM outbox {by_index}
             WHERE state IN ('pending', 'leased')
             GROUP BY lane
            HAVING sum(CASE WHEN state = 'leased' THEN 1 ELSE 0 END) = 0) AS head
      JOIN outbox AS o ON o.id = head.id
     WHERE (o.not_before_wall <= :wall OR o.not_before_wall > :wall + :furthest) AND o.state = 'pending'
     ORDER BY o.id
     LIMIT :limit
"""

# No back-off is longer; a waiting time beyond it was written before the machine's clock was set back.
FURTHEST_SECONDS = 600.0

# Delivery: the due heads of lanes in which nothing is leased; to look at, and to claim.
DELIVERABLE: dict[str, TextClause] = {
    # Without statistics SQLite would take the index on the state alone, and sort.
    "sqlite": text(_HEADS.format(by_index="INDEXED BY ix_outbox_active")),
    "postgresql": text(_HEADS.format(by_index="")),
}
DELIVERABLE_LOCKED: dict[str, TextClause] = {
    "sqlite": DELIVERABLE["sqlite"],
    "postgresql": text(_HEADS.format(by_index="") + " FOR UPDATE OF o SKIP LOCKED"),
}

_WAITING = """
    SELECT lane, kind, subject
      FROM outbox {by_index}
     WHERE state IN ('pending', 'leased') AND state = 'pending' AND lane IN :lanes
"""

# What waits in these lanes and may cover a new refresh. On PostgreSQL a row that we count on must not
# be claimed, and sent from the old state, before we commit.
WAITING: dict[str, TextClause] = {
    dialect: text(statement).bindparams(bindparam("lanes", expanding=True))
    for dialect, statement in (
        ("sqlite", _WAITING.format(by_index="INDEXED BY ix_outbox_active")),
        ("postgresql", _WAITING.format(by_index="") + " FOR UPDATE"),
    )
}

_DUE = """
    SELECT c.burst_id, c.number
      FROM clock AS c
     WHERE c.state = 'armed' AND c.wake_at <= :now
     ORDER BY c.wake_at, c.burst_id, c.number
     LIMIT :limit
"""
_DUE_LOCKED = """
    SELECT c.burst_id, c.number
      FROM clock AS c
      JOIN burst AS b ON b.id = c.burst_id
     WHERE c.state = 'armed' AND c.wake_at <= :now
     ORDER BY c.wake_at, c.burst_id, c.number
     LIMIT :limit
       FOR UPDATE OF b SKIP LOCKED
"""

# The sweep: armed clocks whose moment has come. PostgreSQL locks their bursts, not the clocks, because
# every other operation locks the burst first, and the same order everywhere is what avoids deadlocks.
DUE: dict[str, TextClause] = {
    dialect: text(statement).bindparams(bindparam("now", type_=UTCDateTime()))
    for dialect, statement in (("sqlite", _DUE), ("postgresql", _DUE_LOCKED))
}

# What of that is still due after the locks were granted: another replica may have rung it meanwhile.
STILL_DUE = text(
    """
    SELECT c.burst_id, c.number
      FROM clock AS c
     WHERE c.burst_id IN :bursts AND c.state = 'armed' AND c.wake_at <= :now
    """
).bindparams(bindparam("now", type_=UTCDateTime()), bindparam("bursts", expanding=True))

_HELD = """
    SELECT o.audience
      FROM (SELECT min(id) AS id
              FROM outbox {by_index}
             WHERE state = 'held'
             GROUP BY audience
            HAVING min(held_until) <= :now) AS head
      JOIN outbox AS o ON o.id = head.id
     WHERE o.state = 'held'
     ORDER BY o.id
"""

# Which advisory locks are about audiences; a number that nobody else in this database uses with a second one.
AUDIENCE_LOCKS = 4_207_001

_TRIED = f"pg_try_advisory_xact_lock({AUDIENCE_LOCKS}, hashtext(audience))"

# Release: audiences for whom something that was held is due; to look at, and to claim. On PostgreSQL an audience
# has a lock, so two replicas never decide about one person side by side, whatever is committed meanwhile. It is
# only ever tried, in the order of the list and as far as the limit: MATERIALIZED keeps the planner from trying more
# (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).
HELD: dict[str, TextClause] = {
    dialect: text(statement + " LIMIT :limit").bindparams(bindparam("now", type_=UTCDateTime()))
    for dialect, statement in (
        ("sqlite", _HELD.format(by_index="INDEXED BY ix_outbox_held")),
        ("postgresql", _HELD.format(by_index="")),
    )
}
HELD_LOCKED: dict[str, TextClause] = {
    "sqlite": HELD["sqlite"],
    "postgresql": text(
        f"WITH due AS MATERIALIZED ({_HELD.format(by_index='')})"  # noqa: S608 - our own words
        f" SELECT audience FROM due WHERE {_TRIED} LIMIT :limit"
    ).bindparams(bindparam("now", type_=UTCDateTime())),
}

_INTENT = table(IntentRecord)
_HELD_OF = f"""
    SELECT {", ".join(_INTENT.c.keys())}
      FROM outbox {{by_index}}
     WHERE state = 'held' AND audience IN :audiences
     ORDER BY id
"""  # noqa: S608 - our own words

# Everything that is held for these audiences. Whoever locks held rows does so in the order of their ids, in one
# statement, and waits for nothing else then.
HELD_OF: dict[str, TextualSelect] = {
    dialect: text(statement).bindparams(bindparam("audiences", expanding=True)).columns(*_INTENT.c)
    for dialect, statement in (
        ("sqlite", _HELD_OF.format(by_index="INDEXED BY ix_outbox_held")),
        ("postgresql", _HELD_OF.format(by_index="") + " FOR UPDATE"),
    )
}
