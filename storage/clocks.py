"""Finding the response clocks that have something to say. They change only through ``Unit.apply``."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.taskforce.terms import ClockState
from storage.claims import DUE, STILL_DUE
from storage.tables import ClockRecord, table

_CLOCK = table(ClockRecord)
_NEXT = select(func.min(_CLOCK.c.wake_at)).where(_CLOCK.c.state == ClockState.ARMED)


class Clocks:
    """Armed clocks by the moment at which they wake."""

    def __init__(self, connection: Connection, *, locking: bool) -> None:
        self._connection = connection
        self._locks = locking and connection.dialect.name == "postgresql"

    def claim_due(self, now: datetime, limit: int) -> list[tuple[int, int]]:
        """Up to ``limit`` clocks due at ``now`` (aware UTC), earliest first, as (burst id, clock number).

        Nothing is marked: the caller rings them in the same transaction. On PostgreSQL a transaction that
        writes locks their bursts until it ends, so that no other replica claims them.
        """
        statement = DUE["postgresql" if self._locks else "sqlite"]
        rows = self._connection.execute(statement, {"now": now, "limit": limit})
        due = [(row.burst_id, row.number) for row in rows]
        return self._still_due(due, now) if self._locks and due else due

    def _still_due(self, due: list[tuple[int, int]], now: datetime) -> list[tuple[int, int]]:
        wanted = {"now": now, "bursts": sorted({burst_id for burst_id, _ in due})}
        still = {(row.burst_id, row.number) for row in self._connection.execute(STILL_DUE, wanted)}
        return [one for one in due if one in still]

    def next_wake(self) -> datetime | None:
        """When the next armed clock wakes (aware UTC); None when none will. Costs one index probe."""
        found: datetime | None = self._connection.execute(_NEXT).scalar()
        return found

    def wake_all(self, now: datetime) -> int:
        """Let every armed clock that sleeps beyond ``now`` (aware UTC) be looked at now; returns how many."""
        asleep = (_CLOCK.c.state == ClockState.ARMED, _CLOCK.c.wake_at > now)
        return self._connection.execute(update(_CLOCK).where(*asleep).values(wake_at=now)).rowcount

    def set_aside(self, burst_id: int, number: int, until: datetime) -> None:
        """Let a clock that cannot be rung sleep ``until`` then (aware UTC); its promise stands as it was."""
        named = (_CLOCK.c.burst_id == burst_id, _CLOCK.c.number == number)
        self._connection.execute(update(_CLOCK).where(*named).values(wake_at=until))
