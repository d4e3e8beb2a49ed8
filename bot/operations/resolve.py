"""Somebody says that it is fixed."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Resolution


def resolve(office: Office, request: Request, burst_id: int, resolution: Resolution) -> Burst:
    """Resolve the burst; the evidence must be there. Raises ``Refused`` saying what is missing."""
    return change(
        office,
        request,
        burst_id,
        "resolve",
        lambda burst, actor, now: lifecycle.resolve(burst, actor, resolution, now=now),
    )
