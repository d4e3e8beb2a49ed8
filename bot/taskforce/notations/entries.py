"""Lists typed into one field: entries, and the separators between them."""

import re
from collections.abc import Hashable, Iterable

from bot.taskforce.notations import Malformed

# A line break next to a comma or semicolon is one separator with it: people type both.
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*|\n\s*)", re.ASCII)
_NEST = "Parentheses must be closed and must not be inside one another."


def split_outside_parentheses(text: str) -> tuple[str, ...]:
    """The entries of ``text``, separated by comma, semicolon or line break outside parentheses.

    Raises ``Malformed`` for an empty entry and for parentheses that nest or stay open.
    """
    masked = _mask(text)
    entries: list[str] = []
    start = 0
    for separator in _SEPARATOR.finditer(masked):
        entries.append(text[start : separator.start()])
        start = separator.end()
    entries.append(text[start:])
    return _without_blanks(entries)


def split_at_commas(text: str) -> tuple[str, ...]:
    """The entries of ``text``, separated by comma. Raises ``Malformed`` for an empty entry."""
    return _without_blanks(text.split(","))


def refuse_repeats(entries: Iterable[Hashable]) -> None:
    """Raise ``Malformed`` if two entries mean the same."""
    seen: dict[Hashable, int] = {}
    for number, entry in enumerate(entries, start=1):
        if entry in seen:
            raise Malformed(f"Entry {number} repeats entry {seen[entry]}; give each once.")
        seen[entry] = number


def _mask(text: str) -> str:
    """``text`` with everything inside parentheses blotted out, same length."""
    inside = False
    masked: list[str] = []
    for letter in text:
        if (letter == "(" and inside) or (letter == ")" and not inside):
            raise Malformed(_NEST)
        if letter in "()":
            inside = letter == "("
        masked.append("x" if inside else letter)
    if inside:
        raise Malformed(_NEST)
    return "".join(masked)


def _without_blanks(entries: Iterable[str]) -> tuple[str, ...]:
    trimmed = tuple(entry.strip() for entry in entries)
    for number, entry in enumerate(trimmed, start=1):
        if not entry:
            raise Malformed(f"Entry {number} is empty; remove the separator or fill it in.")
    return trimmed
