"""What the sandbox's tests share: a way to see refusals, blocks to send, and a puppet for an app."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.sandbox.client import Person, SandboxClient

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"

_numbers = itertools.count(1)


class Clock:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


def fresh(start: str) -> str:
    """Return a name that no other test of this run uses."""
    return f"{start}-{next(_numbers)}"


def web_client(address: str, token: str = BOT_TOKEN) -> WebClient:
    """Return Slack's own client, pointed at the sandbox, that never retries by itself."""
    return WebClient(token, base_url=f"{address}/api/", retry_handlers=[])


def refused(call: Callable[..., object], **arguments: Any) -> dict[str, Any]:
    """Return the body of the refusal that this call must meet."""
    try:
        call(**arguments)
    except SlackApiError as error:
        body = error.response.data
        assert isinstance(body, dict)
        return body
    raise AssertionError(f"{arguments} was not refused")


def refusal(call: Callable[..., object], **arguments: Any) -> str:
    """Return the error code that this call must be refused with."""
    return str(refused(call, **arguments)["error"])


@contextmanager
def connected(address: str, app: App) -> Iterator[SocketModeHandler]:
    """Connect a Bolt app by Socket Mode for as long as the block lasts."""
    with SandboxClient(address) as client:
        before = client.about()["connections"]
        handler = SocketModeHandler(app, APP_TOKEN)
        handler.client.connect()
        client.wait_until_connected(before + 1)
        try:
            yield handler
        finally:
            handler.client.close()


def puppet(slack: WebClient) -> App:
    """Return a Bolt app that answers nothing yet and accepts every event."""
    return App(client=slack, process_before_response=True)


def plain(text: str) -> dict[str, str]:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> dict[str, Any]:
    """Return a section of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action_id: str, value: str = "1") -> dict[str, Any]:
    """Return a button."""
    return {"type": "button", "action_id": action_id, "text": plain(action_id), "value": value}


def text_input(block_id: str, **fields: Any) -> dict[str, Any]:
    """Return an input block with one text field whose action_id is the block_id."""
    element = {"type": "plain_text_input", "action_id": block_id, **fields}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element}


def modal(callback_id: str = "form", *blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a modal; without blocks it has one text input called `title`."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text_input("title")],
        **fields,
    }


def command_url(app: App, person: Person, channel: str = "general") -> WebhookClient:
    """Let a person run a command and return the way to answer it."""
    heard: list[str] = []

    @app.command("/plain")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body["response_url"])
        ack()

    person.command("/plain", channel)
    return WebhookClient(heard[-1], retry_handlers=[])
