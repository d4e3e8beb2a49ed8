"""Socket Mode: tickets, hello, envelopes, acknowledgements, repeats and refreshes."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.sandbox.client import Person, SandboxClient, wait_for
from tests.sandbox.support import APP_TOKEN, connected, puppet, refusal, web_client


def socket_url(address: str) -> str:
    """Ask for a socket as an app does."""
    return str(web_client(address).apps_connections_open(app_token=APP_TOKEN)["url"])


@contextmanager
def socket(address: str) -> Iterator[ClientConnection]:
    """A raw connection that has said nothing yet."""
    with connect(socket_url(address), proxy=None) as connection:
        yield connection


def receive(connection: ClientConnection) -> dict[str, Any]:
    """Return the next frame."""
    frame = json.loads(connection.recv(timeout=5))
    assert isinstance(frame, dict)
    return frame


def acknowledge(connection: ClientConnection, envelope: dict[str, Any]) -> None:
    """Acknowledge an envelope."""
    connection.send(json.dumps({"envelope_id": envelope["envelope_id"]}))


def test_a_socket_says_hello_and_how_many_there_are(address: str, client: SandboxClient) -> None:
    with socket(address) as first, socket(address) as second:
        assert receive(first)["num_connections"] == 1
        hello = receive(second)
        assert (hello["type"], hello["num_connections"]) == ("hello", 2)
        assert hello["connection_info"]["app_id"] == client.about()["app_id"]


def test_a_ticket_opens_one_socket(address: str) -> None:
    url = socket_url(address)
    with connect(url, proxy=None) as first:
        receive(first)
        with pytest.raises((InvalidStatus, ConnectionClosed)), connect(url, proxy=None) as second:
            receive(second)


def test_a_workspace_may_turn_socket_mode_off(client: SandboxClient, address: str) -> None:
    client.switch(socket_mode_disabled=True)
    slack = web_client(address)
    assert refusal(slack.apps_connections_open, app_token=APP_TOKEN) == "forbidden_team"


def test_an_eleventh_socket_is_turned_away(address: str) -> None:
    with ExitStack() as stack:
        for _ in range(10):
            receive(stack.enter_context(socket(address)))
        frame = receive(stack.enter_context(socket(address)))
    assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")


def drained(connection: ClientConnection) -> list[dict[str, Any]]:
    """Acknowledge everything that still comes; return the events."""
    found: list[dict[str, Any]] = []
    while True:
        try:
            envelope = json.loads(connection.recv(timeout=0.3))
        except TimeoutError:
            return found
        acknowledge(connection, envelope)
        found.append(envelope["payload"])


def test_an_event_goes_to_one_socket_only(address: str, channel: str, ann: Person) -> None:
    with socket(address) as first, socket(address) as second:
        receive(first)
        receive(second)
        ann.change_channel(channel, "join")
        events = [body["event"] for body in drained(first) + drained(second)]
    joined = [event["user"] for event in events if event["type"] == "member_joined_channel"]
    assert joined.count(ann.id) == 1


def test_an_event_that_nobody_acknowledges_comes_again_three_times(
    address: str, client: SandboxClient, channel: str, ann: Person
) -> None:
    with socket(address) as connection:
        receive(connection)
        ann.react(ann.messages(channel)[0], "eyes")
        found: list[dict[str, Any]] = []
        while len(found) < 4:
            envelope = receive(connection)
            if envelope["payload"]["event"]["type"] == "reaction_added":
                found.append(envelope)
            else:
                acknowledge(connection, envelope)
    assert len({envelope["payload"]["event_id"] for envelope in found}) == 1
    assert len({envelope["envelope_id"] for envelope in found}) == 4
    assert [envelope["retry_attempt"] for envelope in found] == [0, 1, 2, 3]
    assert found[1]["retry_reason"] == "http_timeout"
    assert not found[0]["accepts_response_payload"]


def test_an_acknowledged_event_comes_once(
    address: str, client: SandboxClient, channel: str, ann: Person
) -> None:
    with socket(address) as connection:
        receive(connection)
        ann.react(ann.messages(channel)[0], "eyes")
        while True:
            envelope = receive(connection)
            acknowledge(connection, envelope)
            if envelope["payload"]["event"]["type"] == "reaction_added":
                break
        wait_for(lambda: client.deliveries("reaction_added", outcome="acknowledged"))
    assert len(client.deliveries("reaction_added")) == 1


def test_an_event_waits_a_little_for_an_app_that_comes_back(
    address: str, client: SandboxClient, channel: str, ann: Person
) -> None:
    ann.react(ann.messages(channel)[0], "eyes")
    failed = wait_for(lambda: client.deliveries("reaction_added", outcome="failed"))
    assert failed[0]["attempt"] == 0


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled", "cut"])
def test_bolt_comes_back_after_a_lost_socket(
    address: str, client: SandboxClient, slack: WebClient, ann: Person, reason: str
) -> None:
    app = puppet(slack)

    @app.command("/plain")
    def _(ack: Ack) -> None:
        ack("here again")

    with connected(address, app) as handler:
        assert client.disconnect(reason) == 1
        if reason == "cut":  # else Bolt looks only every ten seconds
            handler.client.connect_to_new_endpoint(force=True)
        seen = wait_for(lambda: ann.command("/plain", "general")["message"], what="an answer")
    assert seen["text"] == "here again"


def test_a_warning_leaves_the_socket_open(address: str, client: SandboxClient) -> None:
    with socket(address) as connection:
        receive(connection)
        client.disconnect("warning")
        assert receive(connection)["reason"] == "warning"
        assert client.about()["connections"] == 1


def test_an_old_socket_and_the_one_that_follows_it_share_what_comes(
    address: str, client: SandboxClient, channel: str, ann: Person
) -> None:
    wait_for(lambda: client.about()["connections"] == 0, what="the end of what came before")
    with socket(address) as old:
        receive(old)
        client.disconnect("refresh_requested", stays_for=60.0)
        assert receive(old)["reason"] == "refresh_requested"
        with socket(address) as new:
            assert receive(new)["num_connections"] == 2
            for connection in (old, new):
                drained(connection)  # what the channel and the person were told by
            for name in ("one", "two"):
                ann.react(ann.messages(channel)[0], name)
            heard = [reactions(drained(connection)) for connection in (old, new)]
    assert sorted(heard[0] + heard[1]) == ["one", "two"]
    assert len(heard[0]) == 1


def reactions(bodies: list[dict[str, Any]]) -> list[str]:
    """The names of the reactions among some events."""
    return [body["event"]["reaction"] for body in bodies if body["event"]["type"] == "reaction_added"]


def test_a_warning_is_followed_by_the_end(address: str, client: SandboxClient) -> None:
    with socket(address) as connection:
        receive(connection)
        client.disconnect("warning", stays_for=0.05)
        assert receive(connection)["reason"] == "warning"
        with pytest.raises(ConnectionClosed):
            receive(connection)


def test_a_ping_is_answered(address: str) -> None:
    with socket(address) as connection:
        assert connection.ping("still there?").wait(5)


def test_frames_that_are_no_acknowledgement_do_no_harm(address: str, client: SandboxClient) -> None:
    with socket(address) as connection:
        receive(connection)
        for frame in ("hello", "[]", '{"envelope_id": "unknown"}'):
            connection.send(frame)
        client.disconnect("warning")
        assert receive(connection)["type"] == "disconnect"


def test_a_command_without_an_app_fails(client: SandboxClient, ann: Person) -> None:
    wait_for(lambda: client.about()["connections"] == 0, what="no connection")
    assert ann.command("/plain", "general")["outcome"] == "dispatch_failed"


def test_a_later_delivery_may_overtake_an_earlier_one(
    address: str, client: SandboxClient, channel: str, ann: Person
) -> None:
    with socket(address) as connection:
        receive(connection)
        client.disturb("reaction_added", "reorder", delay_for=5.0)
        ann.react(ann.messages(channel)[0], "one")
        ann.react(ann.messages(channel)[0], "two")
        heard: list[str] = []
        while len(heard) < 2:
            envelope = receive(connection)
            acknowledge(connection, envelope)
            event = envelope["payload"]["event"]
            heard += [event["reaction"]] if event["type"] == "reaction_added" else []
    assert heard == ["two", "one"]
