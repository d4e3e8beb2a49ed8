"""Somebody above gives a clock more time."""

from datetime import datetime

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def extend(
    office: Office, request: Request, burst_id: int, clock_number: int | None, until: datetime, why: str
) -> Burst:
    """The clock of that number, or the resolve clock, is due at ``until`` (aware UTC). Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "extend",
        lambda burst, actor, now: lifecycle.extend(
            burst, actor, until, why, clock_number=clock_number, now=now
        ),
    )
