"""Every limit on length and number: at the limit taken, one beyond it refused."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.rules.blocks import check_blocks
from tests.sandbox.rules.shapes import (
    ELEMENTS,
    EVERYWHERE,
    MESSAGES_ONLY,
    Json,
    actions,
    button,
    confirmation,
    entry,
    image,
    mrkdwn,
    option,
    options,
    plain,
    section,
    text_input,
)

LONG_URL = "https://a.example/"


def _url(length: int) -> str:
    return LONG_URL + "x" * (length - len(LONG_URL))


def _select(**more: Any) -> Json:
    return entry({"type": "static_select", **more})


LENGTHS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "block_id": (255, lambda n: section(block_id="x" * n)),
    "section text": (3000, lambda n: section(text=mrkdwn("x" * n))),
    "section field": (2000, lambda n: section(fields=[mrkdwn("x" * n)])),
    "header": (150, lambda n: {"type": "header", "text": plain("x" * n)}),
    "context text": (3000, lambda n: {"type": "context", "elements": [mrkdwn("x" * n)]}),
    "input label": (2000, lambda n: entry(text_input(), label=plain("x" * n))),
    "input hint": (2000, lambda n: entry(text_input(), hint=plain("x" * n))),
    "image address": (3000, lambda n: image(image_url=_url(n))),
    "image words": (2000, lambda n: image(alt_text="x" * n)),
    "image title": (2000, lambda n: image(title=plain("x" * n))),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "video title": (199, lambda n: {**EVERYWHERE["video"], "title": plain("x" * n)}),
    "video author": (49, lambda n: {**EVERYWHERE["video"], "author_name": "x" * n}),
    "card title": (150, lambda n: {"type": "card", "title": plain("x" * n)}),
    "card subtitle": (150, lambda n: {"type": "card", "title": plain(), "subtitle": plain("x" * n)}),
    "card body": (200, lambda n: {"type": "card", "body": plain("x" * n)}),
    "container title": (150, lambda n: {**MESSAGES_ONLY["container"], "title": plain("x" * n)}),
    "provider name": (75, lambda n: {**MESSAGES_ONLY["auth_provider"], "name": plain("x" * n)}),
    "provider value": (150, lambda n: {**MESSAGES_ONLY["auth_provider"], "value": "x" * n}),
    "action_id": (255, lambda n: actions(button("x" * n))),
    "button text": (75, lambda n: actions(button(text=plain("x" * n)))),
    "button value": (2000, lambda n: actions(button(value="x" * n))),
    "button address": (3000, lambda n: actions(button(url=_url(n)))),
    "button for readers": (75, lambda n: actions(button(accessibility_label="x" * n))),
    "confirm title": (100, lambda n: actions(button(confirm=confirmation(title=plain("x" * n))))),
    "confirm text": (300, lambda n: actions(button(confirm=confirmation(text=mrkdwn("x" * n))))),
    "confirm yes": (30, lambda n: actions(button(confirm=confirmation(confirm=plain("x" * n))))),
    "confirm no": (30, lambda n: actions(button(confirm=confirmation(deny=plain("x" * n))))),
    "placeholder": (150, lambda n: entry(text_input(placeholder=plain("x" * n)))),
    "initial value": (3000, lambda n: entry(text_input(initial_value="x" * n))),
    "option text": (75, lambda n: _select(options=[option(text=plain("x" * n))])),
    "option value": (75, lambda n: _select(options=[{**option(), "value": "x" * n}])),
    "option description": (75, lambda n: _select(options=[option(description=plain("x" * n))])),
    "group label": (
        75,
        lambda n: _select(option_groups=[{"label": plain("x" * n), "options": options(1)}]),
    ),
    "feedback text": (
        75,
        lambda n: {
            "type": "context_actions",
            "elements": [
                {
                    **ELEMENTS["feedback_buttons"],
                    "positive_button": {"text": plain("x" * n), "value": "good"},
                }
            ],
        },
    ),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_text_may_be_as_long_as_documented_and_no_longer(name: str) -> None:
    longest, block = LENGTHS[name]

    assert check_blocks([block(longest)], "message") == []
    (line,) = check_blocks([block(longest + 1)], "message")
    assert f"must be less than {longest + 1} characters" in line


NUMBERS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "fields": (10, lambda n: section(fields=[plain()] * n)),
    "context elements": (10, lambda n: {"type": "context", "elements": [plain()] * n}),
    "actions": (25, lambda n: actions(*(button(str(position)) for position in range(n)))),
    "context actions": (
        5,
        lambda n: {"type": "context_actions", "elements": [ELEMENTS["icon_button"]] * n},
    ),
    "menu options": (100, lambda n: _select(options=options(n))),
    "option groups": (
        100,
        lambda n: _select(
            option_groups=[{"label": plain(), "options": [item]} for item in options(n)],
        ),
    ),
    "options of a group": (
        100,
        lambda n: _select(option_groups=[{"label": plain(), "options": options(n)}]),
    ),
    "overflow options": (5, lambda n: actions({"type": "overflow", "options": options(n)})),
    "checkboxes": (10, lambda n: actions({"type": "checkboxes", "options": options(n)})),
    "radio buttons": (10, lambda n: actions({"type": "radio_buttons", "options": options(n)})),
    "table rows": (100, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}),
    "table cells": (20, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}),
    "data table rows": (
        101,
        lambda n: {
            "type": "data_table",
            "caption": "Sites",
            "rows": [[{"type": "raw_text", "text": "x"}]] * n,
        },
    ),
    "cards": (10, lambda n: {"type": "carousel", "elements": [{"type": "card", "title": plain()}] * n}),
    "child blocks": (10, lambda n: {**MESSAGES_ONLY["container"], "child_blocks": [{"type": "divider"}] * n}),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_lists_may_be_as_long_as_documented_and_no_longer(name: str) -> None:
    most, block = NUMBERS[name]

    assert check_blocks([block(most)], "message") == []
    (line,) = check_blocks([block(most + 1)], "message")
    assert f"no more than {most} items allowed" in line


RANGES: dict[str, tuple[int, int, Callable[[int], Json]]] = {
    "min_length": (0, 3000, lambda n: text_input(min_length=n)),
    "max_length": (1, 3000, lambda n: text_input(max_length=n)),
    "max_files": (1, 10, lambda n: {"type": "file_input", "max_files": n}),
    "ten digits": (
        1_000_000_000,
        9_999_999_999,
        lambda n: {"type": "datetimepicker", "initial_date_time": n},
    ),
}


@pytest.mark.parametrize("name", RANGES)
def test_numbers_stay_within_their_range(name: str) -> None:
    least, most, element = RANGES[name]

    assert check_blocks([entry(element(least), "a"), entry(element(most), "b")], "modal") == []
    for number in (least - 1, most + 1):
        (line,) = check_blocks([entry(element(number))], "modal")
        assert f"must be between {least} and {most}" in line
