"""The clock speaks: what is due on a burst's clocks is warned of, missed and escalated."""

from collections.abc import Iterable
from datetime import datetime

from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from storage import Unit


def ring_clocks(
    unit: Unit, programme: Programme, burst: Burst, numbers: Iterable[int], now: datetime
) -> Burst:
    """Ring these clocks of the burst in the transaction at hand; whom a step reaches is decided now."""
    reach = programme.reach(burst, now)
    for number in numbers:
        burst = unit.apply(lifecycle.ring(burst, number, reach, now=now), now=now)
    return burst
