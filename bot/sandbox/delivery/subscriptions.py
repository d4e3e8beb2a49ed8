"""Which events the app gets: those the manifest subscribes to, with scope, where the bot is.

Facts: https://docs.slack.dev/reference/events and the scopes of each event.
"""

from bot.sandbox.manifest import Manifest
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel, Kind

_MESSAGES: dict[Kind, tuple[str, str]] = {
    "public": ("message.channels", "channels:history"),
    "private": ("message.groups", "groups:history"),
    "im": ("message.im", "im:history"),
    "mpim": ("message.mpim", "mpim:history"),
}
_SCOPES: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_id_changed": ("channels:read", "groups:read"),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
    "file_shared": ("files:read",),
}
_PREFIXES = {
    "channel_": "channels:read",
    "group_": "groups:read",
    "subteam_": "usergroups:read",
}
_SEEN_EVERYWHERE = ("channel_", "group_left", "subteam_", "team_", "user_", "app_home")
"""Events that reach the app wherever its bot is; all others need the bot in the conversation."""


def wanted(manifest: Manifest, bot: str, event: JsonObject, channel: Channel | None) -> bool:
    """Whether the app is subscribed to this event and may see it."""
    name, scopes = _needs(str(event["type"]), channel)
    if name not in manifest.events:
        return False
    if scopes and not manifest.scopes.intersection(scopes):
        return False
    if channel is None or name.startswith(_SEEN_EVERYWHERE):
        return True
    return bot in channel.members or event.get("user") == bot


def _needs(kind: str, channel: Channel | None) -> tuple[str, tuple[str, ...]]:
    if kind == "message" and channel is not None:
        name, scope = _MESSAGES[channel.kind]
        return name, (scope,)
    if kind in _SCOPES:
        return kind, _SCOPES[kind]
    scope = next((scope for prefix, scope in _PREFIXES.items() if kind.startswith(prefix)), "")
    return kind, (scope,) if scope else ()
