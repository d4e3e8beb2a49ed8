"""HTTP mode: one request URL, signed requests, repeats with their headers."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.client import SandboxClient, wait_for
from bot.sandbox.delivery.answer import Answer, Parcel
from bot.sandbox.delivery.requests import Requests, signed
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.support import button, fresh, web_client

SECRET = "a-secret-of-the-test"


@dataclass
class Inbox:
    """An app that keeps what it gets, and answers what the test says."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def of(self, words: bytes) -> list[tuple[dict[str, str], bytes]]:
        """Return the requests whose body contains these words."""
        return [request for request in list(self.requests) if words in request[1]]


@dataclass
class World:
    """A sandbox in HTTP mode, and the app that it delivers to."""

    inbox: Inbox
    client: SandboxClient
    slack: WebClient


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Inbox, str]]:
    """The app's HTTP server."""
    inbox = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            inbox.requests.append(({k.lower(): v for k, v in self.headers.items()}, body))
            answer = inbox.body.encode()
            self.send_response(inbox.status)
            for name, value in inbox.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield inbox, f"http://127.0.0.1:{listening.server_port}/slack/events"
        listening.shutdown()


@pytest.fixture(scope="module")
def delivering(server: tuple[Inbox, str]) -> Iterator[str]:
    """A sandbox that delivers to the app."""
    settings = SandboxSettings(
        manifest=MANIFEST,
        port=0,
        deliver_to=server[1],
        signing_secret=SECRET,
        rate_limit_scale=None,
        retry_waits_for=(0.0, 0.01, 0.02),
    )
    with running(settings) as address:
        yield address


@pytest.fixture
def world(server: tuple[Inbox, str], delivering: str) -> Iterator[World]:
    """Everything, with an app that accepts everything again."""
    inbox = server[0]
    inbox.status, inbox.body, inbox.headers = 200, "", {}
    inbox.requests.clear()
    with SandboxClient(delivering) as client:
        yield World(inbox, client, web_client(delivering))


def test_a_signature_is_made_as_slack_documents_it() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGl"
        b"gcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    made = signed("8f742231b10e8888abcd99yyyzzz85a5", body, at=1531420618)["X-Slack-Signature"]
    assert made == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_a_command_is_a_signed_form_and_its_answer_is_shown(world: World) -> None:
    world.inbox.body = json.dumps({"text": "from afar"})
    world.inbox.headers = {"Content-Type": "application/json"}
    person = world.client.add_person(fresh("ann"))
    assert person.command("/plain hello", "general")["message"]["text"] == "from afar"
    headers, body = world.inbox.of(b"command=")[0]
    assert SignatureVerifier(SECRET).is_valid_request(body, headers)
    assert parse_qs(body.decode())["text"] == ["hello"]


def test_a_plain_text_answer_is_shown_too(world: World) -> None:
    world.inbox.body = "just words"
    person = world.client.add_person(fresh("ann"))
    assert person.command("/plain", "general")["message"]["text"] == "just words"


def test_a_click_is_a_payload_in_a_form(world: World) -> None:
    person = world.client.add_person(fresh("ann"))
    room = world.slack.conversations_create(name=fresh("r"))["channel"]["id"]
    blocks = [{"type": "actions", "elements": [button("go")]}]
    world.slack.chat_postMessage(channel=room, text="x", blocks=blocks)
    assert person.click(person.messages(room)[-1], "go")["outcome"] == "acknowledged"
    _headers, body = world.inbox.of(b"payload=")[0]
    assert json.loads(parse_qs(body.decode())["payload"][0])["type"] == "block_actions"


def test_an_event_is_json_and_comes_again_until_it_is_accepted(world: World) -> None:
    world.inbox.status = 500
    world.client.add_person(fresh("newcomer"))
    tries = wait_for(lambda: world.inbox.of(b"team_join")[3:] and world.inbox.of(b"team_join"))
    retries = [headers.get("x-slack-retry-num") for headers, _ in tries]
    assert retries == [None, "1", "2", "3"]
    assert tries[1][0]["x-slack-retry-reason"] == "http_error"
    assert len({json.loads(body)["event_id"] for _, body in tries}) == 1


def test_an_app_can_ask_for_no_repeat(world: World) -> None:
    world.inbox.status, world.inbox.headers = 500, {"X-Slack-No-Retry": "1"}
    world.client.forget()
    world.client.add_person(fresh("newcomer"))
    wait_for(lambda: world.client.deliveries("team_join", outcome="failed"))
    world.inbox.status, world.inbox.headers = 200, {}
    world.client.add_person(fresh("another"))
    wait_for(lambda: world.client.deliveries("team_join", outcome="acknowledged"))
    assert len(world.inbox.of(b"team_join")) == 2


def test_a_refused_command_fails_in_the_client(world: World) -> None:
    world.inbox.status = 500
    person = world.client.add_person(fresh("ann"))
    assert person.command("/plain", "general")["outcome"] == "dispatch_failed"


async def attempt(url: str) -> Answer:
    """Deliver once, with little patience."""
    outlet = Requests(url, SECRET, acknowledge_within=0.5)
    answer = await outlet.send(Parcel("events_api", {"event_id": "Ev1"}))
    await outlet.close()
    return answer


def test_an_app_that_keeps_silent_is_out_of_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answer = asyncio.run(attempt(f"http://127.0.0.1:{listening.getsockname()[1]}/"))
    assert (answer.outcome, answer.reason) == ("timeout", "http_timeout")


def test_an_app_that_is_gone_cannot_be_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    answer = asyncio.run(attempt(f"http://127.0.0.1:{port}/"))
    assert (answer.outcome, answer.reason) == ("failed", "connection_failed")


def test_an_app_that_sends_slack_in_circles_is_given_up(server: tuple[Inbox, str]) -> None:
    inbox, url = server
    inbox.status, inbox.headers = 307, {"Location": url}
    answer = asyncio.run(attempt(url))
    assert (answer.outcome, answer.reason) == ("failed", "too_many_redirects")
