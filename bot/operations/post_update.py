"""An update: what is known, what comes next."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def post_update(
    office: Office, request: Request, burst_id: int, text: str, workaround: str | None = None
) -> Burst:
    """Post an update; a substantive one restarts the update clock. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "post_update",
        lambda burst, actor, now: lifecycle.post_update(burst, actor, text, workaround=workaround, now=now),
    )
