"""One browser per file, a window with nothing remembered per test, and an album of what was on the screen.

Whatever the page asks for elsewhere, and whatever its own policy or scripts complain of, fails the test.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.conftest import is_loopback

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
    """The folder for a test's pictures, in `$ARTEFACTS` or else `artefacts`, emptied of what was there."""
    name: str = request.node.name
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
