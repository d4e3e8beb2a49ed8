"""Somebody takes an escalation up."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def take_up(office: Office, request: Request, burst_id: int) -> Burst:
    """Hold the ladder: this person looks after it now. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "take_up",
        lambda burst, actor, now: lifecycle.take_up(burst, actor, now=now),
    )
