"""``make screenshots``: the pictures of the README, taken of the demonstration's workspace with its history."""

import tempfile
from pathlib import Path

import click
from playwright.sync_api import Page, ViewportSize

from bot import logs
from bot.demo.history.making import BEGINNING, Keys, make_history
from bot.demo.history.present import ESCALATED
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from tests.browser import chromium
from tests.browser.visitor import Visitor

SIZE = ViewportSize(width=1180, height=900)
STEERING, ARCHIVE = "imaging-steering", "imaging-archive"
DUTY, CLINICAL, READER = "dominic", "marek", "stella"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def main(folder: Path) -> None:
    """Write the pictures into FOLDER, in place of those that are there."""
    logs.configure("ERROR")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="burst-pictures-") as scratch:
        time = PolicyTime(Path(scratch) / "clock.json", BEGINNING)
        with Backstage(Path(scratch), time) as backstage, chromium.running() as browser:
            keys = make_history(backstage, lambda _course: None)
            backstage.start_bot()
            page = browser.new_context(viewport=SIZE, locale="en-GB").new_page()
            _take(page, Visitor(page, backstage.slack.address, folder), keys)


def _take(page: Page, visitor: Visitor, keys: Keys) -> None:
    album = visitor.album
    number = keys[ESCALATED].removeprefix("BURST-")
    visitor.be(DUTY)
    page.get_by_text("Needs you now").wait_for()
    page.screenshot(path=album / "home.png")
    visitor.enter(STEERING)
    page.screenshot(path=album / "steering.png")
    visitor.be(CLINICAL)
    visitor.enter(f"burst-{number}-")
    visitor.message("Accountable owner").evaluate("card => card.scrollIntoView()")
    page.screenshot(path=album / "burst.png")
    visitor.be(READER)
    visitor.enter(ARCHIVE)
    visitor.write("/burst archive tunnel")
    visitor.message("archived burst").wait_for()
    page.screenshot(path=album / "archive.png")


if __name__ == "__main__":
    main()
