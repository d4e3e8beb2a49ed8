"""The three doors that deliveries come in by: signed and in process, signed over HTTP, and Socket Mode.

Through the signed ones also comes what is no delivery at all: cut bodies, wrong types, bytes, odd signatures.
"""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any, Literal
from urllib.parse import urlencode

import httpx
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import clock
from bot.slack.http import deliver
from tests.handlers.workspace import SECRET
from tests.hostile.story import Delivery

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
KINDS = {"command": "slash_commands", "interaction": "interactive", "event": "events_api"}
ODD_STAMPS = ("", "x", "٣", "-1", "1e9", "9" * 400, "0", "\x00")

Door = Literal["signed", "http", "socket"]
Headers = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back; ``status`` 0 where Slack would get no acknowledgement at all."""

    status: int
    body: str

    @property
    def json(self) -> Mapping[str, Any]:
        """The body as JSON, empty when it is none."""
        found = json.loads(self.body) if self.body.startswith("{") else {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Packet:
    """A request as it goes over the wire; ``whole`` unless it was spoiled on the way."""

    body: bytes
    headers: Headers
    whole: bool = True


def in_process(app: App) -> Callable[[Packet], Answer]:
    """Through the guard and Bolt, without a server."""

    def send(packet: Packet) -> Answer:
        reply = deliver(app, packet.body, packet.headers)
        return Answer(reply.status, reply.body)

    return send


def over_http(url: str, client: httpx.Client) -> Callable[[Packet], Answer]:
    """Through the server at ``url``."""

    def send(packet: Packet) -> Answer:
        # What HTTP itself does not carry is not sent: control characters, and anything but Latin letters.
        headers = {name: re.sub(r"[^ -~]", "", value) for name, value in packet.headers.items()}
        answer = client.post(url, content=packet.body, headers=headers)
        return Answer(answer.status_code, answer.text)

    return send


def over_socket(app: App, delivery: Delivery) -> Answer:
    """As Socket Mode brings it: a payload that is JSON already. What Bolt cannot read is not acknowledged."""
    request = SocketModeRequest(KINDS[delivery.door], "an-envelope", delivery.body)
    try:
        response = run_bolt_app(app, request)
    except (AttributeError, TypeError, ValueError, LookupError, RecursionError):
        return Answer(0, "")
    return Answer(response.status, response.body or "")


def written(delivery: Delivery) -> Delivery:
    """The delivery as it arrives in a form: a command's fields are strings there."""
    if delivery.door != "command":
        return delivery
    return Delivery(
        "command",
        {
            str(name): value if isinstance(value, str) else json.dumps(value)
            for name, value in delivery.body.items()
        },
    )


def packed(delivery: Delivery) -> Packet:
    """The delivery as Slack would write and sign it."""
    if delivery.door == "event":
        return _signed(json.dumps(delivery.body).encode(), JSON)
    if delivery.door == "interaction":
        return _signed(urlencode({"payload": json.dumps(delivery.body)}).encode(), FORM)
    return _signed(urlencode(delivery.body, errors="surrogatepass").encode(), FORM)


def spoiled(packet: Packet, random: Random) -> Packet:
    """The request damaged on the way, signed again unless the signature is what was damaged."""
    body, kind = packet.body, packet.headers["content-type"]
    cut = random.randrange(len(body) + 1)
    way = random.randrange(9)
    if way == 0:
        return _signed(body[:cut], kind, whole=False)
    if way == 1:
        return _signed(body[:cut] + random.randbytes(8) + body[cut:], kind, whole=False)
    if way == 2:
        return _signed(random.randbytes(random.randrange(200)), kind, whole=False)
    if way == 3:
        return _signed(
            body, random.choice((JSON, FORM, "text/plain", "", "multipart/form-data")), whole=False
        )
    if way == 4:
        return _signed(body + b"&payload=%7B%7D&command=%2Fburst", kind, whole=False)
    if way == 5:
        return _signed(
            random.choice((b"[]", b"null", b"1", b'"x"', b"payload=[]", b"[" * 50_000)), kind, whole=False
        )
    changed: Headers = (
        {"x-slack-signature": random.choice(("", "v0=", "v0=00", "\x00", "v1=" + "a" * 64))}
        if way == 6
        else {"x-slack-request-timestamp": random.choice(ODD_STAMPS)}
    )
    return Packet(body, {**packet.headers, **changed}, whole=False)


def _signed(body: bytes, kind: str, *, whole: bool = True) -> Packet:
    stamp = str(int(clock.wall()))
    base = f"v0:{stamp}:".encode() + body  # slack_sdk signs text alone, and not every body is text
    signature = "v0=" + hmac.new(SECRET.encode(), base, sha256).hexdigest()
    return Packet(
        body,
        {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": signature},
        whole=whole,
    )
