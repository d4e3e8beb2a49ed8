"""Slack over HTTP: signed, in time, of a sensible size and shape; everything else is answered 4xx in words."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from prometheus_client import CollectorRegistry
from slack_sdk.signature import SignatureVerifier

from bot import clock
from bot.api import server
from bot.api.deliveries import PATH, add_deliveries
from bot.api.health import Health
from bot.slack.http import LARGEST_BODY, deliver
from tests.handlers.workspace import SECRET, TEAM, Workspace

SIGNER = SignatureVerifier(SECRET)
COMMAND = {
    "command": "/burst",
    "text": "help",
    "user_id": "U01OLIVE",
    "team_id": TEAM,
    "channel_id": "C0ELSEWHERE",
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.example/respond",
}
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@pytest.fixture
def address(slack: Workspace) -> Iterator[str]:
    """Where Slack delivers to."""
    application = server.build(Health((), ()), CollectorRegistry())
    add_deliveries(application, partial(deliver, slack._app))
    running = server.Server(application, "127.0.0.1", 0)
    running.start()
    yield running.url + PATH
    running.stop()


def send(address: str, body: bytes, kind: str = FORM, **changed: str) -> httpx.Response:
    """One delivery as Slack signs it, with some headers changed."""
    headers = {**signed(body), "content-type": kind} | {n.replace("_", "-"): v for n, v in changed.items()}
    with httpx.Client(trust_env=False, verify=False) as client:  # noqa: S501 - plain http on loopback
        return client.post(address, content=body, headers=headers)


def signed(body: bytes, at: float | None = None) -> Mapping[str, str]:
    """Slack's two headers."""
    stamp = str(int(clock.wall() if at is None else at))
    signature = SIGNER.generate_signature(timestamp=stamp, body=body)
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature or ""}


def test_a_command_is_answered_in_the_same_breath(address: str) -> None:
    """200 with the words for the one who typed it."""
    answer = send(address, urlencode(COMMAND).encode())
    assert answer.status_code == 200
    assert "/burst open" in answer.text


def test_a_wrong_signature_is_turned_away(address: str) -> None:
    """Whoever it was, it was not Slack."""
    answer = send(address, urlencode(COMMAND).encode(), x_slack_signature="v0=0000")
    assert answer.status_code == 401


def test_a_replay_after_five_minutes_is_turned_away(address: str) -> None:
    """The signature is right, the time is not."""
    body = urlencode(COMMAND).encode()
    old = signed(body, clock.wall() - 301)
    answer = send(address, body, **{name.replace("-", "_"): value for name, value in old.items()})
    assert answer.status_code == 401


def test_the_address_is_proved_to_slack(address: str) -> None:
    """``url_verification`` wants its challenge back."""
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    answer = send(address, body, JSON)
    assert (answer.status_code, answer.json()) == (200, {"challenge": "abc"})


def test_a_certificate_check_is_answered(address: str) -> None:
    """``ssl_check`` comes unsigned."""
    body = urlencode({"ssl_check": "1", "token": "t"}).encode()
    assert send(address, body, x_slack_signature="none").status_code == 200


@pytest.mark.parametrize("stamp", ["soon", "", "12e3", "-5"])
def test_a_timestamp_that_is_no_number_is_turned_away(address: str, stamp: str) -> None:
    """Bolt alone would fail at it."""
    answer = send(address, b"x=1", x_slack_request_timestamp=stamp)
    assert answer.status_code == 401


@pytest.mark.parametrize("body", [b"{not json", b'{"a":' * 3000, b"payload={", b"[1, 2]"])
def test_what_is_no_delivery_is_answered_in_words(address: str, body: bytes) -> None:
    """Never with 500: Slack would send it again and again."""
    answer = send(address, body, JSON)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "event_id": "Ev1", "authorizations": {"team_id": "T1"}},
        {"type": "event_callback", "event_id": "Ev1", "event": "team_join"},
        {"type": "event_callback", "event_id": "Ev1", "event": ["team_join"]},
    ],
)
def test_an_event_that_bolt_cannot_read_does_not_come_again(
    slack: Workspace, body: Mapping[str, Any]
) -> None:
    """Only what failed with us is worth a repetition."""
    sent = json.dumps(body).encode()

    reply = deliver(slack._app, sent, {**signed(sent), "content-type": JSON})

    assert reply.status == 400
    assert reply.headers["x-slack-no-retry"] == "1"


def test_bytes_that_are_no_text_are_answered_in_words(slack: Workspace) -> None:
    """They could not even be signed by Slack's own library."""
    assert deliver(slack._app, b"\xff\xfe", {"content-type": FORM}).status == 400


def test_a_body_beyond_reason_is_not_even_read(address: str) -> None:
    """Nobody fills our memory."""
    assert send(address, b"x" * (LARGEST_BODY + 10)).status_code == 413
