"""Posting, editing and deleting messages, with the events that follow.

Facts: https://docs.slack.dev/reference/methods/chat.update (what an edit keeps and clears) and
https://docs.slack.dev/reference/events/message (subtypes).
"""

from dataclasses import dataclass, field

from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import CHANNEL_TYPES, Channel
from bot.sandbox.workspace.identifiers import with_ids
from bot.sandbox.workspace.messages import Author, Message, thread_summary
from bot.sandbox.workspace.workspace import Workspace

TEXT_KEPT = 40_000
"""Characters of `text` that Slack keeps of a new message."""


@dataclass
class Content:
    """What a message says; None in an edit means: not given."""

    text: str | None = None
    blocks: list[JsonObject] | None = None
    attachments: list[JsonObject] | None = None
    metadata: JsonObject | None = None
    files: list[str] = field(default_factory=list)


@dataclass
class Place:
    """Where in a conversation a message stands, and who sees it."""

    thread_ts: str | None = None
    broadcast: bool = False
    visible_to: str | None = None


def post(
    workspace: Workspace,
    channel: Channel,
    author: Author,
    content: Content,
    place: Place | None = None,
) -> Message:
    """Add a message to a conversation and tell the app, unless it is ephemeral."""
    place = place or Place()
    message = Message(
        ts=workspace.timestamps.new(),
        channel=channel.id,
        author=author,
        text=(content.text or "")[:TEXT_KEPT],
        blocks=with_ids(content.blocks or []),
        attachments=content.attachments or [],
        metadata=content.metadata or None,
        thread_ts=place.thread_ts,
        broadcast=place.broadcast,
        visible_to=place.visible_to,
        files=list(content.files),
        subtype="file_share" if content.files and not author.bot_id else None,
    )
    channel.timeline.add(message)
    if place.visible_to is None:
        _announce(workspace, channel, message)
    return message


def note(
    workspace: Workspace, channel: Channel, user: str, subtype: str, text: str, **extra: object
) -> Message:
    """Add a system message, such as `channel_topic`, written in the name of `user`."""
    message = Message(
        ts=workspace.timestamps.new(),
        channel=channel.id,
        author=Author(user),
        text=text,
        subtype=subtype,
        extra=dict(extra),
    )
    channel.timeline.add(message)
    _announce(workspace, channel, message)
    return message


def edit(workspace: Workspace, channel: Channel, message: Message, editor: str, content: Content) -> None:
    """Change a message as chat.update does.

    New text without blocks drops the old blocks; attachments and metadata that are not given
    stay, `{}` clears the metadata; an edit with blocks leaves no `edited` mark.
    """
    before = as_json(workspace, channel, message, all_metadata=True)
    if content.text is not None:
        message.text = content.text
    if content.blocks is not None or content.text is not None:
        message.blocks = with_ids(content.blocks or [])
    if content.attachments is not None:
        message.attachments = content.attachments
    if content.metadata is not None:
        message.metadata = content.metadata or None
    now = workspace.timestamps.new()
    if not content.blocks:
        message.edited = {"user": editor, "ts": now}
    _announce_change(
        workspace,
        channel,
        now,
        "message_changed",
        message=as_json(workspace, channel, message, all_metadata=True),
        previous_message=before,
    )


def replace(workspace: Workspace, channel: Channel, message: Message, editor: str, content: Content) -> None:
    """Replace a message through a response URL: an ephemeral one changes for its reader alone."""
    if message.visible_to is None:
        edit(workspace, channel, message, editor, content)
        return
    message.text = content.text or ""
    message.blocks = with_ids(content.blocks or [])
    message.attachments = content.attachments or []


def delete(workspace: Workspace, channel: Channel, message: Message) -> None:
    """Delete a message; a parent that has replies leaves a tombstone, as in Slack."""
    before = as_json(workspace, channel, message, all_metadata=True)
    channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
    if channel.timeline.replies(message.ts):
        message.subtype = "tombstone"
        message.text = "This message was deleted."
        message.blocks, message.attachments, message.files = [], [], []
        message.metadata = None
    else:
        channel.timeline.remove(message)
    now = workspace.timestamps.new()
    _announce_change(
        workspace,
        channel,
        now,
        "message_deleted",
        deleted_ts=message.ts,
        previous_message=before,
    )


def as_json(workspace: Workspace, channel: Channel, message: Message, *, all_metadata: bool) -> JsonObject:
    """Return Slack's message object; without `all_metadata` only its event type comes along."""
    shown: JsonObject = {"type": "message"}
    if message.subtype:
        shown["subtype"] = message.subtype
    shown |= {"user": message.author.user, "text": message.text, "ts": message.ts}
    if message.author.bot_id:
        shown |= _bot_fields(workspace, message.author)
    if not message.subtype:
        shown["team"] = workspace.team_id
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.files:
        files = (workspace.files.files[file_id] for file_id in message.files)
        shown["files"] = [
            {"id": file.id, "name": file.name, "title": file.title or file.name} for file in files
        ]
        shown["upload"] = True
    if message.metadata:
        kept = message.metadata if all_metadata else {"event_type": message.metadata["event_type"]}
        shown["metadata"] = kept
    marks = _marks(channel, message)
    return {**shown, **marks, **_thread_fields(channel, message), **message.extra}


def _marks(channel: Channel, message: Message) -> JsonObject:
    marks: JsonObject = {}
    if message.edited:
        marks["edited"] = message.edited
    if message.reactions:
        marks["reactions"] = message.reactions_json()
    if any(pin.ts == message.ts for pin in channel.pins):
        marks["pinned_to"] = [channel.id]
    return marks


def _thread_fields(channel: Channel, message: Message) -> JsonObject:
    if not message.is_reply:
        return thread_summary(message, channel.timeline.replies(message.ts))
    parent = channel.timeline.find(message.thread_ts or "")
    fields: JsonObject = {"thread_ts": message.thread_ts}
    if parent is not None:
        fields["parent_user_id"] = parent.author.user
    if message.broadcast:
        fields["subtype"] = "thread_broadcast"
    return fields


def _bot_fields(workspace: Workspace, author: Author) -> JsonObject:
    profile = {
        "id": author.bot_id,
        "app_id": author.app_id,
        "name": workspace.app.name,
        "team_id": workspace.team_id,
        "deleted": False,
    }
    return {"bot_id": author.bot_id, "app_id": author.app_id, "bot_profile": profile}


def _announce(workspace: Workspace, channel: Channel, message: Message) -> None:
    event = {
        **as_json(workspace, channel, message, all_metadata=True),
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "event_ts": message.ts,
    }
    workspace.emit(event, channel)
    mentions_app = f"<@{workspace.app.bot_user}" in message.text
    if mentions_app and not message.author.bot_id and not message.subtype:
        mention = {key: value for key, value in event.items() if key != "channel_type"}
        workspace.emit({**mention, "type": "app_mention"}, channel)


def _announce_change(
    workspace: Workspace, channel: Channel, now: str, subtype: str, **fields: object
) -> None:
    event = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "ts": now,
        "event_ts": now,
        **fields,
    }
    workspace.emit(event, channel)
