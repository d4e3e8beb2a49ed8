"""Who kept the promises, and since when nobody did: told by the sweep, remembered by the database.

Policy time is written down every few seconds. A process that starts, or that stood still, finds by it
for how long nobody swept; one that ran all the while finds that its clock was set.
"""

import json
from datetime import datetime, timedelta

from bot import clock
from bot.operations.office import Office
from bot.taskforce.outage import Cause, Outage
from storage import Unit

WRITTEN_EVERY = timedelta(seconds=5)
# Nobody swept for longer than this: more than what was written last can be old, and a slow batch take.
AWAY_FROM = timedelta(seconds=15)
# Clocks are corrected by less than this all the time.
SET_BACK_FROM = timedelta(seconds=30)
# Up for less than this in between counts as one outage: what was due in it may not have been told yet.
ONE_OUTAGE = timedelta(minutes=5)
_SWEPT, _OUTAGE = "swept_at", "outage"


class Attendance:
    """One process's share in it; asked before each batch of the sweep, by one thread at a time."""

    def __init__(self, office: Office) -> None:
        self._store = office.store
        self._last: datetime | None = None
        self._real = clock.monotonic()
        self._written: datetime | None = None
        self._outage: Outage | None = None

    def note(self, now: datetime) -> Outage | None:
        """Somebody sweeps at ``now``; returns the last outage there was, None when there was none.

        When the clock was set back, every clock is looked at again: what was decided about its next
        step in a time that is to come again may not hold.
        """
        last, real = self._last, clock.monotonic()
        stood_still = timedelta(seconds=real - self._real) > AWAY_FROM
        if last is None or (now - last > AWAY_FROM and stood_still):
            self._return(now)
        elif now - last > AWAY_FROM:
            self._remember(Outage(last, now, Cause.CLOCK_SET))
        elif last - now > SET_BACK_FROM:
            self._look_again(now)
        elif self._written is None or now - self._written >= WRITTEN_EVERY:
            self._write(now)
        self._last, self._real = now, real
        return self._outage

    def _return(self, now: datetime) -> None:
        """Nobody here swept lately; somebody else may have."""
        with self._store.read() as unit:
            swept_at, self._outage = _moment(unit), _outage(unit)
        if swept_at is not None and now - swept_at > AWAY_FROM:
            self._remember(Outage(swept_at, now))
        elif swept_at is not None and swept_at - now > SET_BACK_FROM:
            self._look_again(now)
        else:
            self._write(now)

    def _remember(self, outage: Outage) -> None:
        before = self._outage
        if before is not None and timedelta() <= outage.since - before.until < ONE_OUTAGE:
            outage = Outage(before.since, outage.until, outage.cause)
        self._outage = outage
        with self._store.write() as unit:
            unit.settings.put(_OUTAGE, json.dumps(outage.told))
            unit.settings.put(_SWEPT, outage.until.isoformat())
        self._written = outage.until

    def _look_again(self, now: datetime) -> None:
        with self._store.write() as unit:
            unit.clocks.wake_all(now)
            unit.settings.put(_SWEPT, now.isoformat())
        self._written = now

    def _write(self, now: datetime) -> None:
        with self._store.write() as unit:
            unit.settings.put(_SWEPT, now.isoformat())
        self._written = now


def _moment(unit: Unit) -> datetime | None:
    kept = unit.settings.get(_SWEPT)
    return None if kept is None else datetime.fromisoformat(kept)


def _outage(unit: Unit) -> Outage | None:
    kept = unit.settings.get(_OUTAGE)
    if kept is None:
        return None
    told = json.loads(kept)
    since, until = (datetime.fromisoformat(told[name]) for name in ("away_from", "away_until"))
    return Outage(since, until, Cause(told["late_because"]))
