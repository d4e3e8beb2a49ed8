"""Ownership moves to somebody who then has to accept."""

from bot.operations.office import Office, Request, load, write
from bot.operations.successors import named
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def hand_over(office: Office, request: Request, burst_id: int, to: str, why: str) -> Burst:
    """Hand the burst over to ``to``. Raises ``Refused``."""
    with write(office, request, "hand_over") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        candidate = named(unit, burst, to, why or "Handed over")
        return unit.apply(lifecycle.hand_over(burst, actor, candidate, why, now=now), now=now)
