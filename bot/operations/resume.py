"""The resolve clock runs again."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def resume(office: Office, request: Request, burst_id: int) -> Burst:
    """Resume the resolve clock. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "resume",
        lambda burst, actor, now: lifecycle.resume(burst, actor, now=now),
    )
