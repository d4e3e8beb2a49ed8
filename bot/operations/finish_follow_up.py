"""A follow-up action is done."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def finish_follow_up(office: Office, request: Request, burst_id: int, number: int) -> Burst:
    """Note that the burst's action with this number is done. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "finish_follow_up",
        lambda burst, actor, now: lifecycle.finish_follow_up(burst, actor, number, now=now),
    )
