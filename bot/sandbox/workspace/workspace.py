"""The workspace: all of its state, and the events that follow from what happens in it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import SlackError
from bot.sandbox.manifest import Manifest
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel, Conversations, Kind
from bot.sandbox.workspace.files import Files
from bot.sandbox.workspace.identifiers import Identifiers, Timestamps
from bot.sandbox.workspace.messages import Author
from bot.sandbox.workspace.people import People, User
from bot.sandbox.workspace.switches import Switches
from bot.sandbox.workspace.triggers import ResponseUrls, Tickets, Triggers
from bot.sandbox.workspace.views import Views

TWO = 2
"""People in a direct message; with more it is a group message."""

Listener = Callable[[JsonObject, Channel | None], None]


@dataclass(frozen=True)
class App:
    """The one app installed in the workspace, by its identifiers."""

    id: str
    bot_id: str
    bot_user: str
    name: str

    @property
    def author(self) -> Author:
        """The app as author of a message."""
        return Author(self.bot_user, self.bot_id, self.id)


class Workspace:
    """One Slack workspace with one app in it, and `#general` with nobody but its maker."""

    def __init__(self, manifest: Manifest) -> None:
        self.team_id = "T0SANDBOX"
        self.team_name = "Sandbox"
        self.team_domain = "sandbox"
        self.manifest = manifest
        self.identifiers = Identifiers()
        self.timestamps = Timestamps()
        self.people = People()
        self.conversations = Conversations()
        self.files = Files()
        self.views = Views()
        self.triggers = Triggers()
        self.response_urls = ResponseUrls()
        self.tickets = Tickets()
        self.switches = Switches()
        self._listeners: list[Listener] = []
        self.app = self._install(manifest)
        self.add_channel("general", "public", self.app.bot_user, members=[]).is_general = True

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every event and the conversation it happened in, if any."""
        self._listeners.append(listener)

    def emit(self, event: JsonObject, channel: Channel | None = None) -> None:
        """Tell the listeners what happened; `event_ts` is added where it is missing."""
        complete = {"event_ts": self.timestamps.new(), **event}
        for listener in self._listeners:
            listener(complete, channel)

    def add_user(self, user: User) -> User:
        """Let a person in."""
        self.people.users[user.id] = user
        return user

    def add_channel(self, name: str, kind: Kind, creator: str, members: list[str] | None = None) -> Channel:
        """Make a conversation; its creator is its first member unless members are given."""
        prefix = "D" if kind == "im" else "C"
        return self.conversations.add(
            Channel(
                id=self.identifiers.new(prefix),
                name=name,
                kind=kind,
                creator=creator,
                members=[creator] if members is None else list(members),
            )
        )

    def direct_message(self, members: list[str]) -> Channel:
        """Return the direct message between these people, opening it when it is new."""
        present = self.conversations.direct(members)
        if present is not None:
            return present
        if len(members) <= TWO:
            return self.add_channel(members[0], "im", self.app.bot_user, members)
        names = "--".join(self.people.user(member).name for member in members)
        return self.add_channel(f"mpdm-{names}-1", "mpim", self.app.bot_user, members)

    def channel_for(self, user_id: str, channel_id: str) -> Channel:
        """Return a conversation that this person can find, or raise `channel_not_found`."""
        channel = self.conversations.find(channel_id)
        if channel is None or not channel.visible_to(user_id):
            raise SlackError("channel_not_found")
        return channel

    def _install(self, manifest: Manifest) -> App:
        bot = User(
            id=self.identifiers.new("U"),
            name=manifest.bot_name,
            real_name=manifest.name,
            team_id=self.team_id,
            is_bot=True,
            bot_id=self.identifiers.new("B"),
            app_id=self.identifiers.new("A"),
        )
        self.add_user(bot)
        return App(bot.app_id or "", bot.bot_id or "", bot.id, manifest.name)
