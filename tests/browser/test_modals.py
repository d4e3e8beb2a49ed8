"""Every modal that the bot has: opened as people open it, sent off wrong and then right, and what it did is seen.

All of it by one member of the steering cell who raised these blockers, on a workspace in which each is as far as the
modals need it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.demo.blockers import blockers
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from bot.demo.stage import STEERING
from bot.sandbox.client import Person, SandboxClient
from bot.slack.ids import OPEN_ANYWAY, View
from tests.browser.conftest import album_named, window
from tests.browser.visitor import Value, Visitor

pytestmark = pytest.mark.timeout(300)

WHO, OWNER, GUEST = "dominic", "priya", "teddy"
ABOUT_SOMEBODY = "The patient's MRN is 4711 0815."
COMPLETE = "Please complete this required field."
NUMBER = "a patient or hospital number"
STEPS_TO_THE_CELL = 4


@dataclass
class Desk:
    """The workspace: who looks at it, and the keys of its bursts by what they are for."""

    visitor: Visitor
    slack: SandboxClient
    keys: Mapping[str, str]
    person: Person

    def be(self, name: str) -> None:
        """Go on as somebody else."""
        self.visitor.switch_to(name)
        self.person = self.slack.person(name)

    def at(self, burst: str) -> str:
        """Go to the channel of a burst; returns the words by which its card is known."""
        key = self.keys[burst]
        self.visitor.enter(re.compile(channel_start(key)))
        return f"{key} · "

    @property
    def card(self) -> Locator:
        """The card of the burst in whose channel one is."""
        page = self.visitor.page
        return page.locator("#pane .message").filter(has=page.locator(".tag", has_text="pinned"))

    def opened(self, view: View, title: str) -> None:
        """The modal of that title is on the screen, and it is this one."""
        self.visitor.opened(title)
        assert self.person.views()[-1]["callback_id"] == view

    def refused(self, values: Mapping[str, Value], block: str, words: str) -> None:
        """Send the modal off with what is wrong: it stays, and says so at the field. A picture is kept."""
        self.visitor.fill(values)
        self.visitor.submit()
        expect(self.visitor.modal.locator(f"#block-{block}").get_by_role("alert")).to_contain_text(words)
        self.visitor.look(f"{self.person.views()[-1]['callback_id']}", within="dialog[open]")

    def sent(self, values: Mapping[str, Value]) -> None:
        """Send it off with what is right: it closes."""
        self.visitor.fill(values)
        self.visitor.submit()
        self.visitor.closed()

    def reads(self, *words: str) -> None:
        """All of that stands in the channel before them."""
        for each in words:
            expect(self.visitor.message(each)).to_be_visible()


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("modals")
    album = album_named("modals")
    with Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off") as backstage:
        backstage.start_bot()
        who, owner = (backstage.slack.person(name) for name in (WHO, OWNER))
        keys = prepared(backstage, who, owner)
        with window(browser, album) as page:
            visitor = Visitor(page, backstage.slack.address, album)
            visitor.be(WHO)
            yield Desk(visitor, backstage.slack, keys, who)


@pytest.fixture(autouse=True)
def nothing_stays_open(desk: Desk) -> Iterator[None]:
    """A modal that a failed test has left behind does not stand in the way of the next."""
    yield
    for view in desk.person.views()[:1]:
        desk.person.close(view, everything=True)


def prepared(backstage: Backstage, who: Person, owner: Person) -> dict[str, str]:
    """A burst for everything that a modal can be opened for."""
    keys = {
        name: raised(who, f"To {name}") for name in ("answer", "work", "wait", "fix", "decline", "reopen")
    }
    for name in ("work", "wait", "fix"):
        owner.command(f"/burst accept {keys[name]}")
    for piece in blockers()["ct-chest-layout"].evidence:
        owner.command(f"/burst evidence {keys['fix']} {piece.kind} {piece.text}")
    for _ in range(STEPS_TO_THE_CELL):
        who.command(f"/burst escalate {keys['answer']} Nobody answers.")
    who.wait_for_channel(channel_start(keys["reopen"]))
    who.command(f"/burst cancel {keys['reopen']} mistake It was the wrong scanner.")
    who.wait_for_message(STEERING, keys["answer"])
    who.wait_for_message(f"{channel_start(keys['reopen'])}dicom-mapping-ngh", "ended it")
    return keys


def raised(who: Person, title: str) -> str:
    answer = who.command(f"/burst open dicom_mapping site:NGH impact:2 urgency:1 {title}")
    found = re.search(r"BURST-\d+", str(answer["message"]))
    assert found is not None, answer
    return found[0]


def channel_start(key: str) -> str:
    """How the name of a burst's channel begins."""
    return f"burst-{key.removeprefix('BURST-')}-"


def test_raising_a_blocker_that_looks_like_others(desk: Desk) -> None:
    """By the shortcut, through both pages, and past what looks alike."""
    blocker = blockers()["ct-chest-layout"]
    visitor = desk.visitor
    visitor.page.get_by_role("banner").get_by_role("button", name="Raise a blocker").click()
    desk.opened(View.OPEN, "Raise a blocker")
    visitor.fill(
        {
            "family": blocker.family,
            "sites": list(blocker.sites),
            "stage": blocker.stage,
            "impact": str(blocker.impact),
            "urgency": str(blocker.urgency),
            "workflow_impact": blocker.workflow_impact,
        }
    )
    desk.refused({"title": ABOUT_SOMEBODY}, "title", NUMBER)
    visitor.fill({"title": blocker.title})
    visitor.submit()

    desk.opened(View.OPEN_DETAILS, "Details")
    visitor.fill({block: str(value) for block, value in blocker.typed.items()})
    desk.refused({"f_source_ae": "A name that is much too long"}, "f_source_ae", "1 to 16")
    visitor.fill({"f_source_ae": "NGH_CT_ER1"})
    visitor.submit()

    desk.opened(View.OPEN_SIMILAR, "Looks alike")
    desk.refused({}, "similar", COMPLETE)
    visitor.fill({"similar": OPEN_ANYWAY})
    visitor.submit()

    desk.opened(View.OPEN_DONE, "Raise a blocker")
    expect(visitor.modal).to_contain_text("its channel is being made")
    visitor.look(View.OPEN_DONE, within="dialog[open]")
    visitor.page.keyboard.press("Escape")
    visitor.closed()
    visitor.enter(re.compile("burst-7-"))
    expect(desk.card).to_contain_text(blocker.title)


def test_working_on_it(desk: Desk) -> None:
    card = desk.at("work")
    press = desk.visitor.press

    press(card, "Post update")
    desk.opened(View.UPDATE, "Post update")
    desk.refused({"text": ABOUT_SOMEBODY}, "text", NUMBER)
    desk.sent({"text": "The header dump shows the old description."})

    press(card, "Log decision")
    desk.opened(View.DECIDE, "Log decision")
    desk.refused({}, "text", COMPLETE)
    desk.sent({"text": "The coercion rule stays for 90 days."})

    press(card, "Add evidence")
    desk.opened(View.EVIDENCE, "Add evidence")
    desk.refused({"kind": "header_dump"}, "text", "text, a link or a file")
    desk.sent({"text": "20 of 20 studies carry the new one."})

    press(card, "Checklist")
    desk.opened(View.CHECKLIST, "Checklist")
    desk.refused({"text": ABOUT_SOMEBODY}, "text", NUMBER)
    desk.sent({"text": "Tell the night shift"})

    press(card, "Escalate")
    desk.opened(View.ESCALATE, "Escalate")
    desk.refused({}, "text", COMPLETE)
    desk.sent({"text": "Somebody with rights on the router."})

    desk.reads("old description", "stays for 90 days", "20 of 20", "Somebody with rights on the router.")
    expect(desk.card).to_contain_text("Checklist 0 of 10")


def test_what_was_said_becomes_part_of_the_log_and_is_corrected(desk: Desk) -> None:
    desk.at("wait")
    page = desk.visitor.page
    desk.visitor.write("The scanner was updated on Monday.")
    message = desk.visitor.message("updated on Monday")
    message.locator("summary").click()
    message.get_by_role("button", name="Add to resolution log").click()
    desk.opened(View.LOG_MESSAGE, "Add to log")
    desk.refused({"kind": "evidence"}, "reason", "of what kind")
    desk.sent({"kind": "fact"})

    desk.visitor.write("/burst log")
    page.locator("#pane").get_by_role("button", name="Correct", exact=True).last.click()
    desk.opened(View.CORRECT, "Correct")
    desk.refused({"text": ABOUT_SOMEBODY}, "text", NUMBER)
    desk.sent({"text": "The scanner was updated on Tuesday."})
    desk.reads("updated on Tuesday")


def test_waiting_for_somebody_and_handing_over(desk: Desk) -> None:
    card = desk.at("wait")
    desk.visitor.press(card, "Pause clock")
    desk.opened(View.PAUSE, "Pause clock")
    desk.refused({"reason": "awaiting_vendor", "until": "soon"}, "until", "3bd")
    desk.sent({"until": "3bd", "reference": "CASE-7741"})
    expect(desk.card.get_by_role("button", name="Resume clock")).to_be_visible()

    desk.visitor.press(card, "Hand over")
    desk.opened(View.HANDOVER, "Hand over")
    desk.refused({}, "owner", COMPLETE)
    desk.sent({"owner": "U01WENDEL", "text": "Wendel has the console open."})
    desk.reads("Wendel has the console open.")


def test_fixing_it_and_hearing_that_it_is_not(desk: Desk) -> None:
    card = desk.at("fix")
    desk.visitor.press(card, "Checklist")
    desk.opened(View.CHECKLIST, "Checklist")
    for box in desk.visitor.modal.get_by_role("group", name="Items 1").get_by_role("checkbox").all():
        box.check()
    desk.sent({})

    desk.visitor.press(card, "Resolve")
    desk.opened(View.RESOLVE, "Resolve")
    desk.visitor.fill({"fix": "The rule is in place.", "cause": "vendor_wait"})
    desk.refused({"follow_up": "Tell the vendor, @nobody-here, 3bd"}, "follow_up", "Line 1")
    desk.sent({"follow_up": ""})

    desk.visitor.press(card, "Send back")
    desk.opened(View.SEND_BACK, "Send back")
    desk.refused({}, "text", COMPLETE)
    desk.sent({"text": "Two studies of the night still hang."})
    desk.reads("Two studies of the night still hang.")


def test_opening_it_again(desk: Desk) -> None:
    card = desk.at("reopen")
    desk.visitor.press(card, "Reopen")
    desk.opened(View.REOPEN, "Reopen")
    desk.refused({"text": ABOUT_SOMEBODY}, "text", NUMBER)
    desk.sent({"text": "It was the right scanner after all."})
    desk.reads("It was the right scanner after all.")


def test_what_the_cell_answers(desk: Desk) -> None:
    desk.visitor.enter(STEERING)
    card = f"Escalation · {desk.keys['answer']}"
    press = desk.visitor.press

    press(card, "Ask for more")
    desk.opened(View.STEERING_ASK, "Ask for more")
    desk.refused({}, "text", COMPLETE)
    desk.sent({"text": "Since when, and who could help?"})

    press(card, "Extend")
    desk.opened(View.STEERING_EXTEND, "Extend")
    desk.refused({"until": "soon", "text": "The vendor comes tomorrow."}, "until", "3bd")
    desk.sent({"until": "5bd"})

    press(card, "Decide")
    desk.opened(View.STEERING_DECIDE, "Decide")
    desk.refused({}, "text", COMPLETE)
    desk.sent({"text": "We go live without chest layouts."})

    press(card, "Reassign")
    desk.opened(View.HANDOVER, "Reassign")
    desk.sent({"owner": "U01WENDEL", "text": "Wendel is there."})

    desk.at("answer")
    desk.reads("Since when", "The vendor comes tomorrow.", "We go live without", "Wendel is there.")


def test_an_owner_says_no_on_the_home_which_asks_no_more(desk: Desk) -> None:
    desk.be(OWNER)
    pane = desk.visitor.page.locator("#pane")
    asked = pane.locator(".block-section", has_text=f"{desk.keys['decline']} · To decline")
    expect(asked).to_have_count(2)  # it needs her, and it is hers
    asked.first.locator("+ .block-actions").get_by_role("button", name="Decline", exact=True).click()
    desk.opened(View.DECLINE, "Decline")
    desk.refused({}, "text", COMPLETE)
    desk.sent({"text": "I am away this week."})
    expect(asked).to_have_count(1)
    desk.at("decline")
    desk.reads("I am away this week.")


def test_what_is_chosen_on_the_home_stays_chosen(desk: Desk) -> None:
    desk.be(WHO)
    page = desk.visitor.page
    severity = page.get_by_label("Severity")
    severity.select_option("sev1")
    expect(page.locator("#pane").get_by_text("None here.")).to_have_count(2)
    desk.at("work")
    desk.visitor.enter("Home")
    expect(severity).to_have_value("sev1")
    desk.visitor.look("home-narrowed")
    severity.select_option("*")
    expect(page.locator("#pane").get_by_text("None here.")).to_have_count(0)

    page.get_by_role("button", name="Next page of Your bursts").click()
    expect(page.get_by_role("button", name="Earlier page of Your bursts")).to_be_visible()
    desk.visitor.look("home-second-page")


def test_a_guest_is_told_in_a_window(desk: Desk) -> None:
    desk.be(GUEST)
    desk.visitor.page.get_by_role("banner").get_by_role("button", name="Raise a blocker").click()
    desk.opened(View.TOLD, "Issue Burst")
    expect(desk.visitor.modal).to_contain_text("Only full members")
    desk.visitor.look(View.TOLD, within="dialog[open]")
    desk.visitor.page.keyboard.press("Escape")
    desk.visitor.closed()


def test_there_is_no_other_modal() -> None:
    """Each that the bot knows is opened by a test of this file, which looks whether it is the one."""
    opened = re.findall(r"desk\.opened\(View\.(\w+)", Path(__file__).read_text(encoding="utf-8"))
    assert set(opened) == {view.name for view in View}
