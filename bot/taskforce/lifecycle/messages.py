"""Messages of the channel that people put into the log."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Detail
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

    @property
    def kept(self) -> dict[str, Detail]:
        """What the log keeps of it besides its words."""
        return {
            "permalink": self.permalink,
            "author": self.author,
            "ts": self.ts,
            "from_message": True,
        }


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
    _log(
        draft,
        actor.user,
        kind,
        replace(message, text=said),
        substantive=counts and activity.is_news(burst, said),
    )
    if counts:
        activity.told(draft, actor.user, said)
    return draft.done()


def log_marked(burst: Burst, user: str, message: Message, *, now: datetime) -> Decision:
    """Put a message that ``user`` marked into the log as a fact, which is no news.

    Whether they may was asked when they did; it was read since, and nothing that it says is refused.
    """
    draft = Draft.of(burst, now)
    _log(draft, user, EntryKind.FACT, replace(message, text=_kept(message.text)), substantive=False)
    return draft.done()


def _log(draft: Draft, user: str, kind: EntryKind, message: Message, *, substantive: bool) -> None:
    draft.log(
        kind,
        user,
        text=message.text,
        substantive=substantive,
        **message.kept,
    )


def _kept(text: str) -> str:
    """The text as people may write one: no control characters, not too long."""
    plain = "".join(sign for sign in text if unicodedata.category(sign) != "Cc" or sign in "\n\t")
    return plain[:TEXT_LIMIT]
