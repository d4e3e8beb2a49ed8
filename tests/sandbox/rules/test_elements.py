"""Elements: where each may stand, and what makes one incoherent in itself."""

from typing import Any

import pytest

from bot.sandbox.rules.blocks import Surface, check_blocks
from tests.sandbox.rules.shapes import (
    ELEMENTS,
    Json,
    actions,
    entry,
    mrkdwn,
    option,
    plain,
    section,
    text_input,
)

SELECTS = (
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "timepicker",
)
MULTI_SELECTS = (
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
)
PLACES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(SELECTS, ("section", "actions", "input")),
    **dict.fromkeys(MULTI_SELECTS, ("section", "input")),
    "button": ("section", "actions"),
    "overflow": ("section", "actions"),
    "workflow_button": ("section", "actions"),
    "image": ("section", "context"),
    "feedback_buttons": ("context_actions",),
    "icon_button": ("context_actions",),
    "datetimepicker": ("actions", "input"),
    "plain_text_input": ("input",),
    "email_text_input": ("input",),
    "url_text_input": ("input",),
    "number_input": ("input",),
    "rich_text_input": ("input",),
    "file_input": ("input",),
}
"""Which blocks take an element: the table of docs.slack.dev/reference/block-kit/block-elements."""

SURFACES: dict[str, tuple[str, ...]] = {
    "workflow_button": ("message",),
    "feedback_buttons": ("message",),
    "icon_button": ("message",),
    "datetimepicker": ("message", "modal"),
    "rich_text_input": ("modal", "home"),
    "email_text_input": ("modal",),
    "url_text_input": ("modal",),
    "number_input": ("modal",),
    "file_input": ("modal",),
}
"""Which surfaces take an element, where not all do: the same table."""


def _in_block(kind: str, element: Json) -> Json:
    return {
        "section": section(accessory=element),
        "actions": actions(element),
        "input": entry(element),
        "context": {"type": "context", "elements": [element]},
        "context_actions": {"type": "context_actions", "elements": [element]},
    }[kind]


@pytest.mark.parametrize("block", ["section", "actions", "input", "context", "context_actions"])
@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_stands_just_where_slack_documents_it(name: str, surface: Surface, block: str) -> None:
    at_home = surface in SURFACES.get(name, (surface,)) and block in PLACES[name]
    fits_surface = block != "context_actions" or surface == "message"

    lines = check_blocks([_in_block(block, ELEMENTS[name])], surface)

    assert (lines == []) == (at_home and fits_surface), lines


def test_the_refusal_of_a_surface_says_which_element_and_where() -> None:
    assert check_blocks([entry(ELEMENTS["file_input"])], "home") == [
        "[ERROR] element `file_input` is not available on a home [json-pointer:/blocks/0/element/type]"
    ]


def _select(**more: Any) -> Json:
    return {"type": "static_select", **more}


def _number(**more: Any) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


INCOHERENT: dict[str, tuple[Json, str, str]] = {
    "no options at all": (_select(), "must define either `options` or `option_groups`", ""),
    "options and groups": (
        _select(options=[option()], option_groups=[{"label": plain(), "options": [option("two")]}]),
        "must define either `options` or `option_groups`",
        "",
    ),
    "an empty list of options": (_select(options=[]), "no less than 1 items allowed", "/options"),
    "an option twice": (
        _select(options=[option(), {**option(), "text": plain("other")}]),
        "option value `one` must be unique within the element",
        "",
    ),
    "an option twice in two groups": (
        _select(option_groups=[{"label": plain(), "options": [option()]}] * 2),
        "option value `one` must be unique within the element",
        "",
    ),
    "an option without value": (
        _select(options=[{"text": plain()}]),
        "missing required field: value",
        "/options/0",
    ),
    "an option with an empty value": (
        _select(options=[{"text": plain(), "value": ""}]),
        "must be more than 0 characters",
        "/options/0/value",
    ),
    "an option in mrkdwn in a menu": (
        _select(options=[{"text": mrkdwn(), "value": "one"}]),
        "unsupported type: mrkdwn",
        "/options/0/text/type",
    ),
    "an option with a link in a menu": (
        _select(options=[option(url="https://a.example/")]),
        "invalid additional property: url",
        "/options/0",
    ),
    "an initial option that is not offered": (
        _select(options=[option()], initial_option=option("two")),
        "must match one of the options exactly",
        "/initial_option",
    ),
    "an initial option with another label": (
        _select(options=[option()], initial_option={**option(), "text": plain("other")}),
        "must match one of the options exactly",
        "/initial_option",
    ),
    "initial options of which one is not offered": (
        {"type": "checkboxes", "options": [option()], "initial_options": [option(), option("two")]},
        "must match one of the options exactly",
        "/initial_options/1",
    ),
    "an empty list of initial options": (
        {"type": "checkboxes", "options": [option()], "initial_options": []},
        "no less than 1 items allowed",
        "/initial_options",
    ),
    "an initial option twice": (
        {"type": "checkboxes", "options": [option()], "initial_options": [option(), option()]},
        "items must be unique",
        "/initial_options",
    ),
    "more chosen than may be": (
        {"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 1},
        "no more than `max_selected_items` items allowed",
        "/initial_users",
    ),
    "a name for a user": (
        {"type": "users_select", "initial_user": "@someone"},
        "must be a valid user id",
        "/initial_user",
    ),
    "a filter that filters nothing": (
        {"type": "conversations_select", "filter": {}},
        "must define at least one of `include`, `exclude_external_shared_channels`, `exclude_bot_users`",
        "/filter",
    ),
    "a day that does not exist": (
        {"type": "datepicker", "initial_date": "2026-02-30"},
        "must be a date in the format YYYY-MM-DD",
        "/initial_date",
    ),
    "a day in short": (
        {"type": "datepicker", "initial_date": "20260228"},
        "must be a date in the format YYYY-MM-DD",
        "/initial_date",
    ),
    "an hour that does not exist": (
        {"type": "timepicker", "initial_time": "24:00"},
        "must be a time in the format HH:mm",
        "/initial_time",
    ),
    "a time zone that does not exist": (
        {"type": "timepicker", "timezone": "Mars/Olympus"},
        "must be a valid IANA time zone",
        "/timezone",
    ),
    "a moment in words": (
        {"type": "datetimepicker", "initial_date_time": "1628633820"},
        "must provide an integer",
        "/initial_date_time",
    ),
    "a moment that is a boolean": (
        {"type": "datetimepicker", "initial_date_time": True},
        "must provide an integer",
        "/initial_date_time",
    ),
    "lengths the wrong way round": (
        text_input(min_length=10, max_length=5),
        "must not be greater than `max_length`",
        "/min_length",
    ),
    "an initial value beyond the length allowed": (
        text_input(initial_value="x" * 6, max_length=5),
        "must be less than 6 characters",
        "/initial_value",
    ),
    "a number that is a number": (
        _number(min_value=1),
        "must provide a string",
        "/min_value",
    ),
    "a number in words": (_number(min_value="one"), "must be a number in a string", "/min_value"),
    "a number input that does not say whether decimals are fine": (
        {"type": "number_input"},
        "missing required field: is_decimal_allowed",
        "",
    ),
    "a decimal where none are allowed": (
        _number(max_value="1.5"),
        "decimal numbers are not allowed",
        "/max_value",
    ),
    "numbers the wrong way round": (
        _number(min_value="10", max_value="9"),
        "must not be greater than `max_value`",
        "/min_value",
    ),
    "an initial number below the least": (
        _number(min_value="0", initial_value="-1"),
        "must lie between `min_value` and `max_value`",
        "/initial_value",
    ),
    "an initial number above the most": (
        _number(max_value="0", initial_value="1"),
        "must lie between `min_value` and `max_value`",
        "/initial_value",
    ),
    "an unknown reason to dispatch": (
        text_input(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "must be a valid enum value",
        "/dispatch_action_config/trigger_actions_on/0",
    ),
    "a placeholder in mrkdwn": (
        text_input(placeholder=mrkdwn()),
        "unsupported type: mrkdwn",
        "/placeholder/type",
    ),
    "a confirmation on a text input": (
        text_input(confirm={}),
        "invalid additional property: confirm",
        "",
    ),
    "a placeholder on checkboxes": (
        {"type": "checkboxes", "options": [option()], "placeholder": plain()},
        "invalid additional property: placeholder",
        "",
    ),
}


@pytest.mark.parametrize("name", INCOHERENT)
def test_an_incoherent_element_is_refused_where_it_is_wrong(name: str) -> None:
    element, words, at = INCOHERENT[name]

    lines = check_blocks([entry(element)], "modal")

    assert lines == [f"[ERROR] {words} [json-pointer:/blocks/0/element{at}]"]


@pytest.mark.parametrize("missing", ["title", "text", "confirm", "deny"])
def test_a_confirmation_is_whole(missing: str) -> None:
    whole: Json = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
    button = {**ELEMENTS["button"], "confirm": {key: whole[key] for key in whole if key != missing}}

    assert check_blocks([actions(button)], "message") == [
        f"[ERROR] missing required field: {missing} [json-pointer:/blocks/0/elements/0/confirm]"
    ]


def test_a_button_has_one_of_two_styles_or_none() -> None:
    button = {**ELEMENTS["button"], "style": "default"}

    assert check_blocks([actions(button)], "message") == [
        "[ERROR] must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"
    ]


def test_an_overflow_menu_may_link_where_a_select_may_not() -> None:
    menu = {"type": "overflow", "options": [option(url="https://a.example/")]}

    assert check_blocks([actions(menu)], "message") == []
