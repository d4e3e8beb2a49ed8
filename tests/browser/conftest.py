"""One browser per file, a window with nothing remembered per test, and an album of what was on the screen.

Whatever the page asks for elsewhere, and whatever its own policy or scripts complain of, fails the test.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from tests.browser import chromium
from tests.browser.visitor import Visitor
from tests.conftest import is_loopback
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.support import connected, fresh, modal, puppet, text_input, web_client

PROJECT = Path(__file__).parents[2]
COMPLAINTS = frozenset({"error", "warning"})
PATIENCE_FOR = 20_000
"""Milliseconds in which something comes true on a busy machine; nobody waits for longer than it takes."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for as long as the tests of a file take."""
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Path:
    """The folder for a test's pictures."""
    return album_named(request.node.name)


def album_named(name: str) -> Path:
    """The folder for pictures of that name, in `$ARTEFACTS` or else `artefacts`, emptied of what was there."""
    folder = Path(os.environ.get("ARTEFACTS", PROJECT / "artefacts")) / "browser" / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    return folder


@contextmanager
def window(browser: Browser, album: Path) -> Iterator[Page]:
    """A window on a desk; fails, at its end, for what went elsewhere and for each complaint on the console.

    Close it before the workspace that it shows, or it complains of that.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE_FOR)
    expect.set_options(timeout=PATIENCE_FOR)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type in COMPLAINTS else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        page.screenshot(path=album / "at-the-end.png")
        context.close()
    assert [url for url in asked if _is_elsewhere(url)] == []
    assert complaints == []


def _is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob"} and not is_loopback(parts.hostname)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A workspace with an app that opens a modal."""
    settings = SandboxSettings(manifest=MANIFEST, port=0, rate_limit_scale=None)
    with running(settings) as address, connected(address, _asking(address)):
        yield address


@pytest.fixture
def client(address: str) -> Iterator[SandboxClient]:
    """Who sets the workspace up."""
    with SandboxClient(address) as client:
        yield client


@pytest.fixture
def slack(address: str) -> WebClient:
    """The app's hands."""
    return web_client(address)


@pytest.fixture
def ann(client: SandboxClient) -> Person:
    """Who looks."""
    return client.add_person(fresh("ann"), real_name="Ann Alder", tz="Europe/Oslo")


@pytest.fixture
def visitor(browser: Browser, album: Path, address: str) -> Iterator[Visitor]:
    """Somebody at the page."""
    with window(browser, album) as page:
        yield Visitor(page, address, album)


def _asking(address: str) -> App:
    app = puppet(web_client(address))

    @app.command("/plain")
    def opens(ack: Ack, body: dict[str, str], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal("form", text_input("title")))

    @app.view("form")
    def takes(ack: Ack, view: dict[str, Any]) -> None:
        if view["state"]["values"]["title"]["title"]["value"] == "wrong":
            ack(response_action="errors", errors={"title": "Not like that."})
        else:
            ack()

    return app
