"""What a person has before their eyes: the sidebar, the messages of a place, a thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.sandbox.page.policy_time import PolicyTime
from bot.sandbox.page.viewer import Viewer
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.people import User

SHOWN_AT_ONCE = 50
_QUIET = frozenset({"channel_join", "channel_leave", "group_join", "group_leave"})


@dataclass(frozen=True)
class Entry:
    """A conversation in the sidebar, with how much of it is new to whoever is in it."""

    id: str
    label: str
    is_private: bool
    unread: int


@dataclass(frozen=True)
class Sidebar:
    """The sidebar of one person."""

    app_id: str
    app_unread: int
    joined: tuple[Entry, ...]
    others: tuple[Entry, ...]
    archived: tuple[Entry, ...]
    direct: tuple[Entry, ...]


@dataclass(frozen=True)
class Seen:
    """One message with everything that is drawn of it; `at` is policy time in the viewer's zone."""

    message: Message
    author: str
    is_app: bool
    is_own: bool
    at: datetime
    files: tuple[JsonObject, ...]
    replies: int
    is_pinned: bool

    @property
    def is_private(self) -> bool:
        """Whether only this viewer sees it."""
        return self.message.visible_to is not None

    @property
    def is_note(self) -> bool:
        """Whether it is a line of the workspace itself."""
        return _is_note(self.message)


@dataclass(frozen=True)
class Pane:
    """The messages of a place, the oldest first; `earlier` is the ts before which there are more, or empty."""

    messages: tuple[Seen, ...]
    earlier: str


@dataclass
class Eyes:
    """How far each person has read each conversation: the ts of the last message that was on their screen."""

    read: dict[tuple[str, str], str] = field(default_factory=dict)

    def saw(self, person: User, channel: Channel) -> None:
        """The person has the end of the conversation before them."""
        last = max((message.ts for message in channel.timeline.latest(1)), default="")
        private = (one.ts for one in channel.timeline.ephemerals if one.visible_to == person.id)
        self.read[person.id, channel.id] = max([last, *private])

    def unread(self, person: User, channel: Channel) -> int:
        """How many messages of others are new to the person."""
        since = self.read.get((person.id, channel.id), "")
        recent = channel.timeline.since(since)
        private = (
            one for one in channel.timeline.ephemerals if one.visible_to == person.id and one.ts > since
        )
        return sum(one.author.user != person.id and not _is_note(one) for one in (*recent, *private))


def sidebar(sandbox: Sandbox, eyes: Eyes, person: User) -> Sidebar:
    """The conversations that `person` finds, in the groups of Slack's sidebar."""
    workspace = sandbox.workspace
    channels = sorted(workspace.conversations.visible_to(person.id), key=lambda one: one.name)
    rooms = [channel for channel in channels if not channel.is_direct]

    def entries(chosen: Iterator[Channel]) -> tuple[Entry, ...]:
        return tuple(_entry(sandbox, eyes, person, channel) for channel in chosen)

    app = sandbox.stage.channel(person, "app")
    return Sidebar(
        app_id=app.id,
        app_unread=eyes.unread(person, app),
        joined=entries(one for one in rooms if person.id in one.members and not one.archived),
        others=entries(one for one in rooms if person.id not in one.members and not one.archived),
        archived=entries(one for one in rooms if one.archived),
        direct=entries(one for one in channels if one.is_direct and one.id != app.id),
    )


def groups(people: Sequence[User]) -> dict[str, list[User]]:
    """People by their site, sites in the order in which they were let in, people by name; those without one at the end."""
    found: dict[str, list[User]] = {one.site: [] for one in people if one.site}
    for one in sorted(people, key=lambda one: one.real_name):
        found.setdefault(one.site, []).append(one)
    return found


def unread_by(sandbox: Sandbox, eyes: Eyes, person: User) -> int:
    """How many messages are new to the person, in their channels and direct messages."""
    visible = sandbox.workspace.conversations.visible_to(person.id)
    mine = (channel for channel in visible if person.id in channel.members and not channel.archived)
    return sum(eyes.unread(person, channel) for channel in mine)


def pane(sandbox: Sandbox, time: PolicyTime, viewer: Viewer, channel: Channel, before: str = "") -> Pane:
    """The latest messages of a conversation, or those before a ts."""
    messages = [one for one in _own_and_common(viewer, channel, "") if not before or one.ts < before]
    shown = messages[-SHOWN_AT_ONCE:]
    earlier = shown[0].ts if len(messages) > len(shown) else ""
    return Pane(_all_seen(sandbox, time, viewer, channel, shown), earlier)


def thread(sandbox: Sandbox, time: PolicyTime, viewer: Viewer, channel: Channel, ts: str) -> Pane:
    """A message with its replies."""
    return Pane(_all_seen(sandbox, time, viewer, channel, _own_and_common(viewer, channel, ts)), "")


def _is_note(message: Message) -> bool:
    """Whether a message is a line of the workspace itself, such as that somebody came; it is news to nobody."""
    return bool(message.subtype in _QUIET or message.extra)


def _own_and_common(viewer: Viewer, channel: Channel, thread_ts: str) -> list[Message]:
    timeline = channel.timeline
    parent = timeline.find(thread_ts)
    common = timeline.replies(thread_ts) if thread_ts else timeline.top_level()
    private = [
        one
        for one in timeline.ephemerals
        if one.visible_to == viewer.person.id and (one.thread_ts or "") == thread_ts
    ]
    listed = sorted([*common, *private], key=lambda one: one.ts)
    return [parent, *listed] if parent is not None else listed


def _all_seen(
    sandbox: Sandbox, time: PolicyTime, viewer: Viewer, channel: Channel, messages: Sequence[Message]
) -> tuple[Seen, ...]:
    pinned = {pin.ts for pin in channel.pins}
    replies = channel.timeline.reply_counts()
    return tuple(
        Seen(
            message=message,
            author=viewer.people.get(message.author.user, message.author.user),
            is_app=message.is_by_app,
            is_own=message.author.user == viewer.person.id,
            at=time.at(datetime.fromtimestamp(float(message.ts), UTC)).astimezone(viewer.zone),
            files=tuple(
                sandbox.workspace.files.files[file_id].as_json(sandbox.base_url) for file_id in message.files
            ),
            replies=replies.get(message.ts, 0),
            is_pinned=message.ts in pinned,
        )
        for message in messages
    )


def _entry(sandbox: Sandbox, eyes: Eyes, person: User, channel: Channel) -> Entry:
    people = sandbox.workspace.people
    others = (user for user in channel.members if user != person.id)
    label = ", ".join(people.user(user).real_name for user in others) if channel.is_direct else channel.name
    new = eyes.unread(person, channel) if person.id in channel.members and not channel.archived else 0
    return Entry(channel.id, label, channel.kind == "private", new)
