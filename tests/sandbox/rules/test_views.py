"""Views: modals and Home tabs."""

import json
from typing import Any, Literal

import pytest

from bot.sandbox.rules.views import ViewProblem, check_view
from tests.sandbox.rules.shapes import Json, button, entry, home, modal, mrkdwn, plain, section, text_input


def test_a_whole_modal_is_taken() -> None:
    view = modal(
        section(),
        entry(text_input()),
        close=plain("Close"),
        callback_id="burst_open",
        private_metadata="draft",
        external_id="view",
        clear_on_close=True,
        notify_on_close=False,
    )

    assert check_view(view, "modal") is None


def test_a_home_tab_is_taken_with_inputs_that_dispatch() -> None:
    view = home(section(accessory=button()), entry(text_input(), dispatch_action=True), callback_id="home")

    assert check_view(view, "home") is None


def test_a_view_may_be_a_string_of_json_as_forms_send_it() -> None:
    assert check_view(json.dumps(modal()), "modal") is None


REFUSED: dict[str, tuple[Any, Literal["modal", "home"], str, str]] = {
    "not json": ("{", "modal", "must be valid JSON", "/view"),
    "nested without end": ("[" * 100_000, "modal", "must be valid JSON", "/view"),
    "not an object": ([modal()], "modal", "must provide an object", "/view"),
    "no view": (None, "modal", "must provide an object", "/view"),
    "a home tab as modal": ({**modal(), "type": "home"}, "modal", "must be a valid enum value", "/view/type"),
    "a modal as home tab": (
        {"type": "modal", "blocks": []},
        "home",
        "must be a valid enum value",
        "/view/type",
    ),
    "no title": (
        {"type": "modal", "blocks": []},
        "modal",
        "missing required field: title",
        "/view",
    ),
    "no blocks": ({"type": "home"}, "home", "missing required field: blocks", "/view"),
    "a title in mrkdwn": (modal(title=mrkdwn()), "modal", "unsupported type: mrkdwn", "/view/title/type"),
    "an empty title": (modal(title=plain("")), "modal", "must be more than 0 characters", "/view/title/text"),
    "an unknown property": (
        modal(submit_disabled=True),
        "modal",
        "invalid additional property: submit_disabled",
        "/view",
    ),
    "a title on a home tab": (home(title=plain()), "home", "invalid additional property: title", "/view"),
    "a submit button on a home tab": (
        home(submit=plain()),
        "home",
        "invalid additional property: submit",
        "/view",
    ),
    "a notice of closing on a home tab": (
        home(notify_on_close=True),
        "home",
        "invalid additional property: notify_on_close",
        "/view",
    ),
    "an input that nobody can submit": (
        {"type": "modal", "title": plain(), "blocks": [entry(text_input())]},
        "modal",
        "missing required field: submit (the view has an input block)",
        "/view",
    ),
    "a fault in a block": (
        modal(section(text=mrkdwn(""))),
        "modal",
        "must be more than 0 characters",
        "/view/blocks/0/text/text",
    ),
    "a block that messages alone take": (
        modal({"type": "markdown", "text": "x"}),
        "modal",
        "unsupported type: markdown",
        "/view/blocks/0/type",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_view_is_refused_where_it_is_wrong(name: str) -> None:
    view, kind, words, at = REFUSED[name]

    assert check_view(view, kind) == ViewProblem(
        "invalid_arguments", (f"[ERROR] {words} [json-pointer:{at}]",)
    )


@pytest.mark.parametrize(
    ("name", "longest"),
    [("title", 24), ("submit", 24), ("close", 24)],
)
def test_the_words_of_a_modal_s_frame_are_short(name: str, longest: int) -> None:
    def view(length: int) -> Json:
        return {**modal(), name: plain("x" * length)}

    problem = check_view(view(longest + 1), "modal")

    assert check_view(view(longest), "modal") is None
    assert problem is not None
    assert problem.messages == (
        f"[ERROR] must be less than {longest + 1} characters [json-pointer:/view/{name}/text]",
    )


@pytest.mark.parametrize("kind", ["modal", "home"])
@pytest.mark.parametrize(
    ("name", "longest"),
    [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)],
)
def test_what_a_view_carries_is_limited(name: str, longest: int, kind: Literal["modal", "home"]) -> None:
    def view(length: int) -> Json:
        return {**(modal() if kind == "modal" else home()), name: "x" * length}

    problem = check_view(view(longest + 1), kind)

    assert check_view(view(longest), kind) is None
    assert problem is not None
    assert problem.messages == (
        f"[ERROR] must be less than {longest + 1} characters [json-pointer:/view/{name}]",
    )


def test_a_view_of_more_than_a_quarter_megabyte_is_too_large() -> None:
    three_bytes_each = [section(text=mrkdwn("…" * 3000)) for _ in range(28)]

    assert check_view(modal(*three_bytes_each[:27]), "modal") is None
    assert check_view(modal(*three_bytes_each), "modal") == ViewProblem("view_too_large")


def test_a_view_nested_without_end_is_too_large_to_look_into() -> None:
    endless: list[Any] = []
    for _ in range(100_000):
        endless = [endless]

    assert check_view({**modal(), "blocks": endless}, "modal") == ViewProblem("view_too_large")
