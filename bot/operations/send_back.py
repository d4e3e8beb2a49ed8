"""A co-lead does not accept the evidence."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def send_back(office: Office, request: Request, burst_id: int, why: str) -> Burst:
    """Reopen the work with a reason; the clocks go on where they stood. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "send_back",
        lambda burst, actor, now: lifecycle.send_back(burst, actor, why, now=now),
    )
