"""Blocks: which are taken where, and what is refused with which words at which place."""

import copy
from typing import Any

import pytest

from bot.sandbox.rules.blocks import Surface, check_blocks
from tests.sandbox.rules.shapes import (
    ELEMENTS,
    EVERYWHERE,
    MESSAGES_ONLY,
    Json,
    actions,
    button,
    entry,
    image,
    mrkdwn,
    plain,
    rich_text,
    section,
    text_input,
)

SURFACES: tuple[Surface, ...] = ("message", "modal", "home")


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", EVERYWHERE)
def test_common_blocks_stand_on_every_surface(name: str, surface: Surface) -> None:
    assert check_blocks([EVERYWHERE[name]], surface) == []


@pytest.mark.parametrize("name", MESSAGES_ONLY)
def test_some_blocks_stand_in_messages_only(name: str) -> None:
    block = MESSAGES_ONLY[name]

    assert check_blocks([block], "message") == []
    for surface in ("modal", "home"):
        refused = check_blocks([block], surface)
        assert refused == [f"[ERROR] unsupported type: {block['type']} [json-pointer:/blocks/0/type]"]


@pytest.mark.parametrize("surface", SURFACES)
def test_no_blocks_are_fine_because_they_clear(surface: Surface) -> None:
    assert check_blocks([], surface) == []


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_takes_so_many_blocks_and_not_one_more(surface: Surface, most: int) -> None:
    divider = {"type": "divider"}

    assert check_blocks([divider] * most, surface) == []
    assert check_blocks([divider] * (most + 1), surface) == [
        f"[ERROR] no more than {most} items allowed [json-pointer:/blocks]"
    ]


REFUSED: dict[str, tuple[Any, str, str]] = {
    "not a list": ({"type": "divider"}, "must provide an array", "/blocks"),
    "not an object": (["divider"], "must provide an object", "/blocks/0"),
    "no type": ([{}], "missing required field: type", "/blocks/0"),
    "a type that is no string": ([{"type": 1}], "must provide a string", "/blocks/0/type"),
    "an unknown type": ([{"type": "button"}], "unsupported type: button", "/blocks/0/type"),
    "a remote file": (
        [{"type": "file", "source": "remote", "external_id": "1"}],
        "unsupported type: file",
        "/blocks/0/type",
    ),
    "an unknown property": ([section(colour="red")], "invalid additional property: colour", "/blocks/0"),
    "a null": ([section(accessory=None)], "must provide an object", "/blocks/0/accessory"),
    "a block_id that is no string": ([section(block_id=1)], "must provide a string", "/blocks/0/block_id"),
    "a section that says nothing": (
        [{"type": "section", "accessory": button()}],
        "must define either `text` or `fields`",
        "/blocks/0",
    ),
    "empty text": ([section(text=mrkdwn(""))], "must be more than 0 characters", "/blocks/0/text/text"),
    "a bare string for text": ([section(text="hello")], "must provide an object", "/blocks/0/text"),
    "empty fields": ([section(fields=[])], "no less than 1 items allowed", "/blocks/0/fields"),
    "empty actions": ([actions()], "no less than 1 items allowed", "/blocks/0/elements"),
    "empty context": (
        [{"type": "context", "elements": []}],
        "no less than 1 items allowed",
        "/blocks/0/elements",
    ),
    "mrkdwn in a header": (
        [{"type": "header", "text": mrkdwn()}],
        "unsupported type: mrkdwn",
        "/blocks/0/text/type",
    ),
    "verbatim on plain text": (
        [section(text={**plain(), "verbatim": True})],
        "invalid additional property: verbatim",
        "/blocks/0/text",
    ),
    "emoji on mrkdwn": (
        [section(text={**mrkdwn(), "emoji": True})],
        "invalid additional property: emoji",
        "/blocks/0/text",
    ),
    "a flag that is no boolean": ([section(expand="true")], "must provide a boolean", "/blocks/0/expand"),
    "a label in mrkdwn": (
        [entry(text_input(), label=mrkdwn())],
        "unsupported type: mrkdwn",
        "/blocks/0/label/type",
    ),
    "an input without an element": (
        [{"type": "input", "label": plain()}],
        "missing required field: element",
        "/blocks/0",
    ),
    "an image from nowhere": (
        [{"type": "image", "alt_text": "A picture"}],
        "must define either `image_url` or `slack_file`",
        "/blocks/0",
    ),
    "an image from two places": (
        [image(slack_file={"id": "F012AB"})],
        "must define either `image_url` or `slack_file`",
        "/blocks/0",
    ),
    "an image that is no web page": (
        [image(image_url="ftp://a.example/a.png")],
        "must be a valid URL",
        "/blocks/0/image_url",
    ),
    "an image without words": (
        [{"type": "image", "image_url": "https://a.example/a.png"}],
        "missing required field: alt_text",
        "/blocks/0",
    ),
    "a rich text part that does not exist": (
        [rich_text({"type": "shout", "text": "!"})],
        "unsupported type: shout",
        "/blocks/0/elements/0/elements/0/type",
    ),
    "a rich text style that does not exist": (
        [rich_text({"type": "text", "text": "!", "style": {"huge": True}})],
        "invalid additional property: huge",
        "/blocks/0/elements/0/elements/0/style",
    ),
    "a list of bare text": (
        [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [plain()]}],
            }
        ],
        "unsupported type: plain_text",
        "/blocks/0/elements/0/elements/0/type",
    ),
    "a plain film": (
        [{**EVERYWHERE["video"], "video_url": "http://films.example/a"}],
        "must be a valid URL",
        "/blocks/0/video_url",
    ),
    "an empty card": (
        [{"type": "card", "subtitle": plain()}],
        "must define at least one of `hero_image`, `title`, `actions`, `body`",
        "/blocks/0",
    ),
    "a container without title": (
        [{"type": "container", "child_blocks": [section()]}],
        "must define either `title` or `rich_text_title`",
        "/blocks/0",
    ),
    "a container that starts collapsed for ever": (
        [{"type": "container", "title": plain(), "child_blocks": [section()], "default_collapsed": True}],
        "requires `is_collapsible`",
        "/blocks/0/default_collapsed",
    ),
    "a collapsible container with a divider": (
        [{**MESSAGES_ONLY["container"], "has_header_divider": True}],
        "cannot be set with `is_collapsible`",
        "/blocks/0/has_header_divider",
    ),
    "a container in a container": (
        [{**MESSAGES_ONLY["container"], "child_blocks": [MESSAGES_ONLY["container"]]}],
        "unsupported type: container",
        "/blocks/0/child_blocks/0/type",
    ),
    "uneven rows in a data table": (
        [{**MESSAGES_ONLY["data_table"], "rows": [[rich_text()], [rich_text(), rich_text()]]}],
        "must have 1 cells as the first row has",
        "/blocks/0/rows/1",
    ),
    "a cell that only looks like a number": (
        [{"type": "table", "rows": [[{"type": "raw_number", "value": True, "text": "1"}]]}],
        "must provide a number",
        "/blocks/0/rows/0/0/value",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_malformed_blocks_are_refused_where_they_are_wrong(name: str) -> None:
    blocks, words, at = REFUSED[name]

    assert check_blocks(blocks, "message") == [f"[ERROR] {words} [json-pointer:{at}]"]


def test_every_fault_is_named_not_only_the_first() -> None:
    blocks = [section(text=mrkdwn("")), {"type": "header", "text": plain(""), "level": 9}]

    places = [line.rpartition("json-pointer:")[2] for line in check_blocks(blocks, "message")]

    assert places == ["/blocks/0/text/text]", "/blocks/1/text/text]", "/blocks/1]"]


def test_two_blocks_never_share_a_block_id() -> None:
    blocks = [section(block_id="a"), section(block_id="b"), section(block_id="a")]

    assert check_blocks(blocks, "modal") == [
        "[ERROR] block_id `a` already exists [json-pointer:/blocks/2/block_id]"
    ]


def test_a_block_inside_a_container_does_not_share_one_either() -> None:
    container = {**MESSAGES_ONLY["container"], "child_blocks": [section(block_id="a")]}

    assert check_blocks([section(block_id="a"), container], "message") == [
        "[ERROR] block_id `a` already exists [json-pointer:/blocks/1/child_blocks/0/block_id]"
    ]


def test_two_elements_of_one_block_never_share_an_action_id() -> None:
    assert check_blocks([actions(button("a"), button("a"))], "message") == [
        "[ERROR] action_id `a` already exists in this block [json-pointer:/blocks/0/elements/1/action_id]"
    ]


def test_elements_of_different_blocks_may_share_an_action_id() -> None:
    assert check_blocks([actions(button("a")), actions(button("a"))], "message") == []


def test_only_one_element_takes_the_focus() -> None:
    blocks = [entry(text_input(focus_on_load=True), block_id) for block_id in "abc"]

    lines = check_blocks(blocks, "modal")

    assert lines == [
        f"[ERROR] only one element can have `focus_on_load` [json-pointer:/blocks/{n}/element/focus_on_load]"
        for n in (1, 2)
    ]


def test_a_message_has_one_table() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "Site"}]]}

    assert check_blocks([table, table], "message") == [
        "[ERROR] only one table is allowed in a message [json-pointer:/blocks/1/type]"
    ]


def test_the_tables_of_a_message_share_ten_thousand_characters() -> None:
    def table(length: int) -> Json:
        cell = {"type": "raw_text", "text": "x" * length}
        return {"type": "data_table", "caption": "Sites", "rows": [[cell]]}

    assert check_blocks([table(5_000), table(5_000)], "message") == []
    assert check_blocks([table(5_000), table(5_001)], "message") == [
        "[ERROR] tables must be less than 10001 characters together [json-pointer:/blocks]"
    ]


def test_a_response_url_can_be_asked_for_in_a_modal_s_input_only() -> None:
    menu = {**ELEMENTS["channels_select"], "response_url_enabled": True}
    refusal = "only works with menus in input blocks in modals"

    assert check_blocks([entry(menu)], "modal") == []
    assert check_blocks([section(accessory=menu)], "modal") == [
        f"[ERROR] {refusal} [json-pointer:/blocks/0/accessory/response_url_enabled]"
    ]
    assert check_blocks([entry(menu)], "message") == [
        f"[ERROR] {refusal} [json-pointer:/blocks/0/element/response_url_enabled]"
    ]


def test_an_odd_property_is_named_as_it_was_sent() -> None:
    assert check_blocks([section(text={**mrkdwn(), "a/b~c": 1})], "message") == [
        "[ERROR] invalid additional property: a/b~c [json-pointer:/blocks/0/text]"
    ]


def test_the_pointer_starts_where_the_caller_says() -> None:
    assert check_blocks([{}], "home", "/view/blocks") == [
        "[ERROR] missing required field: type [json-pointer:/view/blocks/0]"
    ]


def test_checking_leaves_the_blocks_alone() -> None:
    blocks = [*EVERYWHERE.values(), *MESSAGES_ONLY.values()]
    before = copy.deepcopy(blocks)

    check_blocks(blocks, "message")

    assert blocks == before
