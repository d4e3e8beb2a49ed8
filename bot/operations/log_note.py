"""A fact or an action, in the words of whoever logs it."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind


def log_note(office: Office, request: Request, burst_id: int, kind: EntryKind, text: str) -> Burst:
    """Put it into the log and show it in the channel. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "log_note",
        lambda burst, actor, now: lifecycle.note(burst, actor, kind, text, now=now),
    )
