"""Five months in some seconds: policy time goes from act to act, and every clock rings when it is due."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.demo.history.desk import Act
from bot.demo.policy_time import PolicyTime
from bot.operations.office import Office
from bot.scheduling.sweep import archive_due, sweep

_TICK = timedelta(seconds=1)
# What clocks said before this is delivered with the next act, as far as it still matters then: a reminder of last
# month would be settled at once anyway, and whoever wants to look in waits for it.
_LATELY = timedelta(hours=12)


def live(
    office: Office, time: PolicyTime, acts: Iterable[Act], until: datetime, deliver: Callable[[], None]
) -> None:
    """Let all acts before ``until`` (aware UTC) happen, deliver what each brings, and end at that moment."""
    for act in sorted(acts, key=lambda one: one.at):
        _pass(office, time, act.at, deliver if act.at > until - _LATELY else _nothing)
        act.do()
        _ring(office)
        deliver()
    _pass(office, time, until, deliver)


def _pass(office: Office, time: PolicyTime, until: datetime, deliver: Callable[[], None]) -> None:
    """Let time pass until a moment, with the sweep at each clock that wakes on the way."""
    while (wake := _next_wake(office)) is not None and wake < until:
        time.until(max(wake, time.now() + _TICK))
        _ring(office)
        deliver()
    time.until(until)
    _ring(office)
    deliver()


def _ring(office: Office) -> None:
    sweep(office)
    archive_due(office)


def _nothing() -> None:
    """Nobody hears of it yet."""


def _next_wake(office: Office) -> datetime | None:
    with office.store.read() as unit:
        return unit.clocks.next_wake()
