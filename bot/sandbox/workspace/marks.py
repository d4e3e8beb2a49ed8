"""Reactions and pins: marks that people and the app put on messages."""

import time

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel, Pin
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.workspace import Workspace

MAXIMUM_PINS = 100
MAXIMUM_EMOJI = 23


def react(workspace: Workspace, channel: Channel, message: Message, user: str, name: str) -> None:
    """Add a reaction; raise `already_reacted` or `too_many_emoji`."""
    users = message.reactions.get(name, [])
    if user in users:
        raise SlackError("already_reacted")
    if not users and len(message.reactions) >= MAXIMUM_EMOJI:
        raise SlackError("too_many_emoji")
    message.reactions.setdefault(name, []).append(user)
    _announce_reaction(workspace, channel, message, user, name, "reaction_added")


def unreact(workspace: Workspace, channel: Channel, message: Message, user: str, name: str) -> None:
    """Take a reaction back; raise `no_reaction` when there is none."""
    users = message.reactions.get(name, [])
    if user not in users:
        raise SlackError("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[name]
    _announce_reaction(workspace, channel, message, user, name, "reaction_removed")


def pin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    """Pin a message; raise `already_pinned`, `too_many_pins` or `not_pinnable`."""
    if any(pinned.ts == message.ts for pinned in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= MAXIMUM_PINS:
        raise SlackError("too_many_pins")
    if message.subtype in ("tombstone", "channel_join", "channel_leave"):
        raise SlackError("not_pinnable")
    channel.pins.append(Pin(message.ts, user, int(time.time())))
    _announce_pin(workspace, channel, message, user, "pin_added")


def unpin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    """Unpin a message; raise `no_pin` when it is not pinned."""
    kept = [pinned for pinned in channel.pins if pinned.ts != message.ts]
    if len(kept) == len(channel.pins):
        raise SlackError("no_pin")
    channel.pins = kept
    _announce_pin(workspace, channel, message, user, "pin_removed")


def pins_json(workspace: Workspace, channel: Channel) -> list[JsonObject]:
    """Return the pinned messages as pins.list shows them, the latest first."""
    shown = []
    for pinned in reversed(channel.pins):
        message = channel.timeline.find(pinned.ts)
        if message is not None:
            shown.append(_pin_item(workspace, channel, message, pinned.created_by, pinned.created))
    return shown


def _pin_item(
    workspace: Workspace, channel: Channel, message: Message, user: str, created: int
) -> JsonObject:
    return {
        "type": "message",
        "channel": channel.id,
        "created": created,
        "created_by": user,
        "message": posting.as_json(workspace, channel, message, all_metadata=False),
    }


def _announce_pin(workspace: Workspace, channel: Channel, message: Message, user: str, kind: str) -> None:
    now = int(time.time())
    event = {
        "type": kind,
        "user": user,
        "channel_id": channel.id,
        "item": _pin_item(workspace, channel, message, user, now),
        "item_user": message.author.user,
        "pin_count": str(len(channel.pins)),
        "pinned_info": {"channel": channel.id, "pinned_by": user, "pinned_ts": now},
    }
    workspace.emit(event, channel)


def _announce_reaction(
    workspace: Workspace, channel: Channel, message: Message, user: str, name: str, kind: str
) -> None:
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": message.author.user,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
    }
    workspace.emit(event, channel)
