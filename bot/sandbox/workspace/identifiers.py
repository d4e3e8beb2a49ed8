"""Identifiers and message timestamps, in Slack's shapes."""

import secrets
import string
import time

from bot.sandbox.values import JsonObject

_DIGITS = string.digits + string.ascii_uppercase
_LENGTH = 8


class Identifiers:
    """Makes identifiers such as `C0S0000001`: a prefix, then eight characters of base 36."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, prefix: str) -> str:
        """Return an identifier that this workspace never returned before."""
        self._last += 1
        return f"{prefix}0S{_base36(self._last)}"


class Timestamps:
    """Makes message timestamps: seconds since 1970 and microseconds, always increasing."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> str:
        """Return a `ts` later than any before it, equal to real time unless the clock stands."""
        self._last = max(self._last + 1, int(time.time() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(_LENGTH, "0")


def with_ids(blocks: list[JsonObject]) -> list[JsonObject]:
    """Return the blocks as Slack stores them: with a random block_id and action_id where missing."""
    return [_with_id(_with_action_ids(block), "block_id") for block in blocks]


def _with_action_ids(block: JsonObject) -> JsonObject:
    named = dict(block)
    for slot in ("element", "accessory"):
        if slot in named and named[slot].get("type") != "image":
            named[slot] = _with_id(named[slot], "action_id")
    if block.get("type") == "actions":
        named["elements"] = [_with_id(element, "action_id") for element in block["elements"]]
    return named


def _with_id(part: JsonObject, name: str) -> JsonObject:
    return part if part.get(name) else {name: secrets.token_urlsafe(4)[:5], **part}
