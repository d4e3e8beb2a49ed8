"""Who is in a channel, what it is called, whether it is archived: the changes and their events."""

import time

from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel, Note
from bot.sandbox.workspace.workspace import Workspace


def create(workspace: Workspace, name: str, creator: str, *, private: bool) -> Channel:
    """Make a channel whose creator is its first member."""
    channel = workspace.add_channel(name, "private" if private else "public", creator)
    if not private:
        shown = {
            "id": channel.id,
            "name": channel.name,
            "created": channel.created,
            "creator": creator,
        }
        workspace.emit({"type": "channel_created", "channel": shown}, channel)
    _joined(workspace, channel, creator, inviter=None)
    return channel


def join(workspace: Workspace, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Make a person a member; a second time changes nothing."""
    if user in channel.members:
        return
    channel.members.append(user)
    _joined(workspace, channel, user, inviter)


def leave(workspace: Workspace, channel: Channel, user: str) -> None:
    """End a membership; the app hears of its own removal too."""
    if user not in channel.members:
        return
    channel.members.remove(user)
    posting.note(workspace, channel, user, "channel_leave", f"<@{user}> has left the channel")
    event = {
        "type": "member_left_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": _letter(channel),
        "team": workspace.team_id,
    }
    workspace.emit(event, channel)
    if user == workspace.app.bot_user:
        left = {"type": _named(channel, "left"), "channel": channel.id, "actor_id": user}
        workspace.emit(left, channel)


def archive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Archive a channel: its name stays taken, its members stay listed."""
    posting.note(workspace, channel, user, "channel_archive", f"<@{user}> archived the channel")
    channel.archived = True
    _announce(workspace, channel, "archive", {"channel": channel.id, "user": user})


def unarchive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Bring an archived channel back; only a person can, not a bot token."""
    channel.archived = False
    posting.note(workspace, channel, user, "channel_unarchive", f"<@{user}> un-archived the channel")
    _announce(workspace, channel, "unarchive", {"channel": channel.id, "user": user})


def delete(workspace: Workspace, channel: Channel, user: str) -> None:
    """Delete a channel for good, as an administrator can in the client."""
    _announce(workspace, channel, "deleted", {"channel": channel.id, "actor_id": user})
    del workspace.conversations.channels[channel.id]


def rename(workspace: Workspace, channel: Channel, user: str, name: str) -> None:
    """Give a channel another name; the old one is free again."""
    old = channel.name
    channel.previous_names.insert(0, old)
    channel.name = name
    text = f'<@{user}> has renamed the channel from "{old}" to "{name}"'
    posting.note(workspace, channel, user, "channel_name", text, name=name, old_name=old)
    shown = {"id": channel.id, "name": name, "created": channel.created}
    _announce(workspace, channel, "rename", {"channel": shown})


def set_topic(workspace: Workspace, channel: Channel, user: str, topic: str) -> None:
    """Set the topic, leaving a system message."""
    channel.topic = Note(topic, user, int(time.time()))
    text = f"<@{user}> set the channel topic: {topic}"
    posting.note(workspace, channel, user, "channel_topic", text, topic=topic)


def set_purpose(workspace: Workspace, channel: Channel, user: str, purpose: str) -> None:
    """Set the purpose, leaving a system message."""
    channel.purpose = Note(purpose, user, int(time.time()))
    text = f"<@{user}> set the channel purpose: {purpose}"
    posting.note(workspace, channel, user, "channel_purpose", text, purpose=purpose)


def change_id(workspace: Workspace, channel: Channel) -> None:
    """Give a channel a new id, as Slack does when it is shared with another organisation."""
    old = channel.id
    del workspace.conversations.channels[old]
    channel.id = workspace.identifiers.new("C")
    workspace.conversations.add(channel)
    for message in channel.timeline.everything():
        message.channel = channel.id
    event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": channel.id}
    workspace.emit(event, channel)


def _joined(workspace: Workspace, channel: Channel, user: str, inviter: str | None) -> None:
    invited: JsonObject = {"inviter": inviter} if inviter else {}
    text = f"<@{user}> has joined the channel"
    posting.note(workspace, channel, user, "channel_join", text, **invited)
    event = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": _letter(channel),
        "team": workspace.team_id,
        **invited,
    }
    workspace.emit(event, channel)


def _announce(workspace: Workspace, channel: Channel, what: str, fields: JsonObject) -> None:
    workspace.emit({"type": _named(channel, what), **fields}, channel)


def _named(channel: Channel, what: str) -> str:
    return f"{'group' if channel.kind == 'private' else 'channel'}_{what}"


def _letter(channel: Channel) -> str:
    return "G" if channel.kind == "private" else "C"
