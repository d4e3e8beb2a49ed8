"""A message that somebody wants kept becomes a log entry."""

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind


def log_message(
    office: Office,
    request: Request,
    burst_id: int,
    kind: EntryKind,
    text: str,
    *,
    author: str,
    ts: str,
    where: str,
) -> Burst:
    """Keep the message as a fact, decision or action; ``where`` links to it. Raises ``Refused``."""
    with write(office, request, "log_message") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        decision = lifecycle.log_message(burst, actor, kind, text, where, author, ts, now=now)
        return unit.apply(decision, now=now)
