"""A message that somebody wants kept becomes a log entry."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Message
from bot.taskforce.terms import EntryKind


def log_message(office: Office, request: Request, burst_id: int, kind: EntryKind, message: Message) -> Burst:
    """Keep the message as a fact, decision or action. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "log_message",
        lambda burst, actor, now: lifecycle.log_message(burst, actor, kind, message, now=now),
    )
