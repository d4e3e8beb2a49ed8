"""Showing that this process lives, and giving back the leases of those that do not."""

from bot import clock
from bot.slack.pacing import Pacer
from storage import Store
from storage.replicas import Watch

# Real seconds without a sign of life after which a process's leases are given back.
LEASE_FOR = 15.0


class Life:
    """One process among those that share the database. ``beat`` once a second."""

    def __init__(self, store: Store, holder: str, pacer: Pacer, *, lease_for: float = LEASE_FOR) -> None:
        self._store = store
        self._holder = holder
        self._pacer = pacer
        self._watch = Watch(lease_for)

    def begin(self) -> None:
        """Enter. Where no other process can be at work, give back at once what a former one had leased."""
        with self._store.write() as unit:
            unit.replicas.enter(self._holder, clock.now())
            if self._store.exclusive:
                for holder in set(unit.replicas.beats()) - {self._holder}:
                    unit.replicas.leave(holder)
                unit.outbox.rescue_others([self._holder])

    def beat(self) -> None:
        """Show life, give back what the dead had leased, and share Slack's limits among the living.

        Where no other process can be at work there is nobody to show it to.
        """
        if self._store.exclusive:
            return
        with self._store.write() as unit:
            if not unit.replicas.beat(self._holder):
                unit.replicas.enter(self._holder, clock.now())
            beats = unit.replicas.beats()
            dead = self._watch.dead(beats, clock.monotonic()) - {self._holder}
            for holder in dead:
                unit.replicas.leave(holder)
            if dead:
                unit.outbox.rescue(dead)
        self._pacer.replicas = len(beats) - len(dead)

    def end(self) -> None:
        """Leave in order."""
        with self._store.write() as unit:
            unit.replicas.leave(self._holder)
