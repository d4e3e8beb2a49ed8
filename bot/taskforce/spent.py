"""Time that a promise took: net, on its calendar and without pauses, and as people felt it, by the clock on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockState, PauseReason

# Where more than this share of a burst's life was paused, the steering cell hears of it.
MUCH = 0.5


@dataclass(frozen=True, slots=True)
class Spent:
    """``net_for`` of the ``promised_for`` working time is used; ``wall_for`` has passed since the promise was given."""

    net_for: timedelta
    promised_for: timedelta
    wall_for: timedelta


def spent(burst: Burst, clock: ResponseClock, now: datetime) -> Spent:
    """What the clock has used at ``now``, or had used when it stopped. Beyond the promise, net is the longer one."""
    left_for = clocks.left(burst, clock, now) if clock.state is ClockState.ARMED else clock.left_for
    ended_at = clock.met_at or burst.closed_at or now
    return Spent(
        net_for=clock.total_for - (left_for or timedelta()),
        promised_for=clock.total_for,
        wall_for=ended_at - clock.armed_at,
    )


def paused_for(burst: Burst, now: datetime) -> Mapping[PauseReason, timedelta]:
    """How long the burst was paused for each reason, by the clock on the wall; the longest first."""
    total: dict[PauseReason, timedelta] = {}
    for past in burst.pauses:
        total[past.reason] = total.get(past.reason, timedelta()) + (past.ended_at - past.since)
    if burst.pause is not None:
        since_for = max(now - burst.pause.since, timedelta())
        total[burst.pause.reason] = total.get(burst.pause.reason, timedelta()) + since_for
    return dict(sorted(total.items(), key=lambda pair: -pair[1]))


def paused_share(burst: Burst, now: datetime) -> float:
    """The share of the burst's life for which it was paused. Time for which it was closed is no life."""
    life_for = (burst.closed_at or now) - burst.opened_at - burst.closed_for
    paused = sum(paused_for(burst, now).values(), timedelta())
    return paused / life_for if life_for else 0.0
