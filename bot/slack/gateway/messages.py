"""Posting, editing and finding messages.

``op`` is the outbox id that a post carries in its metadata, so that it can be found again after
an unknown outcome. Any member of the workspace can read metadata: it holds nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.gateway.call import Caller, needed
from bot.slack.ids import METADATA_EVENT
from bot.slack.views.parts import Rendered

PAGE = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands: the channel's id as Slack answered it, and the message's ``ts`` in it."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Found:
    """A message read back. ``op`` is empty unless it is one of our posts; ``files`` are the names of what it shares."""

    ts: str
    op: str
    user: str = ""
    files: tuple[str, ...] = ()


class Messages:
    """Messages of one workspace."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def post(self, channel: str, message: Rendered, *, op: str, thread_ts: str | None = None) -> Posted:
        """``chat.postMessage``, without unfurling links. Not safe to repeat: ``find`` first."""
        method = "chat.postMessage"
        response = self._caller.send(
            method,
            posts_to=channel,
            text=message.text,
            blocks=message.blocks or None,
            thread_ts=thread_ts,
            metadata={"event_type": METADATA_EVENT, "event_payload": {"op": op}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return Posted(needed(method, response.get("channel"), str), needed(method, response.get("ts"), str))

    def whisper(self, channel: str, user: str, message: Rendered, *, thread_ts: str | None = None) -> None:
        """``chat.postEphemeral``: ``user`` alone sees it, if they are in the channel. It cannot be found again."""
        self._caller.send(
            "chat.postEphemeral",
            posts_to=channel,
            user=user,
            text=message.text,
            blocks=message.blocks or None,
            thread_ts=thread_ts,
        )

    def update(self, channel: str, ts: str, message: Rendered) -> None:
        """``chat.update``: replaces text and blocks, keeps the metadata. Safe to repeat."""
        # Editing is no post: it does not count against the channel's one message a second.
        self._caller.send(
            "chat.update",
            channel=channel,
            ts=ts,
            text=message.text,
            blocks=message.blocks or None,
            parse="none",
        )

    def permalink(self, channel: str, ts: str) -> str:
        """``chat.getPermalink``: the message's address, with its thread's where it is a reply."""
        method = "chat.getPermalink"
        response = self._caller.ask(method, channel=channel, message_ts=ts)
        return str(needed(method, response.get("permalink"), str))

    def pin(self, channel: str, ts: str) -> None:
        """``pins.add``; a message that is pinned already is fine."""
        self._caller.send("pins.add", fine=("already_pinned",), channel=channel, timestamp=ts)

    def find(self, channel: str, op: str, *, since: float, thread_ts: str | None = None) -> Posted | None:
        """Our post that carries ``op``, looked for from ``since`` (Slack's real seconds) on."""
        for message in self.read(channel, since=since, thread_ts=thread_ts):
            if message.op == op:
                return Posted(channel, message.ts)
        return None

    def holds_file(
        self, channel: str, name: str, by: str, *, after: str, thread_ts: str | None = None
    ) -> bool:
        """Whether ``by`` has shared a file of that name since the message ``after``, there or in its thread."""
        shared = self.read(channel, since=float(after), thread_ts=thread_ts)
        return any(one.user == by and name in one.files for one in shared)

    def read(self, channel: str, *, since: float = 0.0, thread_ts: str | None = None) -> Iterator[Found]:
        """The messages from ``since`` on: newest first in a channel, oldest first in a thread.

        ``conversations.history`` or ``.replies``, page by page. The bot has to be a member.
        """
        method = "conversations.replies" if thread_ts else "conversations.history"
        cursor: str | None = None
        while True:
            response = self._caller.ask_patiently(
                method,
                channel=channel,
                ts=thread_ts,
                oldest=f"{since:.6f}",
                inclusive=True,
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
            page: Sequence[Mapping[str, Any]] = needed(method, response.get("messages"), list)
            yield from (_found(message) for message in page)
            cursor = next_cursor(response.get("response_metadata"))
            if cursor is None:
                return


def next_cursor(metadata: object) -> str | None:
    """The cursor of the next page; Slack says that there is none by leaving it out or empty."""
    cursor = metadata.get("next_cursor") if isinstance(metadata, dict) else None
    return str(cursor) if cursor else None


def _found(message: Mapping[str, Any]) -> Found:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return Found(
        ts=str(message.get("ts", "")),
        op=str(payload.get("op", "")) if metadata.get("event_type") == METADATA_EVENT else "",
        user=str(message.get("user", "")),
        files=tuple(str(file.get("name", "")) for file in message.get("files") or ()),
    )
