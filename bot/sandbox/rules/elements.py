"""Block Kit's elements: what each may contain, in which blocks and on which surfaces it may stand.

Source: docs.slack.dev/reference/block-kit/block-elements (its table of surfaces and block types), checked
against slack_sdk 3.47 and @slack/types 3.2; where they differ, the stricter.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from bot.sandbox.rules.choices import (
    LINK_OPTION,
    MOST_SELECTED,
    PLAIN_OPTION,
    RICH_OPTION,
    menu,
    offering,
    selected_within_limit,
)
from bot.sandbox.rules.objects import (
    CHANNEL_ID,
    CONFIRMATION,
    CONVERSATION_FILTER,
    CONVERSATION_ID,
    DISPATCH,
    IMAGE_SOURCE,
    USER_ID,
    WORKFLOW,
    exactly_one,
    plain,
    url,
)
from bot.sandbox.rules.problem import child, problem
from bot.sandbox.rules.rich_text import RICH_TEXT
from bot.sandbox.rules.schema import Choice, Fields, Flag, Items, Record, Rule, String, Whole, typed

NUMBER = r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)"
TIME_OF_DAY = r"([01][0-9]|2[0-3]):[0-5][0-9]"
TEN_DIGITS = (1_000_000_000, 9_999_999_999)
TYPED_LENGTH = 3000

_ACTION: dict[str, Rule] = {"action_id": String(255)}
_CONFIRM: dict[str, Rule] = {"confirm": CONFIRMATION}
_FOCUS: dict[str, Rule] = {"focus_on_load": Flag()}
_PLACEHOLDER: dict[str, Rule] = {"placeholder": plain(150)}
_PICK = _ACTION | _CONFIRM | _FOCUS
_SELECT = _PICK | _PLACEHOLDER
_SEVERAL = _SELECT | {"max_selected_items": MOST_SELECTED}
_TYPED = _ACTION | _FOCUS | _PLACEHOLDER | {"dispatch_action_config": DISPATCH}
_BUTTON: dict[str, Rule] = {
    "style": Choice("primary", "danger"),
    "accessibility_label": String(75),
}
_CONVERSATIONS: dict[str, Rule] = {
    "default_to_current_conversation": Flag(),
    "filter": CONVERSATION_FILTER,
}
_RESPONSE_URL: dict[str, Rule] = {"response_url_enabled": Flag()}
_MIN_QUERY: dict[str, Rule] = {"min_query_length": Whole(0, TYPED_LENGTH)}


class Day:
    """A calendar day written ``YYYY-MM-DD``."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, str) or not is_day(value):
            yield problem("must be a date in the format YYYY-MM-DD", at)


def is_day(text: str) -> bool:
    """Whether `text` is a day that exists, written ``YYYY-MM-DD``."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    """The zones that this machine knows; finding them walks the disk, so it is done once."""
    return frozenset(available_timezones())


class ZoneName:
    """The name of an IANA time zone, such as ``Europe/Vienna``."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, str) or value not in _zones():
            yield problem("must be a valid IANA time zone", at)


def _lengths_agree(element: Record, at: str) -> Iterator[str]:
    most = element.get("max_length", TYPED_LENGTH)
    if element.get("min_length", 0) > most:
        yield problem("must not be greater than `max_length`", child(at, "min_length"))
    if len(element.get("initial_value", "")) > most:
        yield problem(f"must be less than {most + 1} characters", child(at, "initial_value"))


def _numbers_agree(element: Record, at: str) -> Iterator[str]:
    names = [name for name in ("min_value", "max_value", "initial_value") if name in element]
    if not element["is_decimal_allowed"]:
        fractions = [name for name in names if "." in element[name]]
        yield from (problem("decimal numbers are not allowed", child(at, name)) for name in fractions)
    numbers = {name: Decimal(element[name]) for name in names}
    least = numbers.get("min_value", Decimal("-Infinity"))
    most = numbers.get("max_value", Decimal("Infinity"))
    if least > most:
        yield problem("must not be greater than `max_value`", child(at, "min_value"))
    if "initial_value" in numbers and not least <= numbers["initial_value"] <= most:
        yield problem("must lie between `min_value` and `max_value`", child(at, "initial_value"))


def _number() -> String:
    return String(100, pattern=NUMBER, wanted="must be a number in a string")


_FEEDBACK = Fields({"text": plain(75), "value": String(2000)}, {"accessibility_label": String(75)})
_USER = String(pattern=USER_ID, wanted="must be a valid user id")
_CHANNEL = String(pattern=CHANNEL_ID, wanted="must be a valid channel id")
_CONVERSATION = String(pattern=CONVERSATION_ID, wanted="must be a valid conversation id")

BUTTON: Rule = typed(
    "button",
    {"text": plain(75)},
    _ACTION | _CONFIRM | _BUTTON | {"value": String(2000, shortest=0), "url": url()},
)
IMAGE: Rule = typed(
    "image", {"alt_text": String(2000)}, IMAGE_SOURCE, *exactly_one("image_url", "slack_file")
)

ELEMENTS: Mapping[str, Rule] = {
    "button": BUTTON,
    "image": IMAGE,
    "workflow_button": typed(
        "workflow_button", {"text": plain(75), "workflow": WORKFLOW}, _ACTION | _CONFIRM | _BUTTON
    ),
    "feedback_buttons": typed(
        "feedback_buttons", {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION
    ),
    "icon_button": typed(
        "icon_button",
        {"icon": Choice("trash"), "text": plain(75)},
        _ACTION
        | _CONFIRM
        | {
            "value": String(2000, shortest=0),
            "accessibility_label": String(75),
            "visible_to_user_ids": Items(_USER, 10),
        },
    ),
    "overflow": offering("overflow", LINK_OPTION, 5, _ACTION | _CONFIRM, {}),
    "checkboxes": offering("checkboxes", RICH_OPTION, 10, _PICK, {"initial_options": Items(RICH_OPTION, 10)}),
    "radio_buttons": offering("radio_buttons", RICH_OPTION, 10, _PICK, {"initial_option": RICH_OPTION}),
    "static_select": menu("static_select", _SELECT, {"initial_option": PLAIN_OPTION}),
    "multi_static_select": menu(
        "multi_static_select", _SEVERAL, {"initial_options": Items(PLAIN_OPTION, 100)}
    ),
    "external_select": typed("external_select", {}, _SELECT | _MIN_QUERY | {"initial_option": PLAIN_OPTION}),
    "multi_external_select": typed(
        "multi_external_select",
        {},
        _SEVERAL | _MIN_QUERY | {"initial_options": Items(PLAIN_OPTION, 100)},
        selected_within_limit("initial_options"),
    ),
    "users_select": typed("users_select", {}, _SELECT | {"initial_user": _USER}),
    "multi_users_select": typed(
        "multi_users_select",
        {},
        _SEVERAL | {"initial_users": Items(_USER)},
        selected_within_limit("initial_users"),
    ),
    "conversations_select": typed(
        "conversations_select",
        {},
        _SELECT | _CONVERSATIONS | _RESPONSE_URL | {"initial_conversation": _CONVERSATION},
    ),
    "multi_conversations_select": typed(
        "multi_conversations_select",
        {},
        _SEVERAL | _CONVERSATIONS | {"initial_conversations": Items(_CONVERSATION)},
        selected_within_limit("initial_conversations"),
    ),
    "channels_select": typed("channels_select", {}, _SELECT | _RESPONSE_URL | {"initial_channel": _CHANNEL}),
    "multi_channels_select": typed(
        "multi_channels_select",
        {},
        _SEVERAL | {"initial_channels": Items(_CHANNEL)},
        selected_within_limit("initial_channels"),
    ),
    "datepicker": typed("datepicker", {}, _SELECT | {"initial_date": Day()}),
    "timepicker": typed(
        "timepicker",
        {},
        _SELECT
        | {
            "initial_time": String(pattern=TIME_OF_DAY, wanted="must be a time in the format HH:mm"),
            "timezone": ZoneName(),
        },
    ),
    "datetimepicker": typed("datetimepicker", {}, _PICK | {"initial_date_time": Whole(*TEN_DIGITS)}),
    "plain_text_input": typed(
        "plain_text_input",
        {},
        _TYPED
        | {
            "initial_value": String(TYPED_LENGTH, shortest=0),
            "multiline": Flag(),
            "min_length": Whole(0, TYPED_LENGTH),
            "max_length": Whole(1, TYPED_LENGTH),
        },
        _lengths_agree,
    ),
    "email_text_input": typed("email_text_input", {}, _TYPED | {"initial_value": String(TYPED_LENGTH)}),
    "url_text_input": typed("url_text_input", {}, _TYPED | {"initial_value": String(TYPED_LENGTH)}),
    "number_input": typed(
        "number_input",
        {"is_decimal_allowed": Flag()},
        _TYPED | {"initial_value": _number(), "min_value": _number(), "max_value": _number()},
        _numbers_agree,
    ),
    "rich_text_input": typed("rich_text_input", {}, _TYPED | {"initial_value": RICH_TEXT}),
    "file_input": typed(
        "file_input", {}, _ACTION | {"filetypes": Items(String(50)), "max_files": Whole(1, 10)}
    ),
}

_SELECTS = [
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "timepicker",
]
_MULTI_SELECTS = [
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
]
_INPUTS = [
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
]

SECTION_ACCESSORIES = ("button", "image", "overflow", "workflow_button", *_SELECTS, *_MULTI_SELECTS)
ACTIONS_ELEMENTS = ("button", "overflow", "workflow_button", "datetimepicker", *_SELECTS)
INPUT_ELEMENTS = ("datetimepicker", *_SELECTS, *_MULTI_SELECTS, *_INPUTS)
CONTEXT_ACTIONS_ELEMENTS = ("feedback_buttons", "icon_button")

SURFACES_OF: Mapping[str, tuple[str, ...]] = {
    "datetimepicker": ("modal", "message"),
    "email_text_input": ("modal",),
    "file_input": ("modal",),
    "number_input": ("modal",),
    "url_text_input": ("modal",),
    "rich_text_input": ("modal", "home"),
    "workflow_button": ("message",),
}
"""Surfaces of the elements that may not stand on every surface."""
