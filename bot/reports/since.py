"""What became in Slack of a message after it was put into the log, where the log's words stay as they were."""

from collections.abc import Mapping
from enum import StrEnum
from html import unescape

from bot.reports.entries import LoggedEntry, body_of
from bot.taskforce.transcript import Message


class Became(StrEnum):
    """What became of it."""

    EDITED = "edited"
    DELETED = "deleted"


def since(entry: LoggedEntry, messages: Mapping[str, Message]) -> Became | None:
    """What became of the message, or None when nothing is known; ``messages`` by their ``ts``.

    An edit tells by its words: one from before the message was logged, or one that was taken back, is none.
    """
    body = body_of(entry)
    message = messages.get(body.text("ts"))
    if message is None:
        return None
    if message.deleted:
        return Became.DELETED
    changed = _words(message.text) != _words(body.text("text"))
    return Became.EDITED if message.edited_at and changed else None


def _words(text: str) -> list[str]:
    return unescape(text).split()
