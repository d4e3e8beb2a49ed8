"""A whole burst, told on the page alone: nothing is done that a person could not click or type there."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from bot.demo.blockers import Blocker, blockers
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from bot.demo.stage import ARCHIVE, STEERING
from tests.browser.conftest import window
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.timeout(300)

APP = "⚡ Messages"
MOST_HOURS = 12


@pytest.fixture
def visitor(browser: Browser, album: Path, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody at the page of a workspace that the bot serves."""
    with Backstage(tmp_path, PolicyTime(tmp_path / "clock.json"), rate_limits="off") as backstage:
        backstage.start_bot()
        with window(browser, album) as page:
            yield Visitor(page, backstage.slack.address, album)


def test_a_blocker_from_raised_to_read_in_the_archive(visitor: Visitor, tmp_path: Path) -> None:
    blocker = blockers()["ct-chest-layout"]
    key = _raised(visitor, blocker)
    _accepted(visitor, key)
    _nobody_says_anything(visitor, key)
    _taken_up_and_decided(visitor, key)
    _proven_and_resolved(visitor, key, blocker, tmp_path)
    _answered(visitor, key)
    _found_in_the_archive(visitor, key)


def _raised(visitor: Visitor, blocker: Blocker) -> str:
    visitor.page.goto(visitor.address)
    visitor.look("who-to-be")
    visitor.page.get_by_role("region", name="Start here as").get_by_role("link", name="Noor Castell").click()
    visitor.look("home-of-the-raiser")
    visitor.page.locator("#pane").get_by_role("button", name="Raise a blocker").click()
    visitor.opened("Raise a blocker")
    visitor.look("raise-page-1")
    visitor.fill(
        {
            "family": blocker.family,
            "title": blocker.title,
            "sites": list(blocker.sites),
            "stage": blocker.stage,
            "impact": str(blocker.impact),
            "urgency": str(blocker.urgency),
            "workflow_impact": blocker.workflow_impact,
        }
    )
    visitor.submit()
    expect(visitor.modal).to_contain_text(blocker.severity)
    visitor.look("raise-page-2")
    visitor.fill({block: str(value) for block, value in blocker.typed.items()})
    visitor.look("raise-page-2-filled")
    visitor.submit()
    expect(visitor.modal).to_contain_text("BURST-1")
    visitor.look("raised")
    visitor.page.keyboard.press("Escape")
    visitor.closed()
    visitor.enter(re.compile("burst-1-"))
    expect(visitor.message("Accountable owner")).to_be_visible()
    visitor.look("channel-of-the-burst")
    return "BURST-1"


def _accepted(visitor: Visitor, key: str) -> None:
    visitor.switch_to("priya")
    visitor.enter(APP)
    asked = f"You are the accountable owner of {key}"
    expect(visitor.message(asked)).to_be_visible()
    visitor.look("owner-is-asked")
    visitor.press(asked, "Accept")
    expect(visitor.message("Acceptance done")).to_be_visible()
    visitor.look("owner-accepted")


def _nobody_says_anything(visitor: Visitor, key: str) -> None:
    """Time is moved in the inspector until the steering cell hears of it."""
    visitor.switch_to("dominic")
    visitor.enter(STEERING)
    visitor.page.locator("details.inspector > summary").click()
    card = visitor.message(f"Escalation · {key}")
    for _ in range(MOST_HOURS):
        visitor.page.get_by_role("button", name="+1 h", exact=True).click()
        try:
            expect(card).to_be_visible(timeout=1_500)
            break
        except AssertionError:
            continue
    expect(card).to_be_visible()
    visitor.look("steering-cell-is-asked")


def _taken_up_and_decided(visitor: Visitor, key: str) -> None:
    visitor.press(f"Escalation · {key}", "Take it up")
    expect(visitor.message("Taken up by")).to_be_visible()
    visitor.press(f"Escalation · {key}", "Decide")
    visitor.opened("Decide")
    visitor.look("steering-decides")
    visitor.fill({"text": "The coercion rule may go live for 90 days."})
    visitor.submit()
    visitor.closed()
    expect(visitor.message("Dominic Hayes decided")).to_be_visible()
    visitor.look("steering-decided")


def _proven_and_resolved(visitor: Visitor, key: str, blocker: Blocker, folder: Path) -> None:
    visitor.switch_to("priya")
    visitor.enter(re.compile("burst-1-"))
    card = f"{key} · {blocker.title}"
    visitor.press(card, "Checklist")
    page = visitor.opened("Checklist")
    visitor.look("checklist")
    for box in page.get_by_role("group", name="Items 1 to 8").get_by_role("checkbox").all():
        box.check()
    visitor.submit()
    visitor.closed()
    for number, piece in enumerate(blocker.evidence):
        proof = folder / f"proof-{number}.txt"
        proof.write_text(f"Counted after the fix, on synthetic studies: {piece.text}", encoding="utf-8")
        visitor.press(card, "Add evidence")
        visitor.opened("Add evidence")
        visitor.fill({"kind": piece.kind, "text": piece.text, "file": proof})
        visitor.look(f"evidence-{number}")
        visitor.submit()
        visitor.closed()
    visitor.press(card, "Resolve")
    visitor.opened("Resolve")
    visitor.look("resolve")
    visitor.fill({"fix": blocker.fix, "cause": blocker.cause})
    visitor.submit()
    visitor.closed()
    expect(visitor.message(card)).to_contain_text("Resolved")
    visitor.look("resolved")


def _answered(visitor: Visitor, key: str) -> None:
    """The raiser and both co-leads say whether it is done."""
    for person, words, label in (
        ("noor", f"{key} is resolved. Does it work for you?", "It works for me"),
        ("lena", f"{key} is resolved. Please check the evidence", "Sign off"),
        ("ines", f"{key} is resolved. Please check the evidence", "Sign off"),
    ):
        visitor.switch_to(person)
        visitor.look(f"home-of-{person}")
        visitor.enter(APP)
        expect(visitor.message(words)).to_be_visible()
        visitor.look(f"{person}-is-asked")
        visitor.press(words, label)
        expect(visitor.page.locator("#pane").get_by_role("button", name=label, exact=True)).to_have_count(0)


def _found_in_the_archive(visitor: Visitor, key: str) -> None:
    visitor.switch_to("stella")
    visitor.enter(ARCHIVE)
    thread = visitor.message(key).get_by_role("link", name=re.compile("repl"))
    expect(thread).to_be_visible()
    visitor.look("archive")
    visitor.write("/burst archive coercion rule")
    visitor.press("1 archived burst", "Open")
    visitor.look("found")
    visitor.page.locator("#pane .replies").last.click()
    paper = visitor.page.locator("#thread .file")
    expect(paper).to_contain_text("PDF")
    visitor.look("paper-in-the-thread")
    with visitor.page.expect_download() as downloading:
        paper.get_by_role("link", name="Download").click()
    read = PdfReader(io.BytesIO(downloading.value.path().read_bytes()), strict=True)
    text = "".join(page.extract_text() for page in read.pages)
    assert key in text
    assert "proof-0.txt" in text
