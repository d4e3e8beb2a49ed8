"""Five months in some seconds: policy time goes from act to act, and every clock rings when it is due."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.demo.history.desk import Act
from bot.demo.policy_time import PolicyTime
from bot.operations.office import Office
from bot.scheduling.sweep import archive_due, sweep

_TICK = timedelta(seconds=1)


def live(
    office: Office, time: PolicyTime, acts: Iterable[Act], until: datetime, deliver: Callable[[], None]
) -> None:
    """Let all acts before ``until`` (aware UTC) happen, deliver what each brings, and end at that moment."""
    for act in sorted(acts, key=lambda one: one.at):
        _pass(office, time, act.at, deliver)
        act.do()
        _settle(office, deliver)
    _pass(office, time, until, deliver)


def _pass(office: Office, time: PolicyTime, until: datetime, deliver: Callable[[], None]) -> None:
    """Let time pass until a moment, with the sweep at each clock that wakes on the way."""
    while (wake := _next_wake(office)) is not None and wake < until:
        time.until(max(wake, time.now() + _TICK))
        _settle(office, deliver)
    time.until(until)
    _settle(office, deliver)


def _settle(office: Office, deliver: Callable[[], None]) -> None:
    sweep(office)
    archive_due(office)
    deliver()


def _next_wake(office: Office) -> datetime | None:
    with office.store.read() as unit:
        return unit.clocks.next_wake()
