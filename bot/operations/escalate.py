"""Somebody asks for help from higher up before the clock does."""

from bot.operations.office import Office, Request, load, programme_at, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def escalate(office: Office, request: Request, burst_id: int, why: str) -> Burst:
    """Climb the ladder now. Raises ``Refused``."""
    with write(office, request, "escalate") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        reach = programme_at(unit, office, now).reach(burst, now)
        return unit.apply(lifecycle.escalate(burst, actor, why, reach, now=now), now=now)
