"""One line of the checklist done, or open again."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def tick(office: Office, request: Request, burst_id: int, item: int, note: str = "", *, done: bool) -> Burst:
    """Set a checklist item; ``note`` says how, or why it does not apply. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "tick",
        lambda burst, actor, now: lifecycle.tick(burst, actor, item, done=done, note=note, now=now),
    )
