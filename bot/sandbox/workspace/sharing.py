"""Sharing files in conversations, and who can see a file."""

from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.files import File
from bot.sandbox.workspace.messages import Author, Message
from bot.sandbox.workspace.posting import Content, Place
from bot.sandbox.workspace.workspace import Workspace


def share(
    workspace: Workspace,
    channel: Channel,
    author: Author,
    files: list[File],
    comment: Content,
    place: Place,
) -> Message:
    """Post files into a conversation as one message, and tell the app of each file."""
    said = Content(comment.text, comment.blocks, files=[file.id for file in files])
    message = posting.post(workspace, channel, author, said, place)
    for file in files:
        file.shares.setdefault(channel.id, []).append({"ts": message.ts})
        if channel.kind == "public":
            file.public_channels.add(channel.id)
        event = {
            "type": "file_shared",
            "channel_id": channel.id,
            "file_id": file.id,
            "user_id": author.user,
            "file": {"id": file.id},
        }
        workspace.emit(event, channel)
    return message


def sees(workspace: Workspace, file: File, user: str) -> bool:
    """Whether a person, or the app, can see this file: owners do, and members where it is shared."""
    if file.deleted or not file.completed:
        return False
    if file.owner == user or (file.given_to_app and user == workspace.app.bot_user):
        return True
    channels = (workspace.conversations.find(channel_id) for channel_id in file.shares)
    return any(channel is not None and channel.visible_to(user) for channel in channels)


def delete_file(workspace: Workspace, file: File) -> None:
    """Delete a file everywhere it is shared."""
    file.deleted = True
    file.content = None
    for channel_id, shares in file.shares.items():
        channel = workspace.conversations.find(channel_id)
        for entry in shares if channel is not None else ():
            message = channel.timeline.find(entry["ts"]) if channel is not None else None
            if message is not None:
                message.files.remove(file.id)
