"""Messages, threads and what hangs on them."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any

from bot.sandbox.values import JsonObject


@dataclass
class Author:
    """Who wrote a message: a person, or the app's bot user."""

    user: str
    bot_id: str | None = None
    app_id: str | None = None


@dataclass
class Message:
    """One message; `visible_to` names the only reader of an ephemeral one.

    `extra` holds the fields of system messages (`topic`, `inviter`, `name`, ...).
    """

    ts: str
    channel: str
    author: Author
    text: str = ""
    blocks: list[JsonObject] = field(default_factory=list)
    attachments: list[JsonObject] = field(default_factory=list)
    metadata: JsonObject | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    edited: JsonObject | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    visible_to: str | None = None
    extra: JsonObject = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether the message stands in a thread under another one."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_by_app(self) -> bool:
        """Whether the app posted it, so that the app may edit it."""
        return self.author.bot_id is not None

    def reactions_json(self) -> list[JsonObject]:
        """Return the reactions as Slack lists them."""
        return [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in self.reactions.items()
        ]


class Timeline:
    """The messages of one conversation in the order of their `ts`."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self.ephemerals: list[Message] = []

    def add(self, message: Message) -> None:
        """Add a message with the latest `ts`; an ephemeral one is kept apart, as in Slack."""
        if message.visible_to is None:
            self._messages[message.ts] = message
        else:
            self.ephemerals.append(message)

    def find(self, ts: str) -> Message | None:
        """Return the message everybody can see with this `ts`, if there is one."""
        return self._messages.get(ts)

    def find_ephemeral(self, ts: str) -> Message | None:
        """Return the ephemeral message with this `ts`, if it is still on screen."""
        return next((message for message in self.ephemerals if message.ts == ts), None)

    def remove(self, message: Message) -> None:
        """Take a message away; doing so twice changes nothing."""
        self._messages.pop(message.ts, None)
        if message in self.ephemerals:
            self.ephemerals.remove(message)

    def everything(self) -> list[Message]:
        """Return all messages that everybody can see, oldest first, replies included."""
        return list(self._messages.values())

    def top_level(self) -> list[Message]:
        """Return what the channel itself shows, oldest first: parents and broadcast replies."""
        return [m for m in self._messages.values() if not m.is_reply or m.broadcast]

    def latest(self, count: int) -> list[Message]:
        """Return the last messages that everybody can see, the latest first, replies included."""
        return list(islice(reversed(self._messages.values()), count))

    def since(self, ts: str) -> list[Message]:
        """Return what everybody can see and came after `ts`, the latest first, replies included."""
        return list(takewhile(lambda message: message.ts > ts, reversed(self._messages.values())))

    def reply_counts(self) -> Counter[str]:
        """Return how many replies each thread has, by the `ts` of its parent."""
        return Counter(m.thread_ts for m in self._messages.values() if m.is_reply and m.thread_ts)

    def replies(self, thread_ts: str) -> list[Message]:
        """Return the replies of a thread, oldest first, without the parent."""
        return [m for m in self._messages.values() if m.is_reply and m.thread_ts == thread_ts]


def thread_summary(parent: Message, replies: list[Message]) -> dict[str, Any]:
    """Return the fields that Slack puts on a parent message that has replies."""
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.author.user for reply in replies))
    return {
        "thread_ts": parent.ts,
        "reply_count": len(replies),
        "reply_users": users[:5],
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }
