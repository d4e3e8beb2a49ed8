"""Deliveries that were already acted on: Slack sends again, people click twice, sockets overlap.

A key is remembered in the transaction of what it caused, so the same delivery commits once. A refused
operation rolls back, and its key with it: it may be tried again.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from bot import clock
from bot.taskforce.decision import Detail
from storage.conflicts import insert_unless_there
from storage.tables import RequestRecord, table

_INBOX = table(RequestRecord)
_SETTLE = update(_INBOX).where(_INBOX.c.key == bindparam("of_key")).values(outcome=bindparam("told"))

# Slack stops retrying within the hour; two days outlast an outage of ours. Real time.
KEPT_FOR_SECONDS = 48 * 3600.0


class Inbox:
    """The request keys of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, key: str, operation: str, at: datetime) -> bool:
        """Take the key for ``operation`` at policy time ``at``; False when it was used before.

        On PostgreSQL this waits while another transaction that took the same key is undecided.
        """
        row = {"key": key, "operation": operation, "at": at, "seen_wall": clock.wall(), "outcome": None}
        return insert_unless_there(self._connection, _INBOX, row)

    def settle(self, key: str, outcome: Mapping[str, Detail]) -> None:
        """Keep what the request was answered, for its duplicates."""
        self._connection.execute(_SETTLE, {"of_key": key, "told": json.dumps(outcome)})

    def outcome(self, key: str) -> dict[str, Detail] | None:
        """What the request of this key was answered; None when nothing was kept."""
        text = self._connection.execute(select(_INBOX.c.outcome).where(_INBOX.c.key == key)).scalar()
        return None if text is None else dict(json.loads(text))

    def purge(self, wall: float) -> int:
        """Forget keys older than two real days before ``wall``; returns how many."""
        old = _INBOX.c.seen_wall < wall - KEPT_FOR_SECONDS
        return self._connection.execute(delete(_INBOX).where(old)).rowcount
