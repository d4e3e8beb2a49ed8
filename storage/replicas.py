"""Which processes are alive, told by a counter that moves, not by comparing clocks.

Each process raises its beat. Whoever watches remembers, by its own monotonic clock, when it last saw
each beat move; a beat that stood still for the lease time is a dead holder, whose leases are given back.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.conflicts import insert_or_replace
from storage.tables import ReplicaRecord, table

_REPLICA = table(ReplicaRecord)
_BEAT = update(_REPLICA).where(_REPLICA.c.holder == bindparam("who")).values(beat=_REPLICA.c.beat + 1)


class Replicas:
    """The processes that one transaction's database knows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enter(self, holder: str, now: datetime) -> None:
        """Make this process known under an id of its own, at policy time ``now``."""
        insert_or_replace(self._connection, _REPLICA, {"holder": holder, "beat": 0, "started_at": now})

    def beat(self, holder: str) -> bool:
        """Show life; False when the others have taken this process for dead and must be entered anew."""
        return self._connection.execute(_BEAT, {"who": holder}).rowcount == 1

    def leave(self, holder: str) -> None:
        """Go in order, or bury a dead one."""
        self._connection.execute(delete(_REPLICA).where(_REPLICA.c.holder == holder))

    def beats(self) -> dict[str, int]:
        """Every known holder's beat."""
        query = select(_REPLICA.c.holder, _REPLICA.c.beat)
        return dict(self._connection.execute(query).all())


class Watch:
    """One process's memory of when each beat last moved. ``lease_for`` and times are monotonic seconds."""

    def __init__(self, lease_for: float) -> None:
        self._lease_for = lease_for
        self._seen: dict[str, tuple[int, float]] = {}

    def dead(self, beats: Mapping[str, int], monotonic: float) -> frozenset[str]:
        """Holders whose beat has not moved for the lease time, as far as this watch has seen."""
        self._seen = {
            holder: known if (known := self._seen.get(holder)) and known[0] == beat else (beat, monotonic)
            for holder, beat in beats.items()
        }
        return frozenset(
            holder for holder, (_, since) in self._seen.items() if monotonic - since >= self._lease_for
        )
