"""Messages of the channel that people put into the log."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle import activity
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind

TEXT_LIMIT = 40_000  # Slack's own, for a message
LOGGABLE = frozenset({EntryKind.FACT, EntryKind.DECISION, EntryKind.EVIDENCE, EntryKind.ACTION})
_NEWS = frozenset({EntryKind.DECISION, EntryKind.EVIDENCE})


@dataclass(frozen=True, slots=True)
class Message:
    """A message: what it says, its address, who wrote it (``by_bot``: no person), Slack's timestamp of it.

    The timestamp names the message: that no one is logged twice by two people is for the caller to see.
    """

    text: str
    permalink: str
    author: str
    ts: str
    by_bot: bool = False


def log_message(burst: Burst, actor: Actor, kind: EntryKind, message: Message, *, now: datetime) -> Decision:
    """Put a message of the channel into the log as a fact, a decision, evidence or an action.

    It is in the channel already: no notice. A decision takes the right to decide, which guests do not
    have. A decision or evidence is news as if it had been told here, unless a bot wrote it.
    """
    require(Right.DECIDE if kind is EntryKind.DECISION else Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    if kind not in LOGGABLE:
        raise Refused("kind", "A message is logged as a fact, a decision, evidence or an action.")
    said = checked(message.text, what="The message", limit=TEXT_LIMIT)
    counts = kind in _NEWS and not message.by_bot
    draft = Draft.of(burst, now)
    draft.log(
        kind,
        actor.user,
        text=said,
        permalink=message.permalink,
        author=message.author,
        ts=message.ts,
        from_message=True,
        substantive=counts and activity.is_news(burst, said),
    )
    if counts:
        activity.told(draft, actor.user, said)
    return draft.done()
