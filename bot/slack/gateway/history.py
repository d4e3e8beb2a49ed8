"""Reading back what was written in a channel, a page at a time. The bot has to be a member.

Slack gives at most 999 messages a page and advises 200. The channel is read backwards by time and not by
cursor: a time is still good after a restart, and means the same when something was deleted meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import PermanentFault
from bot.slack.gateway.call import Caller, needed
from bot.slack.gateway.messages import next_cursor

PAGE = 200


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Messages as Slack describes them. ``more`` are to come, of a thread behind ``cursor``.

    ``limited`` says that the workspace's plan hides older ones.
    """

    messages: tuple[Mapping[str, Any], ...]
    more: bool
    cursor: str = ""
    limited: bool = False


class History:
    """What was written in one workspace's channels."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def channel(self, channel: str, *, before: str = "", after: str = "") -> HistoryPage:
        """``conversations.history``: the newest messages between these moments, both left out; empty is no limit.

        Replies are not among them, unless they were sent to the channel too. Raises ``Paced`` when it is too early.
        """
        method = "conversations.history"
        response = self._caller.ask(
            method, channel=channel, latest=before or None, oldest=after or None, limit=PAGE
        )
        return HistoryPage(
            messages=tuple(needed(method, response.get("messages"), list)),
            more=bool(response.get("has_more")),
            limited=bool(response.get("is_limited")),
        )

    def message(self, channel: str, ts: str) -> Mapping[str, Any] | None:
        """``conversations.replies``: one message, a reply too; None when it is gone. Raises ``Paced`` when it is too early."""
        method = "conversations.replies"
        try:
            response = self._caller.ask(method, channel=channel, ts=ts, limit=1)
        except PermanentFault as fault:
            if fault.code == "thread_not_found":
                return None
            raise
        messages = needed(method, response.get("messages"), list)
        return next((found for found in messages if found.get("ts") == ts), None)

    def thread(self, channel: str, thread: str, *, cursor: str = "") -> HistoryPage:
        """``conversations.replies``: the next messages of a thread, the oldest first, with the one that it answers.

        Raises ``PermanentFault`` ``thread_not_found`` when that is gone, and ``Paced`` when it is too early.
        """
        method = "conversations.replies"
        response = self._caller.ask(method, channel=channel, ts=thread, cursor=cursor or None, limit=PAGE)
        following = next_cursor(response.get("response_metadata")) or ""
        messages = tuple(needed(method, response.get("messages"), list))
        return HistoryPage(messages=messages, more=bool(following), cursor=following)
