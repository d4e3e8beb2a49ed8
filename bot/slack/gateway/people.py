"""Who we are, and who the others are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import PermanentFault
from bot.slack.gateway.call import Caller, needed
from bot.slack.gateway.messages import next_cursor

PAGE = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token speaks for, and the scopes that it was granted."""

    user: str
    bot: str
    team: str
    team_name: str
    url: str
    enterprise_install: bool
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack knows them. ``zone`` is an IANA name or empty; ``team`` is their own workspace.

    ``email`` is in small letters.
    """

    user: str
    name: str
    real_name: str
    zone: str
    team: str
    deleted: bool
    is_bot: bool
    is_restricted: bool
    is_ultra_restricted: bool
    is_stranger: bool
    email: str = ""


class People:
    """The people of one workspace."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def identity(self) -> Identity:
        """``auth.test``, with the scopes that Slack names in its ``X-OAuth-Scopes`` header."""
        method = "auth.test"
        response = self._caller.ask(method)
        headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
        scopes = headers.get("x-oauth-scopes", "").split(",")
        return Identity(
            user=needed(method, response.get("user_id"), str),
            bot=str(response.get("bot_id") or ""),
            team=needed(method, response.get("team_id"), str),
            team_name=str(response.get("team") or ""),
            url=str(response.get("url") or ""),
            enterprise_install=bool(response.get("is_enterprise_install")),
            scopes=frozenset(scope.strip() for scope in scopes if scope.strip()),
        )

    def info(self, user: str) -> Profile:
        """``users.info``: also finds people of other organisations, whom ``everybody`` leaves out."""
        method = "users.info"
        response = self._caller.ask(method, user=user)
        return read_profile(needed(method, response.get("user"), dict))

    def by_email(self, address: str) -> Profile | None:
        """``users.lookupByEmail``: the active member of that address, None when there is none."""
        method = "users.lookupByEmail"
        try:
            response = self._caller.ask_patiently(method, email=address)
        except PermanentFault as fault:
            if fault.code == "users_not_found":
                return None
            raise
        return read_profile(needed(method, response.get("user"), dict))

    def in_group(self, group: str) -> tuple[str, ...]:
        """``usergroups.users.list``: the users of a user group. Plans without groups refuse it for good."""
        method = "usergroups.users.list"
        response = self._caller.ask_patiently(method, usergroup=group)
        return tuple(str(user) for user in needed(method, response.get("users"), list))

    def everybody(self) -> Iterator[Profile]:
        """``users.list``, page by page: every user of the workspace, deactivated ones and bots too."""
        method = "users.list"
        cursor: str | None = None
        while True:
            response = self._caller.ask_patiently(method, limit=PAGE, cursor=cursor)
            for found in needed(method, response.get("members"), list):
                yield read_profile(found)
            cursor = next_cursor(response.get("response_metadata"))
            if cursor is None:
                return


def read_profile(found: Mapping[str, Any]) -> Profile:
    """A user object of Slack's, from the Web API or from an event; what it lacks is empty."""
    inner = found.get("profile")
    profile = inner if isinstance(inner, dict) else {}
    return Profile(
        user=str(found.get("id", "")),
        name=str(profile.get("display_name") or found.get("name") or ""),
        real_name=str(found.get("real_name") or profile.get("real_name") or found.get("name") or ""),
        zone=str(found.get("tz") or ""),
        team=str(found.get("team_id") or ""),
        deleted=bool(found.get("deleted")),
        is_bot=bool(found.get("is_bot")),
        is_restricted=bool(found.get("is_restricted")),
        is_ultra_restricted=bool(found.get("is_ultra_restricted")),
        is_stranger=bool(found.get("is_stranger")),
        email=str(profile.get("email") or "").casefold(),
    )
