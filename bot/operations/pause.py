"""The resolve clock stands still for a reason, until a time."""

from datetime import datetime

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import PauseReason


def pause(
    office: Office, request: Request, burst_id: int, reason: PauseReason, until: datetime, reference: str
) -> Burst:
    """Pause the resolve clock until ``until`` (aware UTC). Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "pause",
        lambda burst, actor, now: lifecycle.pause(burst, actor, reason, until, reference, now=now),
    )
