"""A sandbox per module, healed after each test; people and channels are new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from tests.sandbox.support import connected, fresh, puppet, web_client

MANIFEST = Path(__file__).parent / "manifest.yml"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A sandbox without rate limits, whose repeats come almost at once."""
    settings = SandboxSettings(
        manifest=MANIFEST,
        port=0,
        rate_limit_scale=None,
        retry_waits_for=(0.0, 0.05, 0.1),
        acknowledge_within=1.0,
    )
    with running(settings) as where:
        yield where


@pytest.fixture(scope="module")
def line(address: str) -> Iterator[SocketModeHandler]:
    """A Socket Mode connection that stays up for the module: closing one takes Bolt a second."""
    with connected(address, puppet(web_client(address))) as handler:
        yield handler


@pytest.fixture
def app(line: SocketModeHandler, slack: WebClient) -> App:
    """A connected Bolt app without listeners: each test adds its own."""
    line.app = puppet(slack)
    return line.app


@pytest.fixture
def client(address: str) -> Iterator[SandboxClient]:
    """The control API; whatever the test breaks is mended afterwards."""
    with SandboxClient(address) as control:
        control.forget()
        yield control
        control.heal()
        control.limit_rates(None)
        control.switch(**dict.fromkeys(control.about()["switches"], False))


@pytest.fixture
def slack(address: str) -> WebClient:
    """Slack's own client with the bot's token."""
    return web_client(address)


@pytest.fixture
def ann(client: SandboxClient) -> Person:
    """A member of the workspace."""
    return client.add_person(fresh("ann"), email=f"{fresh('ann')}@hospital.example", tz="Europe/Oslo")


@pytest.fixture
def ben(client: SandboxClient) -> Person:
    """Another member of the workspace."""
    return client.add_person(fresh("ben"))


@pytest.fixture
def channel(slack: WebClient) -> str:
    """The id of a public channel that the app made and is in."""
    return str(slack.conversations_create(name=fresh("room"))["channel"]["id"])


@pytest.fixture
def private(slack: WebClient) -> str:
    """The id of a private channel that the app made and is in."""
    return str(slack.conversations_create(name=fresh("vault"), is_private=True)["channel"]["id"])
