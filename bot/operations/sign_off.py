"""A co-lead accepts the evidence."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def sign_off(office: Office, request: Request, burst_id: int) -> Burst:
    """Sign off for the person's own seat; the last one closes the burst. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "sign_off",
        lambda burst, actor, now: lifecycle.sign_off(burst, actor, now=now),
    )
