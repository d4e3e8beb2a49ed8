"""Response URLs: five answers in half an hour, to one person unless said otherwise."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.errors import SlackError
from bot.sandbox.workspace import triggers
from bot.sandbox.workspace.triggers import ResponseUrls
from tests.sandbox.support import Clock, button, command_url

Answer = Callable[..., WebhookClient]


def click_url(app: App, person: Person, message: dict[str, Any]) -> WebhookClient:
    """Let a person click and return the way to answer it."""
    heard: list[str] = []

    @app.action("go")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body["response_url"])
        ack()

    person.click(message, "go")
    return WebhookClient(heard[-1], retry_handlers=[])


def card(slack: WebClient, channel: str) -> None:
    """Post a message with a button."""
    blocks = [{"type": "actions", "elements": [button("go")]}]
    slack.chat_postMessage(channel=channel, text="card", blocks=blocks)


def test_an_answer_is_for_the_person_alone(app: App, ann: Person, ben: Person) -> None:
    assert command_url(app, ann).send(text="for you").status_code == 200
    assert ann.messages("general")[-1]["text"] == "for you"
    assert "for you" not in [message["text"] for message in ben.messages("general")]


def test_an_answer_may_be_for_all(app: App, ann: Person, ben: Person) -> None:
    command_url(app, ann).send(text="for all of you", response_type="in_channel")
    assert ben.messages("general")[-1]["text"] == "for all of you"


def test_five_answers_and_no_more(app: App, ann: Person) -> None:
    url = command_url(app, ann)
    answers = [url.send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in str(answers[-1].body)


def test_no_answer_after_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(triggers, "time", clock)
    url = ResponseUrls().new("U1", "C1")
    clock.now += 30 * 60 + 1
    with pytest.raises(SlackError, match="expired_url"):
        url.use()


def test_the_message_that_was_clicked_can_be_replaced_and_deleted(
    app: App, slack: WebClient, channel: str, ann: Person
) -> None:
    card(slack, channel)
    url = click_url(app, ann, ann.messages(channel)[-1])
    url.send(text="done", replace_original=True)
    assert ann.messages(channel)[-1]["text"] == "done"
    url.send(delete_original=True)
    assert "done" not in [message["text"] for message in ann.messages(channel)]


def test_an_ephemeral_message_is_replaced_for_its_reader(
    app: App, slack: WebClient, channel: str, ann: Person
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    blocks = [{"type": "actions", "elements": [button("go")]}]
    slack.chat_postEphemeral(channel=channel, user=ann.id, text="x", blocks=blocks)
    url = click_url(app, ann, ann.messages(channel)[-1])
    url.send(text="seen", replace_original=True)
    latest = ann.messages(channel)[-1]
    assert (latest["text"], latest["is_ephemeral"]) == ("seen", True)


def test_an_answer_has_slacks_limits_too(app: App, ann: Person) -> None:
    blocks = [{"type": "divider"}] * 51
    answer = command_url(app, ann).send(text="x", blocks=blocks)
    assert "invalid_blocks" in str(answer.body)


def test_an_unknown_address_answers_nothing(address: str, client: SandboxClient) -> None:
    answer = WebhookClient(f"{address}/response/unknown", retry_handlers=[]).send(text="x")
    assert answer.status_code == 404
    assert client.calls("response_url")[-1]["error"] == "invalid_url"
