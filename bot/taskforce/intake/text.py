"""Plain text: one line or several, and ticket numbers."""

import re
import unicodedata

from bot.taskforce.family import FieldType, FormField
from bot.taskforce.notations import Malformed

NO_TICKET = "none yet"
# Control characters, lone surrogates, and the separators that start a new line in some readers.
_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})


def parse_text(field: FormField, raw: str) -> str:
    """The text without surrounding space; raises ``Malformed`` for length, controls or pattern."""
    text = raw.strip()
    if field.type is FieldType.MULTILINE:
        text = text.replace("\r\n", "\n")
    _refuse_controls(text, lines=field.type is FieldType.MULTILINE)
    _refuse_length(field, text)
    if field.pattern is not None and not re.fullmatch(field.pattern, text):
        raise Malformed(_pattern_message(field))
    return text


def parse_ticket(field: FormField, raw: str) -> str:
    """A ticket number by the field's pattern, or ``none yet`` in any case. Raises ``Malformed``."""
    text = raw.strip()
    if text.casefold() == NO_TICKET:
        return NO_TICKET
    if not re.fullmatch(field.pattern or r"\S{1,40}", text):
        raise Malformed(f"Give one ticket number{_example(field)}, or '{NO_TICKET}'.")
    return text


def clean_line(raw: str) -> str:
    """Text for a parser of notations: trimmed, line breaks kept, controls refused with ``Malformed``."""
    text = raw.strip().replace("\r\n", "\n")
    _refuse_controls(text, lines=True)
    if not text:
        raise Malformed("Fill this in.")
    return text


def _refuse_controls(text: str, *, lines: bool) -> None:
    for letter in text:
        if unicodedata.category(letter) in _FORBIDDEN and not (lines and letter == "\n"):
            what = "control characters" if lines else "line breaks or control characters"
            raise Malformed(f"This takes no {what}.")


def _refuse_length(field: FormField, text: str) -> None:
    shortest, longest = max(field.min or 0, 1), field.max
    if len(text) < shortest:
        raise Malformed(f"Give at least {shortest} character{'s' if shortest > 1 else ''}.")
    if longest is not None and len(text) > longest:
        raise Malformed(f"This has {len(text)} characters; {longest} are allowed.")


def _pattern_message(field: FormField) -> str:
    if field.hint is not None:
        return f"This does not have the form that is asked for. {field.hint}"
    return f"This does not have the form that is asked for: {field.pattern}"


def _example(field: FormField) -> str:
    return f" of the form {field.pattern}" if field.pattern else ""
