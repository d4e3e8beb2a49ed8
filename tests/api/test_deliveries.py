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
from bot.app import routes
from bot.slack import bolt
from bot.slack.http import LARGEST_BODY, deliver
from bot.taskforce.terms import Standing
from storage.directory import Directory
from tests.handlers.workspace import BOT, OPEN_LINE, SECRET, TEAM, Workspace

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
EVENT = {
    "type": "event_callback",
    "team_id": TEAM,
    "event_id": "Ev1",
    "event": {"type": "user_change", "event_ts": "1.0", "user": {"id": "U01OLIVE", "deleted": True}},
    "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
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


def test_a_delivery_that_is_replayed_within_its_time_does_nothing_twice(
    address: str, slack: Workspace
) -> None:
    """The signature is still good, so it is the request's own id that tells."""
    body = urlencode({**COMMAND, "text": OPEN_LINE}).encode()
    assert [send(address, body).status_code for _ in range(2)] == [200, 200]
    assert slack.count() == 1


def test_an_event_that_failed_is_asked_for_again_and_then_counts_once(
    address: str, slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 without ``x-slack-no-retry``; the repetition carries the same id and says which it is."""
    body = json.dumps(EVENT).encode()
    slack.know("U01OLIVE", Standing.MEMBER)
    with monkeypatch.context() as broken:
        broken.setattr(Directory, "put", _fails)
        answer = send(address, body, JSON)
    assert (answer.status_code, answer.headers.get("x-slack-no-retry")) == (500, None)
    for attempt in ("1", "2"):
        again = send(address, body, JSON, x_slack_retry_num=attempt, x_slack_retry_reason="http_error")
        assert again.status_code == 200
    with slack.office.store.read() as unit:
        person = unit.directory.get("U01OLIVE")
    assert person is not None
    assert person.standing is Standing.DEACTIVATED


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "application/xml"])
def test_neither_json_nor_a_form_is_turned_away(address: str, kind: str) -> None:
    """Bolt would read it as an empty form."""
    assert send(address, urlencode(COMMAND).encode(), kind).status_code == 415


def test_a_form_with_its_character_set_is_a_form(address: str) -> None:
    """Proxies add one."""
    assert send(address, urlencode(COMMAND).encode(), f"{FORM}; charset=utf-8").status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_slack_only_posts(address: str, method: str) -> None:
    """Whoever looks in with a browser learns that."""
    with httpx.Client(trust_env=False, verify=False) as client:  # noqa: S501 - plain http on loopback
        assert client.request(method, address).status_code == 405


def test_what_waited_while_we_stood_still_is_not_done(slack: Workspace) -> None:
    """Its sender was told long ago that it failed: no word that it is no delivery, and not for the last time."""
    app = bolt.build(
        routes(slack.office), slack.gateway, slack.identity, signing_secret=SECRET, just_woke=lambda: True
    )
    body = urlencode({**COMMAND, "text": OPEN_LINE}).encode()
    reply = deliver(app, body, {**signed(body), "content-type": FORM})
    assert (reply.status, "x-slack-no-retry" in reply.headers) == (503, False)
    assert slack.count() == 0


def _fails(*_: object) -> None:
    raise RuntimeError("a defect of ours")
