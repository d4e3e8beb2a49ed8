"""The quarter on the bot: its operations and its sweep on a database, policy time moved from event to event."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from sqlalchemy import func, select

from bot import clock
from bot.operations.office import Office
from bot.scheduling.sweep import sweep
from storage.tables import IntentRecord, table
from storage.terms import IntentState
from tests.quarter.acting import done
from tests.quarter.acts import Act
from tests.quarter.happenings import TICK, Happening

_OUTBOX = table(IntentRecord)
_NEXT_HELD = select(func.min(_OUTBOX.c.held_until)).where(_OUTBOX.c.state == IntentState.HELD)


class PolicyTime:
    """The time that the bot reads; it stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @contextmanager
    def read(self) -> Iterator[None]:
        """While this lasts, the bot reads it."""
        with patch.object(clock, "now", lambda: self.at):
            yield


def play(office: Office, acts: Sequence[Act], until: datetime) -> list[Happening]:
    """Let everything happen; what became of the acts.

    The sweep looks at whole seconds, whenever a clock wakes: a tick at which none does changes nothing. At a
    second at which people act it has looked before, so what they make due is found at the next.
    """
    time = PolicyTime(acts[0].at)
    came_of: list[Happening] = []
    waiting = list(reversed(acts))
    with time.read():
        while (at := _next(office, waiting, time.at)) < until:
            time.at = at
            sweep(office)
            while waiting and waiting[-1].at == at:
                came_of.append(done(office, waiting.pop()))
    return came_of


def _next(office: Office, waiting: Sequence[Act], now: datetime) -> datetime:
    """When the next act is, or the next tick that finds something; the end of time when nothing comes."""
    times = [waiting[-1].at] if waiting else []
    times += [at for at in [next_tick(office, now)] if at is not None]
    return min(times, default=datetime.max.replace(tzinfo=now.tzinfo))


def next_tick(office: Office, now: datetime) -> datetime | None:
    """The next tick after ``now`` that finds something: a clock that wakes, or what is held; None for never."""
    with office.store.read() as unit:
        wakes = [unit.clocks.next_wake(), unit._connection.execute(_NEXT_HELD).scalar()]
    return min((max(_tick(at), now + TICK) for at in wakes if at is not None), default=None)


def _tick(at: datetime) -> datetime:
    """The first tick at or after a moment."""
    return at if not at.microsecond else at.replace(microsecond=0) + timedelta(seconds=1)
