"""What a person put into the inputs of a view, whichever way the caller writes it down.

For each element a caller gives either the plain thing (the text typed, the value of the option chosen, a list of
such, an id, a date) or the object that Slack's ``state.values`` has for that type of element.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.rules.choices import options_of
from bot.sandbox.rules.schema import is_list, kind_of


@dataclass(frozen=True)
class Slot:
    """Under which key ``state.values`` holds what an element says, whether as a list, and where it starts."""

    key: str
    initial: str | None
    several: bool = False
    options: bool = False


SLOTS: Mapping[str, Slot] = {
    "plain_text_input": Slot("value", "initial_value"),
    "email_text_input": Slot("value", "initial_value"),
    "url_text_input": Slot("value", "initial_value"),
    "number_input": Slot("value", "initial_value"),
    "rich_text_input": Slot("rich_text_value", "initial_value"),
    "static_select": Slot("selected_option", "initial_option", options=True),
    "external_select": Slot("selected_option", "initial_option", options=True),
    "radio_buttons": Slot("selected_option", "initial_option", options=True),
    "multi_static_select": Slot("selected_options", "initial_options", several=True, options=True),
    "multi_external_select": Slot("selected_options", "initial_options", several=True, options=True),
    "checkboxes": Slot("selected_options", "initial_options", several=True, options=True),
    "users_select": Slot("selected_user", "initial_user"),
    "multi_users_select": Slot("selected_users", "initial_users", several=True),
    "conversations_select": Slot("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Slot("selected_conversations", "initial_conversations", several=True),
    "channels_select": Slot("selected_channel", "initial_channel"),
    "multi_channels_select": Slot("selected_channels", "initial_channels", several=True),
    "datepicker": Slot("selected_date", "initial_date"),
    "timepicker": Slot("selected_time", "initial_time"),
    "datetimepicker": Slot("selected_date_time", "initial_date_time"),
    "file_input": Slot("files", None, several=True),
}
"""Per type of element. Buttons, overflow menus and images hold no state.

Source: docs.slack.dev/reference/interaction-payloads/view-interactions-payload and slack_sdk 3.47's examples.
"""


def answer(element: Mapping[str, Any], given: object) -> object:
    """What ``state.values`` holds for `element` when the person left it as `given`.

    Options come back as the full option objects of the view. An option that the element does not offer comes
    back as it was given, for `inputs.check_submission` to refuse. Nothing chosen is None, or an empty list.
    """
    slot = SLOTS[kind_of(element)]
    if isinstance(given, Mapping) and slot.key in given:
        given = given[slot.key]
    if slot.several:
        listed = given if is_list(given) else [] if given in (None, "") else [given]
        return [_option(element, item) for item in listed] if slot.options else [*listed]
    if given in (None, ""):
        return None
    if element["type"] == "number_input" and isinstance(given, int | float):
        return str(given)
    return _option(element, given) if slot.options else given


def initial(element: Mapping[str, Any]) -> object:
    """What ``state.values`` holds for `element` while the person has not touched it."""
    slot = SLOTS[kind_of(element)]
    return answer(element, element.get(slot.initial) if slot.initial else None)


def _option(element: Mapping[str, Any], given: object) -> object:
    value = given.get("value") if isinstance(given, Mapping) else given
    for option in options_of(element):
        if option["value"] == value:
            return option
    if "external" in kind_of(element) and isinstance(given, str):
        return {"text": {"type": "plain_text", "text": given, "emoji": True}, "value": given}
    return given
