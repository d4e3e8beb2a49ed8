"""Somebody above asks those who work on a burst."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def ask_for_more(office: Office, request: Request, burst_id: int, question: str) -> Burst:
    """Put the question to the owner and the co-leads; what is escalated is held meanwhile. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "ask_for_more",
        lambda burst, actor, now: lifecycle.ask_for_more(burst, actor, question, now=now),
    )
