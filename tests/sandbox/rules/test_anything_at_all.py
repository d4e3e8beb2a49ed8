"""Whatever is sent, the rules answer; and a spoiled payload is never taken for a good one."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.sandbox.rules.blocks import Surface, check_blocks
from bot.sandbox.rules.inputs import check_submission, state_values
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.mrkdwn import escape, escape_incoming, mentions, plain
from bot.sandbox.rules.names import check_channel_name
from bot.sandbox.rules.views import check_view
from tests.sandbox.rules.shapes import ELEMENTS, EVERYWHERE, MESSAGES_ONLY, entry, modal

WORDS = st.sampled_from(
    ["type", "text", "blocks", "elements", "element", "options", "value", "rows", "initial_option", "plain_text",
     "mrkdwn", *ELEMENTS, *EVERYWHERE, *MESSAGES_ONLY]
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)
SURFACES: st.SearchStrategy[Surface] = st.sampled_from(["message", "modal", "home"])
GOOD_BLOCKS = [*EVERYWHERE.values(), *MESSAGES_ONLY.values()]
FORM = modal(*(entry({**element, "action_id": "a"}, name) for name, element in ELEMENTS.items()
               if name in ("checkboxes", "static_select", "number_input", "datepicker", "file_input",
                           "plain_text_input", "external_select", "multi_users_select", "rich_text_input")))  # fmt: skip


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to everything inside a JSON value."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in members:
        yield (*path, key)
        yield from places(inner, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy of a JSON value with something else at the path."""
    whole = copy.deepcopy(value)
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = new
    return whole


@given(ANYTHING, SURFACES)
def test_any_json_for_blocks_is_answered(blocks: Any, surface: Surface) -> None:
    for line in check_blocks(blocks, surface):
        assert line.startswith("[ERROR] ")
        assert "[json-pointer:/blocks" in line


@given(st.sampled_from(GOOD_BLOCKS), st.data(), SURFACES)
@settings(max_examples=400)
def test_a_good_block_with_anything_in_some_place_is_answered(
    block: Any, data: st.DataObject, surface: Surface
) -> None:
    path = data.draw(st.sampled_from([*places([block])]))

    lines = check_blocks(replaced([block], path, data.draw(ANYTHING)), surface)

    assert all(isinstance(line, str) for line in lines)


@given(st.sampled_from(GOOD_BLOCKS), st.data())
@settings(max_examples=200)
def test_a_null_is_refused_wherever_it_stands(block: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([*places([block])]))

    assert check_blocks(replaced([block], path, None), "message") != []


@given(st.sampled_from(GOOD_BLOCKS), st.data())
@settings(max_examples=200)
def test_an_unknown_property_is_refused_in_every_object(block: Any, data: st.DataObject) -> None:
    objects = [path for path in places([block]) if isinstance(at(block, path), dict)]
    path = data.draw(st.sampled_from(objects))

    lines = check_blocks(replaced([block], path, {**at(block, path), "surprise": 1}), "message")

    assert any("invalid additional property: surprise" in line for line in lines)


def at(block: Any, path: tuple[Any, ...]) -> Any:
    """What stands at the path in a list of this one block."""
    found: Any = [block]
    for key in path:
        found = found[key]
    return found


@given(ANYTHING)
def test_any_json_for_a_view_is_answered(view: Any) -> None:
    problem = check_view(view, "modal")

    assert problem is not None
    assert problem.error in {"invalid_arguments", "view_too_large"}


@given(
    st.dictionaries(st.sampled_from(["text", "blocks", "attachments", "metadata", "markdown_text"]), ANYTHING)
)
def test_any_json_for_a_message_is_answered(arguments: dict[str, Any]) -> None:
    for update in (False, True):
        problem = check_message(arguments, update=update)
        assert problem is None or problem.error


@given(st.dictionaries(st.sampled_from(["blocks", "attachments", "metadata"]), ANYTHING, min_size=1))
def test_a_form_and_json_say_the_same(arguments: dict[str, Any]) -> None:
    assume(not any(value is None or isinstance(value, str) for value in arguments.values()))
    form = {name: json.dumps(value) for name, value in arguments.items()}
    assume(all(bool(value) for value in arguments.values()))

    assert check_message(form, update=False) == check_message(arguments, update=False)


@given(st.sampled_from([block["block_id"] for block in FORM["blocks"]]), ANYTHING)
@settings(max_examples=300)
def test_whatever_is_entered_is_either_refused_or_sent(block_id: str, given_value: Any) -> None:
    values = {block_id: {"a": given_value}}

    problems = check_submission(FORM, values)
    state = state_values(FORM, values)

    assert all(isinstance(words, str) for words in problems.values())
    assert state.keys() == {block["block_id"] for block in FORM["blocks"]}


@given(st.text(alphabet=st.sampled_from("<>@#!|^&;{} \n`*ahredtCUS0123456789{time}"), max_size=80))
@settings(max_examples=300)
def test_any_text_can_be_typed_and_read(text: str) -> None:
    sent = escape_incoming(text, {"a": "U0A"}, {"a": "C0A"})

    assert isinstance(plain(text, "UTC"), str)
    assert plain(escape(text), "UTC") == text
    assert mentions(sent, verbatim=True).users <= {"U0A"}


@given(st.text(max_size=100))
def test_any_name_is_taken_or_refused(name: str) -> None:
    error = check_channel_name(name)

    assert error is None or error.startswith("invalid_name")
    assert (error is None) <= name.isascii()
