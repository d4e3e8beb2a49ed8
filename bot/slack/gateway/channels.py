"""Making, filling, naming and closing channels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.web import SlackResponse

from bot.slack.gateway.call import Caller, needed
from bot.slack.gateway.messages import next_cursor

INVITED_AT_ONCE = 100
TOPIC_LIMIT = 250
PAGE = 200


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation as Slack describes it. ``created`` is in Slack's real seconds."""

    id: str
    name: str
    creator: str
    created: float
    is_archived: bool
    is_private: bool
    is_member: bool
    is_ext_shared: bool


@dataclass(frozen=True, slots=True)
class NotInvited:
    """Somebody whom Slack would not add to a channel, and its error code; ``user`` may be empty."""

    user: str
    code: str


class Channels:
    """Channels and direct messages of one workspace."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, name: str, *, private: bool) -> Channel:
        """``conversations.create``. Raises ``PermanentFault`` ``name_taken``: it may be ours, see ``find_own``."""
        return _described(
            "conversations.create",
            self._caller.send("conversations.create", name=name, is_private=private),
        )

    def find_own(self, name: str, *, creator: str, since: float) -> Channel | None:
        """The living channel ``name`` that ``creator``, our bot's user, made at or after ``since``.

        Looks through ``users.conversations``, the channels that the bot itself is in.
        """
        for channel in self.own():
            if channel.name == name and channel.creator == creator:
                return channel if channel.created >= since else None
        return None

    def own(self) -> Iterator[Channel]:
        """Every public and private channel that the bot is in and that is not archived."""
        method = "users.conversations"
        cursor: str | None = None
        while True:
            response = self._caller.ask_patiently(
                method,
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=PAGE,
                cursor=cursor,
            )
            for channel in needed(method, response.get("channels"), list):
                yield _channel(channel)
            cursor = next_cursor(response.get("response_metadata"))
            if cursor is None:
                return

    def info(self, channel: str) -> Channel:
        """``conversations.info``. A private channel that the bot is not in is ``channel_not_found``."""
        method = "conversations.info"
        return _described(method, self._caller.ask(method, channel=channel))

    def invite(self, channel: str, users: Sequence[str]) -> tuple[NotInvited, ...]:
        """``conversations.invite``, forced: whoever can be added is; returns the others and why not.

        Safe to repeat. Raises ``PermanentFault`` only when the channel itself is the trouble.
        """
        refused: list[NotInvited] = []
        for start in range(0, len(users), INVITED_AT_ONCE):
            some = users[start : start + INVITED_AT_ONCE]
            response = self._caller.send(
                "conversations.invite",
                fine=_ABOUT_PEOPLE,
                channel=channel,
                users=",".join(some),
                force=True,
            )
            refused.extend(_not_invited(response, some))
        return tuple(refused)

    def set_topic(self, channel: str, topic: str) -> None:
        """``conversations.setTopic``: plain text, at most 250 characters. Safe to repeat."""
        self._caller.send("conversations.setTopic", channel=channel, topic=topic[:TOPIC_LIMIT])

    def archive(self, channel: str) -> None:
        """``conversations.archive``; archived already is fine. A bot token cannot undo it."""
        self._caller.send("conversations.archive", fine=("already_archived",), channel=channel)

    def open_dm(self, user: str) -> str:
        """``conversations.open``: the id of the direct message with ``user``. Safe to repeat."""
        method = "conversations.open"
        channel = needed(method, self._caller.send(method, users=user).get("channel"), dict)
        return str(needed(method, channel.get("id"), str))


# Errors of conversations.invite that are about the people and not about the channel.
_ABOUT_PEOPLE = frozenset(
    {
        "already_in_channel",
        "cant_invite",
        "cant_invite_self",
        "invitee_cant_see_channel",
        "no_external_invite_permission",
        "no_user",
        "org_user_not_in_team",
        "ura_max_channels",
        "user_is_bot",
        "user_is_restricted",
        "user_is_ultra_restricted",
        "user_not_found",
    }
)
_ALREADY_THERE = frozenset({"already_in_channel", "cant_invite_self"})


def _not_invited(response: SlackResponse, users: Sequence[str]) -> Iterator[NotInvited]:
    errors = response.get("errors")
    if not isinstance(errors, list):
        code = "" if response.get("ok") else str(response.get("error", ""))
        errors = [{"user": users[0] if len(users) == 1 else "", "error": code}] if code else []
    for error in errors:
        if error.get("error") not in _ALREADY_THERE:
            yield NotInvited(str(error.get("user", "")), str(error.get("error", "")))


def _described(method: str, response: SlackResponse) -> Channel:
    return _channel(needed(method, response.get("channel"), dict))


def _channel(found: Mapping[str, Any]) -> Channel:
    return Channel(
        id=str(found.get("id", "")),
        name=str(found.get("name", "")),
        creator=str(found.get("creator", "")),
        created=float(found.get("created", 0)),
        is_archived=bool(found.get("is_archived")),
        is_private=bool(found.get("is_private")),
        is_member=bool(found.get("is_member")),
        is_ext_shared=bool(found.get("is_ext_shared")),
    )
