"""The resolve clock runs again."""

from bot.operations.office import Office, Request, load, write
from bot.operations.reviving import revive
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def resume(office: Office, request: Request, burst_id: int) -> Burst:
    """Resume the resolve clock. Raises ``Refused``."""
    with write(office, request, "resume") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        decision = lifecycle.resume(burst, actor, now=now)
        resumed = unit.apply(decision, now=now)
        revive(unit, decision, now)
        return resumed
