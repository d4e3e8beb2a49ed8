"""The clock speaks: what is due on bursts' clocks is warned of, missed and escalated."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.operations.open_requests import holders_of_open_requests
from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.outage import Outage


def ring_clocks(
    programme: Programme,
    burst: Burst,
    numbers: Iterable[int],
    now: datetime,
    outage: Outage | None = None,
) -> Iterator[Decision]:
    """What follows from these clocks of the burst, each decision building on the one before.

    Whom a step reaches is decided now. What is late because of ``outage`` says so. To be applied in this order, in one transaction.
    """
    reach = programme.reach(burst, now)
    held = holders_of_open_requests(programme, burst, now)
    for number in numbers:
        decision = lifecycle.ring(burst, number, reach, held=held, outage=outage, now=now)
        burst = decision.after
        yield decision
