"""Everything that is stored about one person: every row in which their Slack user id stands."""

import json
import re
from typing import Any

from bot.errors import BotError
from bot.taskforce.entry_names import USER_ID
from storage import Unit
from storage.portable import Wanted

_USER = re.compile(USER_ID)
_MENTION = re.compile(r"<@([^|>]+)(?:\|[^>]*)?>")
# They belong to the chain and say nothing of anybody; without them nobody can try out what is erased later.
_OF_THE_LOG = frozenset({"salt", "name_salt"})


def user_named(written: str) -> str:
    """The Slack user id that ``written`` is: bare, with an @, or as a mention. Raises ``BotError`` for anything else."""
    mentioned = _MENTION.fullmatch(written)
    user = mentioned[1] if mentioned else written.removeprefix("@")
    if not _USER.fullmatch(user):
        raise BotError(
            f"{written} is no Slack user id; one looks like U01ABC2DEF (in Slack: profile, Copy member ID)."
        )
    return user


def about(unit: Unit, user: str) -> dict[str, list[dict[str, Any]]]:
    """The rows by table, in their order; tables without any are left out. Reads everything that is stored."""
    named = re.compile(rf"(?<![A-Z0-9_]){re.escape(user)}(?![A-Z0-9_])")
    found = {
        name: [
            {column: value for column, value in row.items() if column not in _OF_THE_LOG}
            for row in unit.portable.rows(name, Wanted())
            if named.search(json.dumps(row, ensure_ascii=False))
        ]
        for name in unit.portable.tables(Wanted())
    }
    return {name: rows for name, rows in found.items() if rows}
