"""The raiser says whether it works."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def confirm(office: Office, request: Request, burst_id: int, why: str = "", *, works: bool) -> Burst:
    """Record the raiser's answer; "it does not" sends the burst back. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "confirm",
        lambda burst, actor, now: lifecycle.confirm(burst, actor, works, why, now=now),
    )
