"""Faults on demand: before the effect, after it, and on the way to the app."""

import http.client
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.client import Person, SandboxClient, wait_for
from tests.sandbox.support import APP_TOKEN, connected, puppet, refusal, web_client


def texts(person: Person, channel: str) -> list[str]:
    """Return the texts that a person sees."""
    return [message["text"] for message in person.messages(channel)]


def test_a_failure_before_the_effect_leaves_nothing(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    client.fail("chat.postMessage", "error", error="internal_error")
    assert refusal(slack.chat_postMessage, channel=channel, text="once") == "internal_error"
    assert "once" not in texts(ann, channel)
    slack.chat_postMessage(channel=channel, text="again")
    assert "again" in texts(ann, channel)


def test_a_failure_after_the_effect_hides_that_it_happened(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    client.fail("chat.*", "error", after=True, error="fatal_error")
    assert refusal(slack.chat_postMessage, channel=channel, text="once") == "fatal_error"
    assert texts(ann, channel).count("once") == 1


@pytest.mark.parametrize("after", [False, True])
def test_a_connection_is_cut_before_or_after_the_effect(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person, after: bool
) -> None:
    client.fail("chat.postMessage", "drop", after=after)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        slack.chat_postMessage(channel=channel, text="once")
    assert ("once" in texts(ann, channel)) is after
    assert client.calls("chat.postMessage")[-1]["status"] == 0


def test_a_server_error_is_no_answer_in_json(client: SandboxClient, slack: WebClient, channel: str) -> None:
    client.fail("chat.postMessage", "status", status=503)
    with pytest.raises(SlackApiError) as failure:
        slack.chat_postMessage(channel=channel, text="x")
    assert failure.value.response.status_code == 503


def test_an_answer_may_be_no_json_at_all(client: SandboxClient, slack: WebClient, channel: str) -> None:
    client.fail("chat.postMessage", "non_json", status=200)
    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel=channel, text="x")


def test_a_rate_limit_says_how_long(client: SandboxClient, slack: WebClient, channel: str) -> None:
    client.fail("chat.postMessage", "rate_limit", retry_after=7)
    with pytest.raises(SlackApiError) as failure:
        slack.chat_postMessage(channel=channel, text="x")
    assert failure.value.response.headers["Retry-After"] == "7"


def test_an_answer_may_come_after_the_caller_gave_up(
    client: SandboxClient, address: str, channel: str, ann: Person
) -> None:
    client.fail("chat.postMessage", "delay", after=True, delay_for=2.0)
    hasty = web_client(address)
    hasty.timeout = 1
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=channel, text="once")
    assert texts(ann, channel).count("once") == 1


def test_a_fault_strikes_only_calls_with_its_arguments(
    client: SandboxClient, slack: WebClient, channel: str, private: str
) -> None:
    client.fail("chat.postMessage", "error", arguments={"channel": private}, count=None)
    assert slack.chat_postMessage(channel=channel, text="x")["ok"]
    assert refusal(slack.chat_postMessage, channel=private, text="x") == "internal_error"


def test_a_fault_strikes_as_often_as_said(client: SandboxClient, slack: WebClient, channel: str) -> None:
    client.fail("chat.postMessage", "error", count=2)
    outcomes = []
    for _ in range(3):
        try:
            outcomes.append(slack.chat_postMessage(channel=channel, text="x")["ok"])
        except SlackApiError:
            outcomes.append(False)
    assert outcomes == [False, False, True]
    assert client.get("/faults")["calls"][0]["struck"] == 2


def test_an_outage_takes_everything_down_for_its_time(client: SandboxClient, slack: WebClient) -> None:
    client.outage(60)
    with pytest.raises(SlackApiError) as failure:
        slack.auth_test()
    assert failure.value.response.status_code == 503
    client.heal()
    assert slack.auth_test()["ok"]


def reactions(client: SandboxClient, channel: str, **filters: str) -> list[dict[str, Any]]:
    """Return the attempts to tell the app of a reaction in this channel."""
    found = client.deliveries("reaction_added", **filters)
    return [attempt for attempt in found if attempt["payload"]["event"]["item"]["channel"] == channel]


def test_a_delivery_may_come_twice(
    client: SandboxClient, address: str, slack: WebClient, channel: str, ann: Person
) -> None:
    app = puppet(slack)
    heard: list[str] = []

    @app.event("reaction_added")
    def _(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    with connected(address, app):
        client.disturb("reaction_added", "duplicate")
        ann.react(ann.messages(channel)[0], "eyes")
        wait_for(lambda: len(heard) == 2)
        wait_for(lambda: reactions(client, channel, outcome="acknowledged"))
    assert len(set(heard)) == 1


def test_a_lost_delivery_comes_again(
    client: SandboxClient, address: str, slack: WebClient, channel: str, ann: Person
) -> None:
    app = puppet(slack)

    @app.event("reaction_added")
    def _() -> None:
        return

    with connected(address, app):
        client.disturb("reaction_added", "drop")
        ann.react(ann.messages(channel)[0], "eyes")
        wait_for(lambda: reactions(client, channel, outcome="acknowledged"))
    assert [attempt["outcome"] for attempt in reactions(client, channel)] == ["dropped", "acknowledged"]


def test_the_app_token_is_never_recorded(client: SandboxClient, address: str) -> None:
    web_client(address).apps_connections_open(app_token=APP_TOKEN)
    assert APP_TOKEN not in repr(client.calls("apps.connections.open"))


def test_a_delivery_may_come_late(
    client: SandboxClient, address: str, slack: WebClient, channel: str, ann: Person
) -> None:
    app = puppet(slack)

    @app.event("reaction_added")
    def _() -> None:
        return

    with connected(address, app):
        client.disturb("reaction_added", "delay", delay_for=0.3)
        ann.react(ann.messages(channel)[0], "eyes")
        late = wait_for(lambda: reactions(client, channel, outcome="acknowledged"))
    assert late[0]["took"] >= 0.3


def test_during_an_outage_people_are_told_at_once(client: SandboxClient, ann: Person) -> None:
    client.outage(60)
    assert ann.command("/plain", "general")["outcome"] == "dispatch_failed"


def test_a_fault_that_never_strikes_harms_nobody(
    client: SandboxClient, slack: WebClient, channel: str
) -> None:
    client.fail("chat.postMessage", "error", count=None, probability=0.0)
    assert slack.chat_postMessage(channel=channel, text="x")["ok"]
