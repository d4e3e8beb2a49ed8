"""What the page owes to whoever sits before it, whatever is written on it: at the keyboard, under attack."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slack_sdk import WebClient

from bot.sandbox.client import Person
from tests.browser.accessibility import barriers
from tests.browser.conftest import window
from tests.browser.visitor import Visitor
from tests.sandbox.support import fresh, section

HOSTILE = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    "<a href=\"javascript:document.title='taken'\">here</a> \u202eelpmaxe.tfel-ot-thgir\u202c שלום 👩‍⚕️🩻 "
)
LONGEST = 40_000
SLIPPED_IN = """() => {
    const script = document.createElement("script");
    script.text = "document.title = 'taken'";
    document.body.append(script);
}"""
AT_ONCE = """() => new MutationObserver(function (_, observer) {
    const dialog = document.querySelector("dialog[data-modal]");
    if (!dialog) return;
    observer.disconnect();
    document.dispatchEvent(new Event("htmx:afterSettle"));
    dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
}).observe(document.querySelector("#modal").parentNode, { childList: true })"""
"""Escape, as soon as a modal is in the document and something else on the page has settled."""


def test_a_modal_is_opened_filled_in_and_left_by_keyboard_alone(visitor: Visitor, ann: Person) -> None:
    visitor.be(ann.name, "app")
    keyboard, field = visitor.page.keyboard, visitor.page.locator("dialog [name='title|title']")
    composer = visitor.page.get_by_label("Message or command")
    _tab_to(visitor.page, composer)
    keyboard.type("/plain")
    keyboard.press("Enter")
    expect(field).to_be_focused()
    keyboard.type("wrong")
    _tab_to(visitor.page, visitor.modal.locator("button.submit"))
    keyboard.press("Enter")
    expect(visitor.modal.get_by_role("alert")).to_have_text("Not like that.")
    expect(field).to_be_focused()
    visitor.look("refused")
    keyboard.press("Control+A")
    keyboard.type("right")
    keyboard.press("Enter")
    visitor.closed()
    expect(composer).to_be_focused()

    keyboard.type("/plain")
    keyboard.press("Enter")
    expect(field).to_be_focused()
    keyboard.press("Escape")
    visitor.closed()
    expect(composer).to_be_focused()
    assert ann.views() == []


def test_a_modal_can_be_left_as_soon_as_it_is_there(visitor: Visitor, ann: Person) -> None:
    visitor.be(ann.name, "app")
    visitor.page.evaluate(AT_ONCE)
    with visitor.page.expect_response("**/close"):
        visitor.write("/plain")
    visitor.closed()
    assert ann.views() == []


def test_what_is_hostile_is_shown_and_does_nothing(visitor: Visitor, ann: Person, slack: WebClient) -> None:
    channel = slack.conversations_create(name=fresh("room"))["channel"]["id"]
    ann.change_channel(channel, "join")
    ann.say(channel, HOSTILE + "x" * (LONGEST - len(HOSTILE)))
    slack.chat_postMessage(channel=channel, text=HOSTILE, blocks=[section(HOSTILE)])

    visitor.be(ann.name, channel)
    pane = visitor.page.locator("#pane")
    expect(pane.get_by_text("<script>")).to_have_count(2)
    visitor.look("hostile")
    assert pane.locator("script, img, iframe, [onerror], a[href^='javascript:']").count() == 0
    assert "taken" not in visitor.page.title()
    sideways = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert visitor.page.evaluate(sideways) == 0


def test_what_went_over_the_wire_can_be_read(visitor: Visitor, ann: Person, slack: WebClient) -> None:
    slack.conversations_create(name=fresh("room"))
    visitor.be(ann.name)
    visitor.page.locator("details.inspector > summary").click()
    with visitor.page.expect_popup() as opening:
        visitor.page.get_by_role("link", name="conversations.create").first.click()
    happening = opening.value
    expect(happening.get_by_role("heading", name="conversations.create")).to_be_visible()
    assert barriers(happening) == []


def test_a_barrier_is_found(visitor: Visitor, ann: Person) -> None:
    visitor.be(ann.name)
    visitor.page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert any(found.startswith("button-name (critical)") for found in barriers(visitor.page))


def test_a_script_that_somebody_slips_in_is_stopped_and_noticed(
    browser: Browser, album: Path, address: str, ann: Person
) -> None:
    with pytest.raises(AssertionError, match="Content Security Policy"):
        _slip_a_script_in(browser, album, f"{address}/as/{ann.name}/home")


def _slip_a_script_in(browser: Browser, album: Path, url: str) -> None:
    with window(browser, album) as page:
        page.goto(url)
        page.evaluate(SLIPPED_IN)
        assert "Ann Alder" in page.title()


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as who has no mouse does."""
    for _ in range(60):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no number of tabs leads there")
