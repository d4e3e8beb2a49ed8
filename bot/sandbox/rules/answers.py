"""Why Slack's client would not accept an answer: required, too short, no number, not on offer."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bot.sandbox.rules.choices import options_of
from bot.sandbox.rules.elements import NUMBER, TEN_DIGITS, TIME_OF_DAY, TYPED_LENGTH, is_day
from bot.sandbox.rules.objects import CHANNEL_ID, CONVERSATION_ID, USER_ID
from bot.sandbox.rules.placement import Placed
from bot.sandbox.rules.schema import kind_of

Element = Mapping[str, Any]

REQUIRED = "Please complete this required field."
_EMAIL = r"[^@\s<>]+@[^@\s<>.]+(\.[^@\s<>.]+)+"
_URL = r"https?://[^\s/?#]+\S*"


def refusal(place: Placed, held: Any) -> str | None:
    """Words for why the client refuses what an element holds (see `entered.answer`), or None.

    Only the element of an input block that is not ``optional`` has to be filled.
    """
    if held is None or held == []:
        required = place.in_input and place.block.get("optional") is not True
        return REQUIRED if required else None
    check = _CHECKS.get(kind_of(place.element))
    return check(place.element, held) if check is not None else None


def _text(element: Element, held: Any) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", TYPED_LENGTH)
    if not isinstance(held, str):
        return "Please enter text."
    if "\n" in held and element.get("multiline") is not True:
        return "Please enter a single line."
    if len(held) < least:
        return f"Please enter at least {least} characters."
    if len(held) > most:
        return f"Please enter no more than {most} characters."
    return None


def _number(element: Element, held: Any) -> str | None:
    text = str(held)
    if isinstance(held, bool) or not re.fullmatch(NUMBER, text) or len(text) > TYPED_LENGTH:
        return "Please enter a number."
    if "." in text and not element.get("is_decimal_allowed"):
        return "Please enter a whole number."
    number = Decimal(text)
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter {element['min_value']} or more."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter {element['max_value']} or less."
    return None


def _matching(pattern: str, words: str) -> Callable[[Element, Any], str | None]:
    def check(_element: Element, held: Any) -> str | None:
        good = isinstance(held, str) and len(held) <= TYPED_LENGTH and re.fullmatch(pattern, held)
        return None if good else words

    return check


def _day(_element: Element, held: Any) -> str | None:
    return None if isinstance(held, str) and is_day(held) else "Please choose a date."


def _moment(_element: Element, held: Any) -> str | None:
    least, most = TEN_DIGITS
    whole = isinstance(held, int) and not isinstance(held, bool)
    return None if whole and least <= held <= most else "Please choose a date and a time."


def _offered(element: Element, held: Any) -> str | None:
    return None if held in options_of(element) else "Please choose one of the options."


def _each(
    one: Callable[[Element, Any], str | None],
) -> Callable[[Element, Any], str | None]:
    def check(element: Element, held: Any) -> str | None:
        most = element.get("max_selected_items", len(held))
        if len(held) > most:
            return f"Please choose no more than {most}."
        if any(item in held[:number] for number, item in enumerate(held)):
            return "Please choose each only once."
        return next((words for item in held if (words := one(element, item)) is not None), None)

    return check


def _loaded(_element: Element, held: Any) -> str | None:
    """An option that the app offered from outside: its shape is all that can be known here."""
    good = isinstance(held, Mapping) and isinstance(held.get("value"), str) and "text" in held
    return None if good else "Please choose one of the options."


def _files(element: Element, held: Any) -> str | None:
    most = element.get("max_files", 10)
    return f"Please choose no more than {most} files." if len(held) > most else None


def _rich_text(_element: Element, held: Any) -> str | None:
    good = isinstance(held, Mapping) and held.get("type") == "rich_text"
    return None if good else "Please enter text."


_USER = _matching(USER_ID, "Please choose a person.")
_CONVERSATION = _matching(CONVERSATION_ID, "Please choose a conversation.")
_CHANNEL = _matching(CHANNEL_ID, "Please choose a channel.")

_CHECKS: Mapping[str, Callable[[Element, Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _matching(_EMAIL, "Please enter an e-mail address."),
    "url_text_input": _matching(_URL, "Please enter a URL."),
    "rich_text_input": _rich_text,
    "static_select": _offered,
    "radio_buttons": _offered,
    "multi_static_select": _each(_offered),
    "checkboxes": _each(_offered),
    "external_select": _loaded,
    "multi_external_select": _each(_loaded),
    "users_select": _USER,
    "multi_users_select": _each(_USER),
    "conversations_select": _CONVERSATION,
    "multi_conversations_select": _each(_CONVERSATION),
    "channels_select": _CHANNEL,
    "multi_channels_select": _each(_CHANNEL),
    "datepicker": _day,
    "timepicker": _matching(TIME_OF_DAY, "Please choose a time."),
    "datetimepicker": _moment,
    "file_input": _files,
}
