"""How much time a burst took: of what was promised, by the clock on the wall, and while it was paused."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.reports.durations import lasting
from bot.reports.promises import used_words
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.spent import MUCH, paused_for, paused_share, spent
from bot.taskforce.terms import ClockKind


def time_taken(burst: Burst, now: datetime) -> Iterator[str]:
    """The lines that a card has about it, safe for mrkdwn."""
    clock = clocks.latest(burst, ClockKind.RESOLVE)
    if clock is not None:
        used = spent(burst, clock, now)
        yield f"*Time used* · {used_words(used.net_for, used.promised_for, used.wall_for)}"
    yield from paused_much(burst, now)


def paused_much(burst: Burst, now: datetime) -> Iterator[str]:
    """One line, where the burst was paused for most of its life."""
    share = paused_share(burst, now)
    if share > MUCH:
        total = sum(paused_for(burst, now).values(), timedelta())
        yield f":warning: Paused for {share:.0%} of its life, {lasting(total)} in all"
