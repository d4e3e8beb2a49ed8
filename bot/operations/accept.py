"""The owner says yes."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def accept(office: Office, request: Request, burst_id: int) -> Burst:
    """Accept ownership. Raises ``Refused`` for anybody but the owner, or when it is done already."""
    return change(
        office,
        request,
        burst_id,
        "accept",
        lambda burst, actor, now: lifecycle.accept(burst, actor, now=now),
    )
