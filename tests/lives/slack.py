"""A Slack in memory that keeps what it is told and fails as Slack does: before a call takes effect, or after.

It stands in for the gateway's rooms. A call can also be the last thing that a process does, and
something can happen at the very moment at which it is made.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from bot.errors import PermanentFault, TransientFault, UnknownFault
from bot.slack.gateway import Channel, Found, Gateway, HistoryPage, NotInvited, OwnFile, Posted
from bot.slack.views.parts import Rendered

BOT = "U01BOT"
Answer = TypeVar("Answer")


class Killed(BaseException):
    """The process ends here: nothing that it was about to write down is written."""


@dataclass
class Message:
    """One message as people see it. ``op`` is what its metadata names."""

    channel: str
    ts: str
    op: str
    shown: Rendered

    @property
    def buttons(self) -> list[str]:
        """The values of its buttons."""
        return [*_values(self.shown.blocks)]


@dataclass
class Slack:
    """The workspace. ``trouble`` says what befalls the next call; ``meanwhile`` lets something happen during it."""

    trouble: Callable[[], str] = lambda: ""
    meanwhile: Callable[[], None] = lambda: None
    unreachable: frozenset[str] = frozenset()
    messages: list[Message] = field(default_factory=list)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)
    calls: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def gateway(self) -> Gateway:
        """Itself in every room that deliveries enter."""
        rooms = ("messages", "channels", "history", "screens", "uploads")
        return cast(Gateway, SimpleNamespace(**dict.fromkeys(rooms, self)))

    def posted_as(self, op: str) -> list[Message]:
        """Every message that answers this intent."""
        return [one for one in self.messages if one.op == op]

    def at(self, channel: str, ts: str) -> Message | None:
        """The message there."""
        return next((one for one in self.messages if (one.channel, one.ts) == (channel, ts)), None)

    # --- messages ---

    def post(self, channel: str, message: Rendered, *, op: str, thread_ts: str | None = None) -> Posted:
        """A new message."""

        def deed() -> Posted:
            self._living(channel, "chat.postMessage")
            made = Message(channel, f"1800000000.{next(self._numbers):06d}", op, message)
            self.messages.append(made)
            return Posted(channel, made.ts)

        return self._call("chat.postMessage", deed)

    def update(self, channel: str, ts: str, message: Rendered) -> None:
        """Another content for a message."""

        def deed() -> None:
            self._living(channel, "chat.update")
            found = self.at(channel, ts)
            if found is None:
                raise PermanentFault("chat.update", "message_not_found")
            found.shown = message

        self._call("chat.update", deed)

    def whisper(self, channel: str, user: str, message: Rendered, *, thread_ts: str | None = None) -> None:
        """Nobody else sees it, and it is gone."""
        self._call("chat.postEphemeral", lambda: None)

    def pin(self, channel: str, ts: str) -> None:
        """A pin."""
        self._call("pins.add", lambda: None)

    def find(self, channel: str, op: str, *, since: float, thread_ts: str | None = None) -> Posted | None:
        """The message of an intent."""
        found = next((one for one in self.posted_as(op) if one.channel == channel), None)
        return None if found is None else Posted(channel, found.ts)

    def read(self, channel: str, *, since: float = 0.0, thread_ts: str | None = None) -> Iterator[Found]:
        """The messages of a channel."""
        return (Found(one.ts, one.op) for one in self.messages if one.channel == channel)

    # --- channels ---

    def create(self, name: str, *, private: bool) -> Channel:
        """A new channel of ours."""

        def deed() -> Channel:
            if any(one.name == name for one in self.channels.values()):
                raise PermanentFault("conversations.create", "name_taken")
            made = Channel(
                f"CB{next(self._numbers)}",
                name,
                BOT,
                created=1.8e9,
                is_archived=False,
                is_private=private,
                is_member=True,
                is_ext_shared=False,
            )
            self.channels[made.id] = made
            return made

        return self._call("conversations.create", deed)

    def find_own(self, name: str, *, creator: str, since: float) -> Channel | None:
        """Our living channel of that name."""
        return next((one for one in self.channels.values() if one.name == name), None)

    def invite(self, channel: str, users: Sequence[str]) -> tuple[NotInvited, ...]:
        """Everybody comes."""
        self._call("conversations.invite", lambda: self._living(channel, "conversations.invite"))
        return ()

    def set_topic(self, channel: str, topic: str) -> None:
        """A topic."""
        self._call("conversations.setTopic", lambda: self._living(channel, "conversations.setTopic"))

    def archive(self, channel: str) -> None:
        """The channel is read-only from now on."""

        def deed() -> None:
            self.channels.pop(channel, None)

        self._call("conversations.archive", deed)

    def open_dm(self, user: str) -> str:
        """Where somebody reads what is for them alone."""
        if user in self.unreachable:
            raise PermanentFault("conversations.open", "user_disabled")
        return self._call("conversations.open", lambda: f"D{user}")

    # --- what the rest of the deliveries asks ---

    def channel(self, channel: str, *, before: str = "", after: str = "") -> HistoryPage:
        """Nobody wrote anything."""
        return self._call("conversations.history", lambda: HistoryPage((), more=False))

    def share(self, file: OwnFile, channel: str, *, thread_ts: str | None = None) -> None:
        """A file in a conversation."""
        self._call("files.completeUploadExternal", lambda: self.files.append((channel, file.name)))

    def holds_file(
        self, channel: str, name: str, by: str, *, after: str, thread_ts: str | None = None
    ) -> bool:
        """Whether it is there."""
        return (channel, name) in self.files

    def publish_home(self, user: str, view: Mapping[str, Any]) -> str:
        """A home tab."""
        return self._call("views.publish", lambda: "V1")

    def _living(self, channel: str, method: str) -> None:
        """Channels that we make end; the others were there before us, and stay."""
        if channel.startswith("CB") and channel not in self.channels:
            raise PermanentFault(method, "is_archived")

    def _call(self, method: str, deed: Callable[[], Answer]) -> Answer:
        self.calls += 1
        trouble = self.trouble()
        match trouble:
            case "limited":
                raise TransientFault(method, "ratelimited", retry_after=1.0)
            case "lost on the way":
                raise UnknownFault(method, "timeout")
            case "killed before":
                raise Killed
        self.meanwhile()
        answer = deed()
        match trouble:
            case "answer lost":
                raise UnknownFault(method, "connection_dropped")
            case "killed after":
                raise Killed
        return answer


TROUBLES = ("limited", "lost on the way", "killed before", "answer lost", "killed after")


def _values(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        if part.get("type") == "button" and part.get("value"):
            yield str(part["value"])
        for inner in part.values():
            yield from _values(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _values(inner)
