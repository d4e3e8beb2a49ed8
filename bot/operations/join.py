"""Somebody joins a burst that they may see."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def join(office: Office, request: Request, burst_id: int) -> Burst:
    """Join the burst. Raises ``Refused`` for guests and people of other organisations."""
    return change(
        office,
        request,
        burst_id,
        "join",
        lambda burst, actor, now: lifecycle.join(burst, actor, now=now),
    )
