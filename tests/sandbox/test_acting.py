"""What people do in the client, and what the app hears of it over Socket Mode."""

import threading
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import Person, Refused, SandboxClient

# --- commands ---
from tests.sandbox.screens import choices, opening
from tests.sandbox.support import (
    button,
    fresh,
    modal,
    plain,
    refusal,
    section,
    text_input,
)


def test_a_command_is_answered_to_its_person_alone(app: App, ann: Person, ben: Person) -> None:
    @app.command("/plain")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        ack(f"you said {body['text']}")

    seen = ann.command("/plain a & b", "general")
    assert (seen["outcome"], seen["message"]["text"]) == ("acknowledged", "you said a &amp; b")
    assert seen["message"]["is_ephemeral"]
    assert seen["message"]["ts"] not in [message["ts"] for message in ben.messages("general")]


def test_a_command_may_be_answered_to_all(app: App, ann: Person, ben: Person) -> None:
    @app.command("/plain")
    def _(ack: Ack) -> None:
        ack(text="for all", response_type="in_channel")

    ann.command("/plain", "general")
    assert ben.messages("general")[-1]["text"] == "for all"


def test_mentions_become_tokens_only_when_the_manifest_says_so(
    app: App, ann: Person, ben: Person, channel: str
) -> None:
    heard: list[str] = []

    @app.command("/plain")
    @app.command("/escaped")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body["text"])
        ack()

    room = ann.channel(channel)["name"]
    ann.command(f"/escaped @{ben.name} #{room}", "general")
    ann.command(f"/plain @{ben.name}", "general")
    assert heard == [f"<@{ben.id}|{ben.name}> <#{channel}|{room}>", f"@{ben.name}"]


def test_a_command_works_where_the_app_is_not(app: App, client: SandboxClient, ann: Person) -> None:
    heard: list[dict[str, Any]] = []

    @app.command("/plain")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack("fine")

    theirs = client.add_channel(fresh("theirs"), is_private=True, members=[ann.name])["id"]
    assert ann.command("/plain", theirs)["message"]["text"] == "fine"
    assert (heard[0]["channel_id"], heard[0]["channel_name"]) == (theirs, "privategroup")


def test_a_command_that_nobody_acknowledges_times_out(app: App, ann: Person) -> None:
    @app.command("/plain")
    def _() -> None:
        return

    assert ann.command("/plain", "general")["outcome"] == "operation_timeout"


def test_an_answer_that_slack_does_not_take_is_shown_as_such(app: App, ann: Person) -> None:
    @app.command("/plain")
    def _(ack: Ack) -> None:
        ack(text="x", blocks=[section("x" * 3001)])

    seen = ann.command("/plain", "general")
    assert (seen["outcome"], seen["message"]) == ("invalid_blocks", None)


@pytest.mark.parametrize("line", ["/unknown", "hello"])
def test_only_commands_of_the_manifest_exist(ann: Person, line: str) -> None:
    with pytest.raises(Refused, match="not a command"):
        ann.command(line, "general")


def test_people_of_other_organisations_have_no_commands(client: SandboxClient) -> None:
    vendor = client.add_person(fresh("vendor"), team_id="T0PARTNER")
    with pytest.raises(Refused, match="Slack Connect"):
        vendor.command("/plain", "general")


def test_who_is_deactivated_does_nothing(client: SandboxClient, ann: Person) -> None:
    client.change_person(ann, deleted=True)
    with pytest.raises(Refused, match="deactivated"):
        ann.command("/plain", "general")


# --- clicks ---


def test_a_click_tells_where_what_and_who(app: App, slack: WebClient, channel: str, ann: Person) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("accept")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    blocks = [{"type": "actions", "block_id": "row", "elements": [button("accept", "42:7")]}]
    posted = slack.chat_postMessage(channel=channel, text="card", blocks=blocks)
    assert ann.click(ann.messages(channel)[-1], "accept")["outcome"] == "acknowledged"
    body = heard[0]
    assert (body["user"]["id"], body["channel"]["id"]) == (ann.id, channel)
    assert (body["actions"][0]["value"], body["actions"][0]["block_id"]) == ("42:7", "row")
    assert (body["container"]["message_ts"], body["message"]["ts"]) == (posted["ts"], posted["ts"])


def test_a_choice_is_reported_as_the_whole_option(
    app: App, slack: WebClient, channel: str, ann: Person
) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("pick")
    def _(ack: Ack, action: dict[str, Any]) -> None:
        heard.append(action)
        ack()

    blocks = [{**section("choose"), "accessory": choices("pick", "a", "b")}]
    slack.chat_postMessage(channel=channel, text="x", blocks=blocks)
    ann.click(ann.messages(channel)[-1], "pick", "b")
    assert heard[0]["selected_option"] == {"text": plain("b"), "value": "b"}
    with pytest.raises(Refused, match="does not offer"):
        ann.click(ann.messages(channel)[-1], "pick", "c")


def test_only_what_is_there_can_be_clicked(slack: WebClient, channel: str, ann: Person) -> None:
    blocks = [{"type": "actions", "elements": [button("accept")]}]
    slack.chat_postMessage(channel=channel, text="x", blocks=blocks)
    with pytest.raises(Refused, match="there is accept"):
        ann.click(ann.messages(channel)[-1], "resolve")


def test_of_equal_buttons_the_value_tells_which(
    app: App, slack: WebClient, channel: str, ann: Person
) -> None:
    heard: list[str] = []

    @app.action("open")
    def _(ack: Ack, action: dict[str, Any]) -> None:
        heard.append(action["value"])
        ack()

    blocks = [{**section(value), "accessory": button("open", value)} for value in ("1", "2")]
    slack.chat_postMessage(channel=channel, text="x", blocks=blocks)
    ann.click(ann.messages(channel)[-1], "open", "2")
    assert heard == ["2"]
    with pytest.raises(Refused, match="several"):
        ann.click(ann.messages(channel)[-1], "open")


def test_an_ephemeral_button_is_its_readers_alone(
    app: App, slack: WebClient, channel: str, ann: Person, ben: Person
) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("only")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    slack.conversations_invite(channel=channel, users=ann.id)
    blocks = [{"type": "actions", "elements": [button("only")]}]
    slack.chat_postEphemeral(channel=channel, user=ann.id, text="x", blocks=blocks)
    shown = ann.messages(channel)[-1]
    with pytest.raises(Refused, match="sees no message"):
        ben.click(shown, "only")
    ann.click(shown, "only")
    assert heard[0]["container"]["is_ephemeral"]
    assert "message" not in heard[0]


def test_nothing_is_clicked_in_an_archived_channel(slack: WebClient, channel: str, ann: Person) -> None:
    blocks = [{"type": "actions", "elements": [button("accept")]}]
    slack.chat_postMessage(channel=channel, text="x", blocks=blocks)
    shown = ann.messages(channel)[-1]
    slack.conversations_archive(channel=channel)
    with pytest.raises(Refused, match="archived"):
        ann.click(shown, "accept")


# --- modals ---


def test_a_submitted_view_carries_every_input_and_closes(app: App, ann: Person) -> None:
    heard: list[dict[str, Any]] = []
    optional = text_input("note")
    optional["optional"] = True
    impact = {
        "type": "input",
        "block_id": "impact",
        "label": plain("Impact"),
        "element": choices("impact", "1", "2"),
    }
    opening(app, modal("form", text_input("title"), optional, impact, private_metadata="draft-1"))

    @app.view("form")
    def _(ack: Ack, view: dict[str, Any]) -> None:
        heard.append(view)
        ack()

    view = ann.command("/plain", "general")["view"]
    seen = ann.submit(view, {"title": "CT hangs", "impact": "2"})
    assert (seen["outcome"], seen["view"]) == ("acknowledged", None)
    values = heard[0]["state"]["values"]
    assert values["title"]["title"]["value"] == "CT hangs"
    assert values["note"]["note"]["value"] is None
    assert values["impact"]["impact"]["selected_option"]["value"] == "2"
    assert heard[0]["private_metadata"] == "draft-1"


def test_the_client_refuses_an_incomplete_view_by_itself(
    app: App, client: SandboxClient, ann: Person
) -> None:
    opening(app, modal("form", text_input("title", max_length=5)))
    view = ann.command("/plain", "general")["view"]
    assert list(ann.submit(view, {})["errors"]) == ["title"]
    assert list(ann.submit(view, {"title": "too long"})["errors"]) == ["title"]
    assert client.deliveries(name="form") == []


def test_the_apps_errors_stand_at_their_inputs_and_keep_what_was_typed(app: App, ann: Person) -> None:
    opening(app, modal("form"))

    @app.view("form")
    def _(ack: Ack) -> None:
        ack(response_action="errors", errors={"title": "Say more."})

    view = ann.command("/plain", "general")["view"]
    seen = ann.submit(view, {"title": "short"})
    assert (seen["outcome"], seen["errors"]) == ("refused", {"title": "Say more."})
    assert seen["view"]["state"]["values"]["title"]["title"]["value"] == "short"


def test_errors_must_name_an_input(app: App, ann: Person) -> None:
    opening(app, modal("form", text_input("title"), {**section("words"), "block_id": "words"}))

    @app.view("form")
    def _(ack: Ack) -> None:
        ack(response_action="errors", errors={"words": "no"})

    view = ann.command("/plain", "general")["view"]
    assert ann.submit(view, {"title": "x"})["outcome"] == "invalid_response"


def test_a_view_may_be_followed_by_another_in_its_place(app: App, ann: Person) -> None:
    opening(app, modal("one"))

    @app.view("one")
    def _(ack: Ack) -> None:
        ack(response_action="update", view=modal("two"))

    view = ann.command("/plain", "general")["view"]
    seen = ann.submit(view, {"title": "x"})
    assert (seen["view"]["callback_id"], seen["view"]["id"]) == ("two", view["id"])
    assert len(ann.views()) == 1


def test_a_view_may_push_another_and_clear_all(app: App, ann: Person) -> None:
    opening(app, modal("one"))

    @app.view("one")
    def _(ack: Ack) -> None:
        ack(response_action="push", view=modal("two"))

    @app.view("two")
    def _(ack: Ack) -> None:
        ack(response_action="clear")

    view = ann.command("/plain", "general")["view"]
    second = ann.submit(view, {"title": "x"})["view"]
    assert (second["previous_view_id"], len(ann.views())) == (view["id"], 2)
    with pytest.raises(Refused, match="on top"):
        ann.submit(view, {"title": "x"})
    assert ann.submit(second, {"title": "y"})["view"] is None


def test_a_wrong_view_as_answer_is_shown_as_such(app: App, ann: Person) -> None:
    opening(app, modal("one"))

    @app.view("one")
    def _(ack: Ack) -> None:
        ack(response_action="update", view=modal("two", title=plain("x" * 25)))

    view = ann.command("/plain", "general")["view"]
    seen = ann.submit(view, {"title": "x"})
    assert (seen["outcome"], seen["view"]["callback_id"]) == ("invalid_response", "one")


def test_a_submission_that_nobody_acknowledges_leaves_the_view_open(app: App, ann: Person) -> None:
    opening(app, modal("form"))
    view = ann.command("/plain", "general")["view"]
    seen = ann.submit(view, {"title": "x"})
    assert (seen["outcome"], seen["view"]["id"]) == ("operation_timeout", view["id"])


def test_closing_tells_the_app_if_it_asked(app: App, ann: Person) -> None:
    closed = threading.Event()
    opening(app, modal("form", notify_on_close=True))

    @app.view_closed("form")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        assert body["is_cleared"]
        closed.set()
        ack()

    view = ann.command("/plain", "general")["view"]
    assert ann.close(view, everything=True)["outcome"] == "acknowledged"
    assert closed.is_set()
    assert ann.views() == []


def test_a_view_that_was_closed_cannot_be_updated(app: App, slack: WebClient, ann: Person) -> None:
    opening(app, modal("form"))
    view = ann.command("/plain", "general")["view"]
    ann.close(view)
    assert refusal(slack.views_update, view_id=view["id"], view=modal()) == "not_found"


def test_options_come_from_the_app(app: App, ann: Person) -> None:
    menu = {"type": "external_select", "action_id": "site"}
    opening(
        app, modal("form", {"type": "input", "block_id": "site", "label": plain("Site"), "element": menu})
    )

    @app.options("site")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        ack(options=[{"text": plain(body["value"]), "value": "ngh"}])

    view = ann.command("/plain", "general")["view"]
    assert ann.suggest(view, "site", "north")["options"] == [{"text": plain("north"), "value": "ngh"}]
