"""Trigger ids and response URLs: short-lived rights to answer one interaction.

Facts: https://docs.slack.dev/interactivity/handling-user-interaction (a trigger lives 3 s and
works once; a response URL works 5 times within 30 minutes).
"""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.errors import SlackError

TRIGGER_LIVES_FOR = 3.0
RESPONSE_URL_LIVES_FOR = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """The right to open one view for one person."""

    id: str
    user: str
    expires_at: float
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer one interaction in a channel; `message_ts` is the message acted on."""

    id: str
    user: str
    channel: str
    expires_at: float
    message_ts: str | None = None
    uses: int = 0

    def use(self) -> None:
        """Count one use; raise `expired_url` or `used_url` when none is left."""
        if time.monotonic() > self.expires_at:
            raise SlackError("expired_url")
        if self.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        self.uses += 1


class Triggers:
    """All triggers ever made; a used one is remembered to name the right error."""

    def __init__(self) -> None:
        self._triggers: dict[str, Trigger] = {}

    def new(self, user: str, view_id: str | None = None) -> Trigger:
        """Make a trigger for something this person just did, in a view or elsewhere."""
        trigger = Trigger(
            id=f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**13)}.{secrets.token_hex(16)}",
            user=user,
            expires_at=time.monotonic() + TRIGGER_LIVES_FOR,
            view_id=view_id,
        )
        self._triggers[trigger.id] = trigger
        return trigger

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger up; raise Slack's code when it is unknown, used, or older than 3 s."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires_at:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def restore(self, trigger: Trigger) -> None:
        """Give a trigger back after a call that was refused for another reason."""
        trigger.used = False


class ResponseUrls:
    """All response URLs, by id."""

    def __init__(self) -> None:
        self.urls: dict[str, ResponseUrl] = {}

    def new(self, user: str, channel: str, message_ts: str | None = None) -> ResponseUrl:
        """Make a response URL for something this person just did in this channel."""
        url = ResponseUrl(
            id=secrets.token_hex(12),
            user=user,
            channel=channel,
            expires_at=time.monotonic() + RESPONSE_URL_LIVES_FOR,
            message_ts=message_ts,
        )
        self.urls[url.id] = url
        return url


class Tickets:
    """Single-use rights to open one Socket Mode connection."""

    def __init__(self) -> None:
        self._unused: set[str] = set()

    def new(self) -> str:
        """Make a ticket."""
        ticket = secrets.token_hex(16)
        self._unused.add(ticket)
        return ticket

    def use(self, ticket: str) -> bool:
        """Use a ticket up; return whether it was good."""
        known = ticket in self._unused
        self._unused.discard(ticket)
        return known
