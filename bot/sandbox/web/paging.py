"""Cursor paging, as Slack's list methods do it.

Facts: https://docs.slack.dev/apis/web-api/pagination.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call

Item = TypeVar("Item")
_PREFIX = "next:"


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Part of a list, and the cursor of the next part (empty at the end)."""

    items: Sequence[Item]
    next_cursor: str

    def metadata(self) -> JsonObject:
        """Return Slack's `response_metadata`."""
        return {"next_cursor": self.next_cursor}


def page(call: Call, items: Sequence[Item], *, default: int = 100, most: int = 1000) -> Page[Item]:
    """Cut out the page that `cursor` and `limit` ask for; raise `invalid_cursor` or `invalid_limit`."""
    limit = int(call.arguments.get("limit", default)) or default
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = _position(call.text("cursor"))
    end = start + limit
    return Page(items[start:end], _cursor(end) if end < len(items) else "")


def _cursor(position: int) -> str:
    return base64.b64encode(f"{_PREFIX}{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        decoded = base64.b64decode(cursor, validate=True).decode()
        return int(decoded.removeprefix(_PREFIX))
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise SlackError("invalid_cursor") from error
