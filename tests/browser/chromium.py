"""The machine's own Chromium: none is ever fetched."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Names that are looked up outside this machine resolve to nothing, whatever the browser itself would like to fetch.
OPTIONS = ("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1", "--disable-gpu")


def where() -> str:
    """The path of the browser. Skips the test where there is none; in CI, where one must be, fails it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI has no Chromium: .ci/run installs it")
    if found is None:
        pytest.skip("no Chromium on this machine (Debian, Ubuntu: apt-get install chromium)")
    return found


@contextmanager
def running() -> Iterator[Browser]:
    """A browser for as long as the block lasts."""
    path = where()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield browser
        browser.close()
