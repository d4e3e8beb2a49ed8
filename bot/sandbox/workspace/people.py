"""People and user groups of the workspace."""

import datetime
import time
import zoneinfo
from dataclasses import dataclass, field

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject


@dataclass
class User:
    """A member, guest, external person or bot, as `users.info` describes them."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "UTC"
    email: str = ""
    title: str = ""
    site: str = ""
    start: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool | None = None
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = field(default_factory=lambda: int(time.time()))

    @property
    def is_guest(self) -> bool:
        """Whether this is a multi-channel or single-channel guest."""
        return self.is_restricted or self.is_ultra_restricted

    def as_json(self, *, with_email: bool) -> JsonObject:
        """Return Slack's user object; the e-mail needs `users:read.email`."""
        profile: JsonObject = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "title": self.title,
            "team": self.team_id,
        }
        if with_email and self.email:
            profile["email"] = self.email
        if self.bot_id:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id}
        user: JsonObject = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "updated": self.updated,
            "profile": profile,
        }
        if not self.deleted:
            user |= {"tz": self.tz, "tz_label": self.tz, "tz_offset": _offset_seconds(self.tz)}
        if self.is_stranger is not None:
            user["is_stranger"] = self.is_stranger
        return user


@dataclass
class UserGroup:
    """A user group (`S...`), mentioned as `<!subteam^S...>`."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    disabled: bool = False
    created: int = field(default_factory=lambda: int(time.time()))

    def as_json(self, team_id: str, *, with_users: bool, with_count: bool) -> JsonObject:
        """Return Slack's user group object."""
        group: JsonObject = {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "handle": self.handle,
            "description": "",
            "date_create": self.created,
            "date_delete": self.created if self.disabled else 0,
        }
        if with_users:
            group["users"] = list(self.users)
        if with_count:
            group["user_count"] = len(self.users)
        return group


class People:
    """Everybody the workspace knows, by id."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.groups: dict[str, UserGroup] = {}

    def user(self, user_id: str) -> User:
        """Return the user with this id, or raise `user_not_found`."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def by_name(self, name: str) -> User | None:
        """Return the user with this handle, if there is one."""
        return next((user for user in self.users.values() if user.name == name), None)

    def by_email(self, email: str) -> User | None:
        """Return the active user with this e-mail address, if there is one."""
        wanted = email.lower()
        known = (user for user in self.users.values() if not user.deleted and not user.is_bot)
        return next((user for user in known if user.email.lower() == wanted), None)

    def handles(self) -> dict[str, str]:
        """Return the id of every active user by handle."""
        return {user.name: user.id for user in self.users.values() if not user.deleted}


def _offset_seconds(zone: str) -> int:
    now = datetime.datetime.now(zoneinfo.ZoneInfo(zone))
    offset = now.utcoffset()
    return int(offset.total_seconds()) if offset else 0
