"""Messages, reactions, pins and files of people."""

from dataclasses import dataclass

from bot.sandbox.acting.clicks import seen_message
from bot.sandbox.acting.stage import Stage
from bot.sandbox.acting.typing import stored
from bot.sandbox.errors import Impossible
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import marks, membership, posting, sharing
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.files import File
from bot.sandbox.workspace.messages import Author, Message
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.posting import Content, Place


@dataclass(frozen=True)
class FileToShare:
    """A file as a person drops it into a channel."""

    name: str
    content: bytes
    comment: str = ""
    thread_ts: str | None = None


def say(
    stage: Stage, person: User, channel: Channel, text: str, thread_ts: str | None, *, broadcast: bool
) -> JsonObject:
    """Post a message as the person; posting in a public channel joins it, as in the client."""
    _require_writable(stage, person, channel)
    if thread_ts is not None:
        thread_ts = _thread(person, channel, thread_ts)
    content = Content(stored(stage.workspace, person, text))
    place = Place(thread_ts, broadcast=broadcast)
    message = posting.post(stage.workspace, channel, Author(person.id), content, place)
    return _seen(stage, channel, message)


def edit(stage: Stage, person: User, channel: Channel, ts: str, text: str) -> JsonObject:
    """Change one of the person's own messages."""
    message = _own(person, channel, ts)
    content = Content(stored(stage.workspace, person, text))
    posting.edit(stage.workspace, channel, message, person.id, content)
    return _seen(stage, channel, message)


def delete(stage: Stage, person: User, channel: Channel, ts: str) -> JsonObject:
    """Delete one of the person's own messages."""
    posting.delete(stage.workspace, channel, _own(person, channel, ts))
    return {}


def react(stage: Stage, person: User, channel: Channel, ts: str, name: str, *, remove: bool) -> JsonObject:
    """Add a reaction to a message, or take it back."""
    _require_writable(stage, person, channel)
    message = seen_message(person, channel, ts)
    change = marks.unreact if remove else marks.react
    change(stage.workspace, channel, message, person.id, name)
    return _seen(stage, channel, message)


def pin(stage: Stage, person: User, channel: Channel, ts: str, *, remove: bool) -> JsonObject:
    """Pin a message, or unpin it."""
    _require_writable(stage, person, channel)
    message = seen_message(person, channel, ts)
    change = marks.unpin if remove else marks.pin
    change(stage.workspace, channel, message, person.id)
    return _seen(stage, channel, message)


def upload(stage: Stage, person: User, channel: Channel, dropped: FileToShare) -> JsonObject:
    """Share a file in a channel as the person."""
    _require_writable(stage, person, channel)
    workspace = stage.workspace
    file = File(
        id=workspace.identifiers.new("F"),
        name=dropped.name,
        length=len(dropped.content),
        owner=person.id,
        content=dropped.content,
        completed=True,
    )
    workspace.files.files[file.id] = file
    comment = Content(stored(workspace, person, dropped.comment))
    place = Place(dropped.thread_ts)
    message = sharing.share(workspace, channel, Author(person.id), [file], comment, place)
    return _seen(stage, channel, message)


def _require_writable(stage: Stage, person: User, channel: Channel) -> None:
    if channel.archived:
        raise Impossible(f"#{channel.name} is archived.")
    app = stage.workspace.app.bot_user
    if channel.kind == "im" and app in channel.members:
        manifest = stage.workspace.manifest
        if not manifest.messages_tab or manifest.messages_tab_read_only:
            raise Impossible("Sending messages to this app has been turned off.")
    if person.id not in channel.members:
        if person.is_guest:
            raise Impossible(f"{person.name} is a guest and not in #{channel.name}.")
        membership.join(stage.workspace, channel, person.id)


def _thread(person: User, channel: Channel, thread_ts: str) -> str:
    parent = seen_message(person, channel, thread_ts)
    if parent.visible_to is not None:
        raise Impossible("Ephemeral messages have no threads.")
    return parent.thread_ts or parent.ts


def _own(person: User, channel: Channel, ts: str) -> Message:
    message = seen_message(person, channel, ts)
    if message.author.user != person.id:
        raise Impossible(f"{person.name} did not write message {ts}.")
    if channel.archived:
        raise Impossible(f"#{channel.name} is archived.")
    return message


def _seen(stage: Stage, channel: Channel, message: Message) -> JsonObject:
    shown = posting.as_json(stage.workspace, channel, message, all_metadata=False)
    return {"message": {**shown, "channel": channel.id, "is_ephemeral": False}}
