"""A message that somebody wants kept becomes a log entry."""

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Message
from bot.taskforce.lifecycle.gates import already
from bot.taskforce.terms import EntryKind


def log_message(office: Office, request: Request, burst_id: int, kind: EntryKind, message: Message) -> Burst:
    """Keep the message as a fact, decision or action, once as each. Raises ``Refused``."""
    with write(office, request, "log_message") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        decision = lifecycle.log_message(burst, actor, kind, message, now=now)
        logged = unit.log.entries(burst_id, kinds=[kind])
        known = next((one for one in logged if (one.body or {}).get("ts") == message.ts), None)
        if known is not None:
            already(f"That message is in the log already, as entry {known.number}.")
        return unit.apply(decision, now=now)
