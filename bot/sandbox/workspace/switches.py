"""What the administrators of the workspace have switched off."""

from dataclasses import dataclass, fields

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject


@dataclass
class Switches:
    """Workspace preferences that make Slack refuse an app; all off means a permissive workspace."""

    refuse_channel_creation: bool = False
    refuse_archiving: bool = False
    refuse_posting: bool = False
    refuse_topic: bool = False
    refuse_pins: bool = False
    refuse_bookmarks: bool = False
    refuse_invitations: bool = False
    uploads_disabled: bool = False
    no_user_groups: bool = False
    socket_mode_disabled: bool = False

    def refuse_if(self, name: str, code: str) -> None:
        """Raise the Slack error `code` when the switch called `name` is on."""
        if getattr(self, name):
            raise SlackError(code)

    def set(self, changes: JsonObject) -> None:
        """Turn switches on or off; raise `KeyError` with the name of an unknown one."""
        known = {item.name for item in fields(self)}
        for name, value in changes.items():
            if name not in known:
                raise KeyError(name)
            setattr(self, name, bool(value))

    def as_json(self) -> JsonObject:
        """Return every switch and how it stands."""
        return {item.name: getattr(self, item.name) for item in fields(self)}
