"""Somebody at the page: goes where people go, clicks and types what they would, and keeps a picture of each step."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import barriers

Value = str | list[str] | Path


@dataclass
class Visitor:
    """A browser's window on the workspace at ``address``; pictures go to ``album``."""

    page: Page
    address: str
    album: Path
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def be(self, person: str, place: str = "home") -> None:
        """Look at a place as this person."""
        self.page.goto(f"{self.address}/as/{person}/{place}")

    def switch_to(self, person: str) -> None:
        """Be somebody else, as people do it on the page; one begins at the app's Home."""
        self.page.get_by_label("You are").select_option(person)
        self.page.wait_for_url(f"**/as/{person}/home")

    def enter(self, name: str | re.Pattern[str]) -> None:
        """Go to a conversation by the sidebar; what is there can be pressed once this returns."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("navigation").get_by_role("link", name=name).first.click()
        expect(self.page.locator("nav [aria-current=page]")).to_contain_text(name)

    def write(self, line: str) -> None:
        """Type a message or a command, and send it with Enter."""
        composer = self.page.get_by_label("Message or command")
        composer.fill(line)
        composer.press("Escape")
        composer.press("Enter")
        expect(composer).to_have_value("")

    @property
    def modal(self) -> Locator:
        """The modal that is open."""
        return self.page.locator("dialog[open]")

    def opened(self, title: str) -> Locator:
        """The modal of that title, once it is there."""
        expect(self.modal.get_by_role("heading", name=title)).to_be_visible()
        return self.modal

    def closed(self) -> None:
        """Wait until no modal is left: one that was refused stays, with why."""
        expect(self.page.locator("#modal dialog")).to_have_count(0)

    def fill(self, values: Mapping[str, Value]) -> None:
        """Answer the fields of the open modal, by block; what is long or waits for nothing else included."""
        for block, value in values.items():
            _answer(self.modal.locator(f'[name^="{block}|"]'), value)

    def submit(self) -> None:
        """Send the open modal off."""
        self.modal.locator("button.submit").click()

    def message(self, words: str | re.Pattern[str]) -> Locator:
        """The newest message with these words."""
        return self.page.locator("#pane .message").filter(has_text=words).last

    def press(self, words: str | re.Pattern[str], label: str) -> None:
        """Press a button of the newest message with these words that offers it."""
        button = self.page.get_by_role("button", name=label, exact=True)
        self.page.locator("#pane .message").filter(has_text=words).filter(has=button).last.get_by_role(
            "button", name=label, exact=True
        ).click()

    def look(self, name: str, within: str | None = None) -> None:
        """Keep a picture of what is on the screen, and ask that everybody can use it, or what is ``within``."""
        self.page.screenshot(path=self.album / f"{next(self._numbers):02}-{name}.png")
        assert barriers(self.page, within) == []


def _answer(field: Locator, value: Value) -> None:
    kind = field.first.evaluate("one => one.type")
    match value:
        case Path():
            field.set_input_files(value)
        case _ if kind in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                field.and_(field.page.locator(f'[value="{one}"]')).check()
        case str() | list() if kind.startswith("select"):
            field.select_option(value)
        case str():
            field.fill(value)
        case _:
            raise AssertionError(f"{kind} takes no {value}")
