"""Shortcuts and the Home tab, as a person uses them."""

from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import Person, Refused, wait_for

# --- commands ---
from tests.sandbox.screens import choices, opening
from tests.sandbox.support import (
    modal,
    plain,
    section,
)

# --- shortcuts and Home ---


def test_a_global_shortcut_knows_no_channel(app: App, ann: Person) -> None:
    heard: list[dict[str, Any]] = []

    @app.shortcut("anywhere")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    assert ann.shortcut("anywhere")["outcome"] == "acknowledged"
    assert heard[0]["user"]["id"] == ann.id
    assert not {"channel", "response_url"} & set(heard[0])


def test_a_message_shortcut_brings_the_message(app: App, ann: Person, channel: str) -> None:
    heard: list[dict[str, Any]] = []

    @app.shortcut("on_message")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    said = ann.say(channel, "it hangs")
    ann.shortcut("on_message", said)
    assert (heard[0]["message"]["text"], heard[0]["message_ts"]) == ("it hangs", said["ts"])
    with pytest.raises(Refused, match="no global shortcut"):
        ann.shortcut("on_message")


def test_the_app_hears_that_its_home_was_opened(app: App, ann: Person) -> None:
    @app.event("app_home_opened")
    def _(event: dict[str, Any], client: WebClient) -> None:
        view = {"type": "home", "blocks": [section(f"for {event['user']}")]}
        client.views_publish(user_id=event["user"], view=view)

    assert ann.open_home()["view"] is None
    home = wait_for(ann.home)
    assert home is not None
    assert home["blocks"][0]["text"]["text"] == f"for {ann.id}"


def test_an_input_says_nothing_before_it_is_submitted_unless_it_dispatches(app: App, ann: Person) -> None:
    heard: list[dict[str, Any]] = []
    quiet = {"type": "input", "block_id": "quiet", "label": plain("Q"), "element": choices("quiet", "a")}
    loud = {
        "type": "input",
        "block_id": "loud",
        "label": plain("L"),
        "element": choices("loud", "a", "b"),
        "dispatch_action": True,
    }
    opening(app, modal("form", quiet, loud))

    @app.action("loud")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    view = ann.command("/plain", "general")["view"]
    with pytest.raises(Refused, match="before the view is submitted"):
        ann.click(view, "quiet", "a")
    ann.click(view, "loud", "b", values={"quiet": "a"})
    values = heard[0]["view"]["state"]["values"]
    assert values["quiet"]["quiet"]["selected_option"]["value"] == "a"
    assert values["loud"]["loud"]["selected_option"]["value"] == "b"
    assert heard[0]["container"] == {"type": "view", "view_id": view["id"]}


def test_an_overflow_menu_reports_what_was_chosen(
    app: App, slack: WebClient, channel: str, ann: Person
) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("more")
    def _(ack: Ack, action: dict[str, Any]) -> None:
        heard.append(action)
        ack()

    menu = {"type": "overflow", "action_id": "more", "options": choices("x", "log", "pdf")["options"]}
    slack.chat_postMessage(channel=channel, text="x", blocks=[{**section("x"), "accessory": menu}])
    ann.click(ann.messages(channel)[-1], "more", "pdf")
    assert heard[0]["selected_option"]["value"] == "pdf"
    with pytest.raises(Refused, match="does not offer"):
        ann.click(ann.messages(channel)[-1], "more", "csv")


def test_a_view_may_bring_the_way_to_answer_a_channel(app: App, channel: str, ann: Person) -> None:
    heard: list[dict[str, Any]] = []
    menu = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    opening(app, modal("form", {"type": "input", "block_id": "where", "label": plain("W"), "element": menu}))

    @app.view("form")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.extend(body["response_urls"])
        ack()

    view = ann.command("/plain", "general")["view"]
    ann.submit(view, {"where": channel})
    assert (heard[0]["channel_id"], heard[0]["block_id"]) == (channel, "where")


def test_a_fourth_view_cannot_be_pushed(app: App, ann: Person) -> None:
    opening(app, modal("deep"))

    @app.view("deep")
    def _(ack: Ack) -> None:
        ack(response_action="push", view=modal("deep"))

    view = ann.command("/plain", "general")["view"]
    for _turn in range(2):
        view = ann.submit(view, {"title": "x"})["view"]
    seen = ann.submit(view, {"title": "x"})
    assert (seen["outcome"], seen["problems"]) == ("invalid_response", ["push_limit_reached"])
    assert len(ann.views()) == 3


@pytest.mark.parametrize("errors", [{}, {"elsewhere": "no"}])
def test_errors_that_name_nothing_are_no_answer(app: App, ann: Person, errors: dict[str, str]) -> None:
    opening(app, modal("form"))

    @app.view("form")
    def _(ack: Ack) -> None:
        ack({"response_action": "errors", "errors": errors})

    view = ann.command("/plain", "general")["view"]
    assert ann.submit(view, {"title": "x"})["outcome"] == "invalid_response"


def test_a_view_that_clears_on_close_takes_the_whole_stack_with_it(app: App, ann: Person) -> None:
    opening(app, modal("one"))

    @app.view("one")
    def _(ack: Ack) -> None:
        ack(response_action="push", view=modal("two", clear_on_close=True))

    view = ann.command("/plain", "general")["view"]
    second = ann.submit(view, {"title": "x"})["view"]
    ann.close(second)
    assert ann.views() == []
    with pytest.raises(Refused, match="no view"):
        ann.close(second)


def test_a_view_without_inputs_has_nothing_to_submit(app: App, ann: Person) -> None:
    view = modal("done", section("BURST-42 is open."))
    del view["submit"]
    opening(app, view)
    shown = ann.command("/plain", "general")["view"]
    with pytest.raises(Refused, match="nothing to submit"):
        ann.submit(shown, {})
