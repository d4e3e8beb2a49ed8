"""Showing that this process lives, and giving back the leases of those that do not.

A process that was frozen may have been taken for dead, and what it had leased may be in other hands. So
whatever it claims comes with a ``Holds``, to be asked before each call to Slack.
"""

from collections.abc import Callable
from typing import TypeAlias

import structlog

from bot import clock
from bot.slack.pacing import Pacer
from storage import Store
from storage.replicas import Watch

log = structlog.get_logger(__name__)

# Real seconds without a sign of life after which a process's leases are given back.
LEASE_FOR = 15.0
# Real seconds before that from which on we begin no call any more: it has to be over by then.
MARGIN_FOR = 5.0

# Whether a lease that was taken is surely still ours.
Holds: TypeAlias = Callable[[], bool]


class Life:
    """One process among those that share the database. ``beat`` once a second."""

    def __init__(self, store: Store, holder: str, pacer: Pacer, *, lease_for: float = LEASE_FOR) -> None:
        self._store = store
        self._holder = holder
        self._pacer = pacer
        self._watch = Watch(lease_for)
        self._lease_for = lease_for
        self._lives = 0
        self._shown_at = clock.monotonic()

    def begin(self) -> None:
        """Enter. Where no other process can be at work, give back at once what a former one had leased."""
        self._shown_at = clock.monotonic()
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
        started = clock.monotonic()
        with self._store.write() as unit:
            known = unit.replicas.beat(self._holder)
            if not known:
                unit.replicas.enter(self._holder, clock.now())
            beats = unit.replicas.beats()
            dead = self._watch.dead(beats, clock.monotonic()) - {self._holder}
            for holder in dead:
                unit.replicas.leave(holder)
            if dead:
                unit.outbox.rescue(dead)
        if not known:
            log.warning("taken_for_dead", silent_for=round(started - self._shown_at, 1))
            self._lives += 1  # first: until then, whoever asks sees a sign of life that is too old
        self._shown_at = started
        self._pacer.replicas = len(beats) - len(dead)

    def lease(self) -> Holds:
        """What comes with the leases that are taken after this call."""
        life = self._lives

        def holds() -> bool:
            lasts = self._lease_for - MARGIN_FOR
            return self._store.exclusive or (
                clock.monotonic() - self._shown_at < lasts and self._lives == life
            )

        return holds

    def end(self) -> None:
        """Leave in order."""
        with self._store.write() as unit:
            unit.replicas.leave(self._holder)
