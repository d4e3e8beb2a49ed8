"""Whose eyes the page looks through: names, channels and the zone of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Viewer:
    """A person who looks at the page; `people`, `channels` and `groups` are names by id, `today` is the day in their zone."""

    person: User
    zone: tzinfo
    today: date
    people: Mapping[str, str]
    channels: Mapping[str, str]
    groups: Mapping[str, str]

    @classmethod
    def of(cls, workspace: Workspace, person: User, now: datetime) -> "Viewer":
        """The viewer that `person` is at `now` (aware): private channels have names only for those inside."""
        zone = ZoneInfo(person.tz)
        visible = workspace.conversations.visible_to(person.id)
        return cls(
            person=person,
            zone=zone,
            today=now.astimezone(zone).date(),
            people={user.id: user.real_name or user.name for user in workspace.people.users.values()},
            channels={channel.id: channel.name for channel in visible if not channel.is_direct},
            groups={group.id: group.handle for group in workspace.people.groups.values()},
        )
