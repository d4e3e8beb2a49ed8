"""Bursts that must be kept, whatever their age: one hold for each, by whom, since when and why."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.rows import insert_rows
from storage.tables import LegalHoldRecord, table

_HOLD = table(LegalHoldRecord)


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Nothing of the burst is erased while it stands. ``at`` is aware UTC."""

    burst_id: int
    why: str
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """The burst's key."""
        return f"BURST-{self.burst_id}"


class LegalHolds:
    """The holds of one transaction's database. Whoever erases or holds has loaded the burst first, and so locked it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, burst_id: int) -> LegalHold | None:
        """The hold on that burst."""
        row = self._connection.execute(select(_HOLD).where(_HOLD.c.burst_id == burst_id)).mappings().first()
        return None if row is None else LegalHold(**row)

    def since(self, burst_id: int) -> datetime | None:
        """Since when that burst is held (aware UTC); None while it is not."""
        hold = self.get(burst_id)
        return None if hold is None else hold.at

    def among(self, burst_ids: Iterable[int]) -> frozenset[int]:
        """Those of these bursts that are held."""
        wanted = sorted(set(burst_ids))
        query = select(_HOLD.c.burst_id).where(_HOLD.c.burst_id.in_(wanted))
        return frozenset(self._connection.execute(query).scalars()) if wanted else frozenset()

    def all(self) -> tuple[LegalHold, ...]:
        """Every hold, by burst."""
        rows = self._connection.execute(select(_HOLD).order_by(_HOLD.c.burst_id)).mappings()
        return tuple(LegalHold(**row) for row in rows)

    def put(self, hold: LegalHold) -> None:
        """Hold a burst that is not held yet."""
        insert_rows(self._connection, _HOLD, [asdict(hold)])

    def release(self, burst_id: int) -> bool:
        """Hold it no longer; False when it was not held."""
        return self._connection.execute(delete(_HOLD).where(_HOLD.c.burst_id == burst_id)).rowcount == 1
