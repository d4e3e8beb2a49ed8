"""Choices, numbers, yes or no, and dates."""

import re
from datetime import date

from bot.taskforce.family import FormField
from bot.taskforce.notations import Malformed

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def parse_option(field: FormField, raw: object) -> str:
    """Exactly one option id. Raises ``Malformed``."""
    if isinstance(raw, str) and raw in _option_ids(field):
        return raw
    raise Malformed(f"Choose one of: {_labels(field)}.")


def parse_options(field: FormField, raw: object) -> tuple[str, ...]:
    """Different option ids, ``min`` to ``max`` of them, in the order given. Raises ``Malformed``."""
    known = _option_ids(field)
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) and one in known for one in raw):
        raise Malformed(f"Choose from: {_labels(field)}.")
    chosen = tuple(str(one) for one in raw)
    if len(set(chosen)) < len(chosen):
        raise Malformed("Choose each once.")
    refuse_count(field, len(chosen), "option", "options")
    return chosen


def parse_number(field: FormField, raw: object) -> int:
    """A whole number between ``min`` and ``max``, which every number field has. Raises ``Malformed``."""
    lowest, highest = field.min or 0, field.max or 0
    if not isinstance(raw, int) or isinstance(raw, bool) or not lowest <= raw <= highest:
        raise Malformed(f"Give a whole number between {lowest:,} and {highest:,}.")
    return raw


def parse_boolean(raw: object) -> bool:
    """True or false, shown as Yes and No. Raises ``Malformed``."""
    if not isinstance(raw, bool):
        raise Malformed("Choose Yes or No.")
    return raw


def parse_date(raw: object) -> str:
    """A calendar date as YYYY-MM-DD. Raises ``Malformed``."""
    if isinstance(raw, str) and _DATE.fullmatch(raw.strip()):
        try:
            return date.fromisoformat(raw.strip()).isoformat()
        except ValueError as fault:
            raise Malformed("There is no such day; give a date as YYYY-MM-DD.") from fault
    raise Malformed("Give a date as YYYY-MM-DD.")


def refuse_count(field: FormField, count: int, one: str, many: str) -> None:
    """Raise ``Malformed`` when there are fewer than ``min`` or more than ``max``."""
    if field.min is not None and count < field.min:
        raise Malformed(f"Give at least {field.min} {one if field.min == 1 else many}.")
    if field.max is not None and count > field.max:
        raise Malformed(f"There are {count} {many}; {field.max} are allowed.")


def _option_ids(field: FormField) -> frozenset[str]:
    return frozenset(option.id for option in field.options or ())


def _labels(field: FormField) -> str:
    return ", ".join(option.label for option in field.options or ())
