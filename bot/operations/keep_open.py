"""The channel stays a while longer."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def keep_open(office: Office, request: Request, burst_id: int) -> Burst:
    """Put off archiving. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "keep_open",
        lambda burst, actor, now: lifecycle.keep_open(burst, actor, now=now),
    )
