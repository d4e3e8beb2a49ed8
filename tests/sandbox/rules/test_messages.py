"""Messages: text, blocks, attachments, metadata."""

import json
from typing import Any

import pytest

from bot.sandbox.rules.messages import MessageProblem, check_message
from tests.sandbox.rules.shapes import mrkdwn, section

METADATA = {"event_type": "burst_op", "event_payload": {"op_id": "1"}}

TAKEN: dict[str, dict[str, Any]] = {
    "text": {"text": "Hello"},
    "text of brackets": {"text": "[]"},
    "blocks": {"blocks": [section()]},
    "blocks in a form": {"blocks": json.dumps([section()])},
    "text beside blocks": {"text": "Hello", "blocks": [section()]},
    "text beside no blocks, which clears them": {"text": "Hello", "blocks": []},
    "markdown": {"markdown_text": "**Hello**"},
    "attachments": {"attachments": [{"text": "Hello", "blocks": [section()]}]},
    "a hundred attachments": {"attachments": [{"text": "Hello"}] * 100},
    "metadata": {"text": "Hello", "metadata": METADATA},
    "metadata in a form": {"text": "Hello", "metadata": json.dumps(METADATA)},
    "arguments that are none": {"text": "Hello", "blocks": None, "metadata": None},
    "arguments of others": {"text": "Hello", "channel": "C012AB", "thread_ts": "1.2"},
}


@pytest.mark.parametrize("update", [False, True])
@pytest.mark.parametrize("name", TAKEN)
def test_a_message_with_something_to_say_is_taken(name: str, update: bool) -> None:
    assert check_message(TAKEN[name], update=update) is None


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "no_text"),
    "empty text": ({"text": ""}, "no_text"),
    "blank text": ({"text": " \n"}, "no_text"),
    "no blocks": ({"blocks": []}, "no_text"),
    "no blocks in a form": ({"blocks": "[]"}, "no_text"),
    "metadata alone": ({"metadata": METADATA}, "no_text"),
    "markdown and text": ({"markdown_text": "a", "text": "b"}, "markdown_text_conflict"),
    "markdown and blocks": ({"markdown_text": "a", "blocks": [section()]}, "markdown_text_conflict"),
    "long markdown": ({"markdown_text": "x" * 12_001}, "msg_too_long"),
    "blocks that are no json": ({"blocks": "[{"}, "invalid_blocks_format"),
    "blocks that are no list": ({"blocks": {"blocks": [section()]}}, "invalid_blocks_format"),
    "blocks that are null in a form": ({"text": "Hello", "blocks": "null"}, "invalid_blocks_format"),
    "attachments that are no json": ({"attachments": "[{"}, "invalid_attachments"),
    "attachments that are no list": ({"attachments": {"text": "Hello"}}, "invalid_attachments"),
    "too many attachments": ({"attachments": [{"text": "Hello"}] * 101}, "too_many_attachments"),
}


@pytest.mark.parametrize("update", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_message_is_refused_with_slack_s_own_code(name: str, update: bool) -> None:
    arguments, error = REFUSED[name]

    assert check_message(arguments, update=update) == MessageProblem(error)


def test_a_text_that_is_no_string_is_an_invalid_argument() -> None:
    assert check_message({"text": 5}, update=False) == MessageProblem(
        "invalid_arguments", ("[ERROR] must provide a string [json-pointer:/text]",)
    )


def test_a_fault_in_a_block_is_named() -> None:
    assert check_message({"blocks": [section(text=mrkdwn(""))]}, update=False) == MessageProblem(
        "invalid_blocks", ("[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]",)
    )


def test_a_fault_in_a_block_of_an_attachment_is_named() -> None:
    attachments = [{"text": "fine"}, {"blocks": [section(text=mrkdwn(""))]}, "odd"]

    assert check_message({"attachments": attachments}, update=False) == MessageProblem(
        "invalid_attachments",
        (
            "[ERROR] must be more than 0 characters [json-pointer:/attachments/1/blocks/0/text/text]",
            "[ERROR] must provide an object [json-pointer:/attachments/2]",
        ),
    )


def test_an_update_holds_four_thousand_characters() -> None:
    assert check_message({"text": "x" * 4_000}, update=True) is None
    assert check_message({"text": "x" * 4_001}, update=True) == MessageProblem("msg_too_long")


def test_a_post_is_cut_rather_than_refused() -> None:
    assert check_message({"text": "x" * 50_000}, update=False) is None


def test_the_blocks_of_a_message_hold_so_much_text_together() -> None:
    full = [section(text=mrkdwn("x" * 2_640))] * 5

    assert check_message({"blocks": full}, update=False) is None
    assert check_message({"blocks": [*full, section(text=mrkdwn("x"))]}, update=False) == MessageProblem(
        "msg_blocks_too_long"
    )


PAYLOADS_TAKEN: dict[str, Any] = {
    "empty": {},
    "scalars": {"a": "text", "b": 1, "c": 1.5, "d": True},
    "a flat object": {"a": {"b": "text", "c": 1}},
    "flat objects in a list": {"a": [{"b": 1}, {"b": 2}]},
}


@pytest.mark.parametrize("name", PAYLOADS_TAKEN)
def test_metadata_carries_flat_things(name: str) -> None:
    metadata = {"event_type": "burst_op", "event_payload": PAYLOADS_TAKEN[name]}

    assert check_message({"text": "Hello", "metadata": metadata}, update=False) is None


METADATA_REFUSED: dict[str, tuple[Any, str]] = {
    "not json": ("{", "invalid_metadata_format"),
    "not an object": ([METADATA], "invalid_metadata_format"),
    "no event type": ({"event_payload": {}}, "invalid_metadata_schema"),
    "no payload": ({"event_type": "burst_op"}, "invalid_metadata_schema"),
    "more than these": ({**METADATA, "entities": []}, "invalid_metadata_schema"),
    "an event type of two words": ({**METADATA, "event_type": "burst op"}, "invalid_metadata_schema"),
    "an event type that is no string": ({**METADATA, "event_type": 1}, "invalid_metadata_schema"),
    "a payload that is a list": ({**METADATA, "event_payload": [1]}, "invalid_metadata_schema"),
    "a null": ({**METADATA, "event_payload": {"a": None}}, "invalid_metadata_schema"),
    "a list of strings": ({**METADATA, "event_payload": {"a": ["b"]}}, "invalid_metadata_schema"),
    "an object in an object": (
        {**METADATA, "event_payload": {"a": {"b": {"c": 1}}}},
        "invalid_metadata_schema",
    ),
    "too much": ({**METADATA, "event_payload": {"a": "x" * 2_000}}, "metadata_too_large"),
}


@pytest.mark.parametrize("name", METADATA_REFUSED)
def test_malformed_metadata_is_refused(name: str) -> None:
    metadata, error = METADATA_REFUSED[name]

    assert check_message({"text": "Hello", "metadata": metadata}, update=False) == MessageProblem(error)


def test_empty_metadata_removes_what_was_there_so_only_an_update_may_send_it() -> None:
    arguments = {"text": "Hello", "metadata": {}}

    assert check_message(arguments, update=True) is None
    assert check_message(arguments, update=False) == MessageProblem("invalid_metadata_schema")
