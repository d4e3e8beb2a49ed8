"""One Web API method, and one call of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.arguments import Signature
from bot.sandbox.web.limits import Rate
from bot.sandbox.web.scopes import Scopes
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.workspace import Workspace

Token = Literal["bot", "app", "any", "none"]


@dataclass(frozen=True)
class Method:
    """A row of the table: what the method is called, takes, needs, and does.

    `posts_to` names the argument with the channel, or the response URL, that counts towards one message per second.
    """

    name: str
    rate: Rate
    scopes: Scopes
    arguments: Signature
    perform: "Callable[[Call], JsonObject]"
    token: Token = "bot"
    posts_to: str | None = None


@dataclass
class Call:
    """A checked call: arguments of the right kinds, made by the app with its bot token."""

    method: Method
    workspace: Workspace
    arguments: JsonObject
    base_url: str

    @property
    def bot(self) -> str:
        """The id of the app's bot user."""
        return self.workspace.app.bot_user

    @property
    def granted(self) -> frozenset[str]:
        """The bot scopes that the manifest grants."""
        return self.workspace.manifest.scopes

    def has(self, name: str) -> bool:
        """Whether the argument was given."""
        return name in self.arguments

    def text(self, name: str, default: str = "") -> str:
        """Return a text argument."""
        return str(self.arguments.get(name, default))

    def optional(self, name: str) -> str | None:
        """Return a text argument, or None when it was not given."""
        return str(self.arguments[name]) if name in self.arguments else None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean argument."""
        return bool(self.arguments.get(name, default))

    def items(self, name: str) -> list[str]:
        """Return a list argument, empty when it was not given."""
        return list(self.arguments.get(name, ()))

    def channel(self, name: str = "channel") -> Channel:
        """Return the conversation that the argument names, if the app can see it.

        Raises `channel_not_found`, `missing_scope` or `method_not_supported_for_channel_type`.
        """
        channel = self.workspace.channel_for(self.bot, self.text(name))
        self.method.scopes.check_kind(channel.kind, self.granted)
        return channel

    def joined_channel(self, name: str = "channel") -> Channel:
        """Return the conversation, or raise `not_in_channel` too."""
        channel = self.channel(name)
        if self.bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def open_channel(self, name: str = "channel") -> Channel:
        """Return a conversation that the app is in and that is not archived (`is_archived`)."""
        channel = self.joined_channel(name)
        if channel.archived:
            raise SlackError("is_archived")
        return channel

    def message(self, channel: Channel, name: str) -> Message:
        """Return the message whose `ts` the argument holds, or raise `message_not_found`."""
        message = channel.timeline.find(self.text(name))
        if message is None:
            raise SlackError("message_not_found")
        return message
