"""Text as a font can show it: nothing that was written disappears without a trace, and nothing moves other text.

A symbol that the font lacks is named, as in "[rocket]"; any other character that it lacks is shown as U+FFFD.
What has no shape of its own (controls, marks of direction, private characters) is left out.
"""

import unicodedata
from collections.abc import Container

LACKING = "\ufffd"
_SYMBOLS = frozenset({"So", "Sk"})
_SHAPELESS = frozenset({"Cc", "Cf", "Cn", "Co"})
_ENDS_OF_LINES = frozenset({"Zl", "Zp"})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_VARIATIONS = range(0xFE00, 0xFE10)


def shown(text: str, known: Container[int]) -> str:
    """``text`` in characters that a font with the code points ``known`` can show."""
    whole = text.encode(errors="replace").decode()  # half a surrogate pair is no character
    return "".join(_shown(one, known) for one in unicodedata.normalize("NFC", whole))


def is_right_to_left(text: str) -> bool:
    """Whether some of it is written from right to left, so that it has to be ordered and joined."""
    return any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)


def _shown(one: str, known: Container[int]) -> str:
    kind = unicodedata.category(one)
    if one == "\n" or kind in _ENDS_OF_LINES:
        return "\n"
    if one.isspace():
        return " "
    if kind in _SHAPELESS or ord(one) in _VARIATIONS:
        return ""
    if ord(one) in known:
        return one
    return f"[{unicodedata.name(one, 'symbol').lower()}]" if kind in _SYMBOLS else LACKING
