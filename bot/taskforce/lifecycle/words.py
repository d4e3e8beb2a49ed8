"""What people write, checked before it becomes part of a burst."""

import unicodedata

from bot.errors import Refused

TEXT_LIMIT = 3000


def checked(text: str, *, what: str, limit: int = TEXT_LIMIT, field: str = "text") -> str:
    """``text`` without blank ends, lines ended by a newline.

    Raises ``Refused`` when nothing is left, when it is longer than ``limit`` characters, or when it
    holds control characters other than newline and tab.
    """
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("empty", f"{what} needs some text.", field=field)
    if len(text) > limit:
        raise Refused(
            "too_long", f"{what} may have at most {limit:,} characters; this has {len(text):,}.", field=field
        )
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise Refused(
            "control_characters", f"{what} holds control characters; write it as plain text.", field=field
        )
    return text
