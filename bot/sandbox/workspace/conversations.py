"""Channels and direct messages: who is in them, what hangs on them."""

import time
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.messages import Timeline

Kind = Literal["public", "private", "im", "mpim"]

CHANNEL_TYPES: dict[Kind, str] = {
    "public": "channel",
    "private": "group",
    "im": "im",
    "mpim": "mpim",
}
"""The `channel_type` of message events, by kind of conversation."""

LIST_TYPES: dict[str, Kind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}
"""The `types` argument of conversations.list, by kind of conversation."""


@dataclass
class Note:
    """A topic or purpose, and who set it when (seconds since 1970)."""

    value: str = ""
    creator: str = ""
    last_set: int = 0

    def as_json(self) -> JsonObject:
        """Return Slack's topic or purpose object."""
        return {"value": self.value, "creator": self.creator, "last_set": self.last_set}


@dataclass
class Pin:
    """One pinned message."""

    ts: str
    created_by: str
    created: int


@dataclass
class Channel:
    """A conversation of any kind; `members` keeps the order in which people came."""

    id: str
    name: str
    kind: Kind
    creator: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    is_general: bool = False
    is_ext_shared: bool = False
    topic: Note = field(default_factory=Note)
    purpose: Note = field(default_factory=Note)
    previous_names: list[str] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    bookmarks: list[JsonObject] = field(default_factory=list)
    timeline: Timeline = field(default_factory=Timeline)
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def is_direct(self) -> bool:
        """Whether this is a direct message between two or more people."""
        return self.kind in ("im", "mpim")

    def visible_to(self, user_id: str) -> bool:
        """Whether this person can find the conversation at all."""
        return self.kind == "public" or user_id in self.members

    def as_json(self, viewer: str, team_id: str) -> JsonObject:
        """Return Slack's conversation object as `viewer` gets it."""
        if self.kind == "im":
            other = next((user for user in self.members if user != viewer), viewer)
            return {
                "id": self.id,
                "created": self.created,
                "is_im": True,
                "is_org_shared": False,
                "is_archived": False,
                "context_team_id": team_id,
                "user": other,
                "is_user_deleted": False,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": False,
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "created": self.created,
            "creator": self.creator,
            "is_archived": self.archived,
            "is_general": self.is_general,
            "unlinked": 0,
            "is_shared": self.is_ext_shared,
            "is_org_shared": False,
            "is_ext_shared": self.is_ext_shared,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "context_team_id": team_id,
            "is_member": viewer in self.members,
            "topic": self.topic.as_json(),
            "purpose": self.purpose.as_json(),
            "previous_names": list(self.previous_names),
        }


class Conversations:
    """All conversations of the workspace, by id."""

    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}

    def add(self, channel: Channel) -> Channel:
        """Keep a new conversation and return it."""
        self.channels[channel.id] = channel
        return channel

    def find(self, channel_id: str) -> Channel | None:
        """Return the conversation with this id, if there is one."""
        return self.channels.get(channel_id)

    def by_name(self, name: str) -> Channel | None:
        """Return the channel with this name: archived channels keep theirs."""
        named = (channel for channel in self.channels.values() if not channel.is_direct)
        return next((channel for channel in named if channel.name == name), None)

    def direct(self, members: list[str]) -> Channel | None:
        """Return the direct message between exactly these people, if it was opened before."""
        wanted = sorted(members)
        direct = (channel for channel in self.channels.values() if channel.is_direct)
        return next((channel for channel in direct if sorted(channel.members) == wanted), None)

    def visible_to(self, user_id: str) -> list[Channel]:
        """Return every conversation that this person can find, oldest first."""
        return [channel for channel in self.channels.values() if channel.visible_to(user_id)]
