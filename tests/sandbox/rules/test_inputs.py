"""The inputs of a modal: what the client refuses, and the state that it sends."""

from typing import Any

import pytest

from bot.sandbox.rules.inputs import check_submission, state_values
from tests.sandbox.rules.shapes import (
    ELEMENTS,
    Json,
    actions,
    button,
    entry,
    modal,
    option,
    options,
    rich_text,
    section,
    text_input,
)

REQUIRED = "Please complete this required field."


def _one(element: Json, **block: Any) -> Json:
    """A modal with this element as its only input, under block_id and action_id `it`."""
    return modal(entry({**element, "action_id": "it"}, "it", **block))


def _refusal(element: Json, given: object, **block: Any) -> str | None:
    return check_submission(_one(element, **block), {"it": {"it": given}}).get("it")


def _state(element: Json, given: object) -> dict[str, object]:
    return state_values(_one(element), {"it": {"it": given}})["it"]["it"]


def _untouched(element: Json) -> dict[str, object]:
    return state_values(_one(element), {})["it"]["it"]


ONE_AND_TWO = [option("one"), option("two", description={"type": "plain_text", "text": "more"})]
MENU: Json = {"type": "static_select", "options": ONE_AND_TWO}
BOXES: Json = {"type": "checkboxes", "options": ONE_AND_TWO}
GROUPS: Json = {
    "type": "multi_static_select",
    "option_groups": [{"label": ONE_AND_TWO[0]["text"], "options": ONE_AND_TWO}],
}
LOADED = option("elsewhere")
WRITTEN = rich_text()

EMPTY: dict[str, tuple[str, object]] = {
    "plain_text_input": ("value", None),
    "email_text_input": ("value", None),
    "url_text_input": ("value", None),
    "number_input": ("value", None),
    "rich_text_input": ("rich_text_value", None),
    "static_select": ("selected_option", None),
    "external_select": ("selected_option", None),
    "radio_buttons": ("selected_option", None),
    "multi_static_select": ("selected_options", []),
    "multi_external_select": ("selected_options", []),
    "checkboxes": ("selected_options", []),
    "users_select": ("selected_user", None),
    "multi_users_select": ("selected_users", []),
    "conversations_select": ("selected_conversation", None),
    "multi_conversations_select": ("selected_conversations", []),
    "channels_select": ("selected_channel", None),
    "multi_channels_select": ("selected_channels", []),
    "datepicker": ("selected_date", None),
    "timepicker": ("selected_time", None),
    "datetimepicker": ("selected_date_time", None),
    "file_input": ("files", []),
}


def _without_initial(element: Json) -> Json:
    return {name: value for name, value in element.items() if not name.startswith(("initial", "timezone"))}


@pytest.mark.parametrize("kind", EMPTY)
def test_an_untouched_input_is_sent_as_empty(kind: str) -> None:
    key, nothing = EMPTY[kind]

    assert _untouched(_without_initial(ELEMENTS[kind])) == {"type": kind, key: nothing}


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_input_is_refused_unless_it_is_optional(kind: str) -> None:
    element = _without_initial(ELEMENTS[kind])

    assert check_submission(_one(element), {}) == {"it": REQUIRED}
    assert check_submission(_one(element, optional=True), {}) == {}


@pytest.mark.parametrize(
    "kind", [kind for kind in EMPTY if _without_initial(ELEMENTS[kind]) != ELEMENTS[kind]]
)
def test_an_untouched_input_keeps_what_it_started_with(kind: str) -> None:
    (initial,) = (value for name, value in ELEMENTS[kind].items() if name.startswith("initial"))
    key, _ = EMPTY[kind]

    assert _untouched(ELEMENTS[kind])[key] == initial
    assert check_submission(_one(ELEMENTS[kind]), {}) == {}


def test_a_time_picker_repeats_its_time_zone() -> None:
    assert _untouched(ELEMENTS["timepicker"]) == {
        "type": "timepicker",
        "selected_time": "23:59",
        "timezone": "Europe/Vienna",
    }


ENTERED: dict[str, tuple[Json, object, str, object]] = {
    "text": (text_input(), "Text", "value", "Text"),
    "text in full": (text_input(), {"type": "plain_text_input", "value": "Text"}, "value", "Text"),
    "text taken away": (text_input(initial_value="Text"), "", "value", None),
    "a whole number": ({"type": "number_input", "is_decimal_allowed": False}, 5, "value", "5"),
    "an option by its value": (MENU, "two", "selected_option", ONE_AND_TWO[1]),
    "an option itself": (MENU, ONE_AND_TWO[1], "selected_option", ONE_AND_TWO[1]),
    "an option in full": (MENU, {"selected_option": {"value": "two"}}, "selected_option", ONE_AND_TWO[1]),
    "options by their values": (BOXES, ["two", "one"], "selected_options", ONE_AND_TWO[::-1]),
    "one of several": (BOXES, "one", "selected_options", ONE_AND_TWO[:1]),
    "none of several": ({**BOXES, "initial_options": ONE_AND_TWO}, [], "selected_options", []),
    "an option of a group": (GROUPS, ["one"], "selected_options", ONE_AND_TWO[:1]),
    "an option from outside": ({"type": "external_select"}, LOADED, "selected_option", LOADED),
    "an option from outside by its value": (
        {"type": "external_select"},
        "elsewhere",
        "selected_option",
        {"text": {"type": "plain_text", "text": "elsewhere", "emoji": True}, "value": "elsewhere"},
    ),
    "a person": ({"type": "users_select"}, "U012AB", "selected_user", "U012AB"),
    "people": ({"type": "multi_users_select"}, ["U1", "U2"], "selected_users", ["U1", "U2"]),
    "a day": ({"type": "datepicker"}, "2026-12-01", "selected_date", "2026-12-01"),
    "a moment": ({"type": "datetimepicker"}, 1_628_633_820, "selected_date_time", 1_628_633_820),
    "rich text": ({"type": "rich_text_input"}, WRITTEN, "rich_text_value", WRITTEN),
    "files": ({"type": "file_input"}, [{"id": "F1"}], "files", [{"id": "F1"}]),
}


@pytest.mark.parametrize("name", ENTERED)
def test_what_a_person_enters_is_sent_in_full(name: str) -> None:
    element, given, key, sent = ENTERED[name]

    assert _state(element, given) == {"type": element["type"], key: sent}


def test_the_state_holds_every_input_of_the_view_and_no_buttons() -> None:
    view = modal(
        section(block_id="facts", accessory={**MENU, "action_id": "menu"}),
        actions(button("press"), {**BOXES, "action_id": "boxes"}, block_id="row"),
        entry(text_input(), "entry"),
    )

    state = state_values(view, {"entry": {"typed": "Text"}})

    assert {block_id: [*held] for block_id, held in state.items()} == {
        "facts": ["menu"],
        "row": ["boxes"],
        "entry": ["typed"],
    }


def test_what_stands_outside_of_input_blocks_need_not_be_filled() -> None:
    view = modal(section(block_id="facts", accessory={**MENU, "action_id": "menu"}))

    assert check_submission(view, {}) == {}


ACCEPTED: dict[str, tuple[Json, object]] = {
    "short enough": (text_input(max_length=5), "x" * 5),
    "long enough": (text_input(min_length=5), "x" * 5),
    "the most that any input holds": (text_input(), "x" * 3000),
    "several lines": (text_input(multiline=True), "a\nb"),
    "the least number": (ELEMENTS["number_input"], "-1.5"),
    "the greatest number": (ELEMENTS["number_input"], "2"),
    "an address": (ELEMENTS["email_text_input"], "some.one+tag@mail.a.example"),
    "a page": (ELEMENTS["url_text_input"], "https://a.example/x?y#z"),
    "an option": (MENU, "one"),
    "a leap day": (ELEMENTS["datepicker"], "2028-02-29"),
    "midnight": (ELEMENTS["timepicker"], "00:00"),
    "a private channel": (ELEMENTS["conversations_select"], "G012AB"),
    "as many as may be": ({**GROUPS, "max_selected_items": 2}, ["one", "two"]),
    "ten files": (ELEMENTS["file_input"], [{"id": str(number)} for number in range(10)]),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_good_answer_is_accepted(name: str) -> None:
    assert _refusal(*ACCEPTED[name]) is None


NOT_AN_OPTION = "Please choose one of the options."
REFUSED: dict[str, tuple[Json, object, str]] = {
    "too long": (text_input(max_length=5), "x" * 6, "Please enter no more than 5 characters."),
    "longer than any input": (text_input(), "x" * 3001, "Please enter no more than 3000 characters."),
    "too short": (text_input(min_length=5), "x" * 4, "Please enter at least 5 characters."),
    "a line break in a single line": (text_input(), "a\nb", "Please enter a single line."),
    "a number for text": (text_input(), 5, "Please enter text."),
    "words for a number": (ELEMENTS["number_input"], "two", "Please enter a number."),
    "an exponent": (ELEMENTS["number_input"], "1e1", "Please enter a number."),
    "a truth for a number": (ELEMENTS["number_input"], True, "Please enter a number."),
    "a fraction": (
        {**ELEMENTS["number_input"], "is_decimal_allowed": False},
        "1.5",
        "Please enter a whole number.",
    ),
    "below the least": (ELEMENTS["number_input"], "-1.6", "Please enter -1.5 or more."),
    "above the greatest": (ELEMENTS["number_input"], "2.1", "Please enter 2 or less."),
    "no address": (ELEMENTS["email_text_input"], "someone", "Please enter an e-mail address."),
    "an address without a domain": (ELEMENTS["email_text_input"], "a@b", "Please enter an e-mail address."),
    "no page": (ELEMENTS["url_text_input"], "a.example", "Please enter a URL."),
    "another scheme": (ELEMENTS["url_text_input"], "file:///etc", "Please enter a URL."),
    "an option that is not offered": (MENU, "three", NOT_AN_OPTION),
    "an option with a made-up label": (MENU, {"text": {}, "value": "three"}, NOT_AN_OPTION),
    "an option among others that is not offered": (BOXES, ["one", "three"], NOT_AN_OPTION),
    "an option twice": (BOXES, ["one", "one"], "Please choose each only once."),
    "too many": ({**GROUPS, "max_selected_items": 1}, ["one", "two"], "Please choose no more than 1."),
    "nothing that was loaded": ({"type": "external_select"}, {"value": 5}, NOT_AN_OPTION),
    "a person by name": (ELEMENTS["users_select"], "someone", "Please choose a person."),
    "people, one by name": (ELEMENTS["multi_users_select"], ["U1", "someone"], "Please choose a person."),
    "a conversation by name": (ELEMENTS["conversations_select"], "#a", "Please choose a conversation."),
    "a direct message for a channel": (ELEMENTS["channels_select"], "D1", "Please choose a channel."),
    "a day that does not exist": (ELEMENTS["datepicker"], "2026-02-29", "Please choose a date."),
    "a day that is no text": (ELEMENTS["datepicker"], 20260228, "Please choose a date."),
    "an hour that does not exist": (ELEMENTS["timepicker"], "24:00", "Please choose a time."),
    "a moment in words": (ELEMENTS["datetimepicker"], "1628633820", "Please choose a date and a time."),
    "a moment of few digits": (ELEMENTS["datetimepicker"], 5, "Please choose a date and a time."),
    "plain for rich text": (ELEMENTS["rich_text_input"], "Text", "Please enter text."),
    "too many files": (
        {"type": "file_input", "max_files": 1},
        ["a", "b"],
        "Please choose no more than 1 files.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_at_its_input(name: str) -> None:
    element, given, words = REFUSED[name]

    assert _refusal(element, given) == words
    assert _refusal(element, given, optional=True) == words


def test_an_optional_input_may_be_emptied_although_it_has_a_least_length() -> None:
    assert _refusal(text_input(min_length=5, initial_value="x" * 5), "", optional=True) is None


def test_an_emptied_input_does_not_fall_back_to_what_it_started_with() -> None:
    assert _refusal(text_input(initial_value="Text"), "") == REQUIRED


def test_nobody_can_enter_what_the_view_does_not_have() -> None:
    view = _one(text_input(initial_value="Text"))

    assert check_submission(view, {"other": {"it": "x"}}) == {"other": "This view has no such input."}
    assert check_submission(view, {"it": {"other": "x"}}) == {"it": "This view has no such input."}


def test_each_input_is_refused_for_itself() -> None:
    view = modal(
        entry({"type": "radio_buttons", "action_id": "a", "options": options(2)}, "first"),
        entry(text_input(max_length=1), "second"),
        entry(text_input(initial_value="fine"), "third"),
    )

    assert check_submission(view, {"second": {"typed": "xx"}}) == {
        "first": REQUIRED,
        "second": "Please enter no more than 1 characters.",
    }


def test_a_view_without_blocks_has_nothing_to_send() -> None:
    assert state_values({"type": "home"}, {}) == {}
