"""Whatever people type, Slack takes what we make of it and nothing that they typed acts."""

from dataclasses import replace

import pytest

from bot.operations.listing import Listed
from bot.operations.precedents import Precedent
from bot.reports.labels import Labels
from bot.slack.views.card import card, topic
from bot.slack.views.checklist import checklist
from bot.slack.views.escalation import escalation
from bot.slack.views.home import Sights, home
from bot.slack.views.lists import Page, burst_list
from bot.slack.views.modals import checklist as checklist_modal
from bot.slack.views.modals import closing, deciding, from_above, log_message, open_blocker, steering, working
from bot.slack.views.modals.open_done import joined, opened
from bot.slack.views.modals.open_similar import LookAlike, open_similar
from bot.slack.views.ping import ping, settled_ping
from bot.slack.views.precedents import precedents
from bot.slack.views.waiting import waiting_for
from bot.taskforce.burst import Burst
from bot.taskforce.causes import Suggestion
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle.extending import extendable
from bot.taskforce.likeness import Likeness
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Rank
from tests.slack.views.bursts import CLOSED, HOSTILE, LABELS, LATE_AT, NAMES, OWNER, STAGES, told_with
from tests.slack.views.slack_rules import assert_harmless, assert_opens, assert_posts

hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
at_each_stage = pytest.mark.parametrize("stage", STAGES)

SUBJECTS: tuple[dict[str, str | int], ...] = (
    {"user": OWNER, "rank": Rank.ASKED.value, "ask": "more", "enquiry": 1},
    {"user": OWNER, "rank": Rank.ASSIGNED, "clock": 1},
    {"user": OWNER, "rank": Rank.REMINDER, "clock": 2},
    {"user": OWNER, "rank": Rank.MISSED, "clock": 3},
    {"user": OWNER, "rank": Rank.STEP, "clock": 3, "step": "resolve_missed"},
    {"user": OWNER, "rank": Rank.STEP, "clock": 99, "step": "gone"},
    {"user": OWNER, "rank": Rank.ASKED, "ask": "sign_off"},
    {"user": OWNER, "rank": Rank.ASKED, "ask": "confirm"},
)


def labels_with(text: str) -> Labels:
    """Labels of a programme and a workspace in which everything is called ``text``."""
    return Labels(
        names=dict.fromkeys(NAMES, text), sites={text: text}, stages={text: text}, roles={text: text}
    )


@hostile
@at_each_stage
def test_a_card_of_hostile_text_is_taken_and_calls_nobody(stage: str, text: str) -> None:
    assert_posts(card(told_with(text, STAGES[stage]), labels_with(text), now=LATE_AT))


@hostile
@at_each_stage
def test_a_checklist_of_hostile_text_is_taken_and_calls_nobody(stage: str, text: str) -> None:
    assert_posts(checklist(told_with(text, STAGES[stage]), labels_with(text)))


@hostile
@at_each_stage
def test_pings_of_hostile_text_are_taken_and_call_nobody(stage: str, text: str) -> None:
    burst = told_with(text, STAGES[stage])
    for subject in SUBJECTS:
        assert_posts(ping(burst, subject, labels_with(text), now=LATE_AT))
        assert_posts(settled_ping(burst, subject, labels_with(text)))


@hostile
@at_each_stage
def test_an_escalation_of_hostile_text_is_taken_and_calls_nobody(stage: str, text: str) -> None:
    burst = told_with(text, STAGES[stage])
    subject: dict[str, str | int] = {"clock": 3, "step": "resolve_missed"}
    assert_posts(escalation(burst, subject, labels_with(text), now=LATE_AT, why=text))


def _everything(bursts: list[Burst]) -> Sights:
    """A home tab with all of it."""
    held = dict.fromkeys(range(1, 40), Holders({OWNER: None}))
    needed = [one for burst in bursts for one in waiting_for(burst, Actor(OWNER), held, now=LATE_AT)]
    return Sights(
        needed,
        mine=Listed.whole(bursts),
        others=Listed.whole(bursts),
        for_the_cell=Listed.whole(bursts),
    )


@hostile
def test_lists_of_hostile_bursts_are_taken_and_call_nobody(text: str) -> None:
    bursts = [told_with(text, burst) for burst in STAGES.values()] * 2
    assert_posts(burst_list(bursts, Page(2, 3, 30, "all"), now=LATE_AT))
    assert_opens(home(_everything(bursts), now=LATE_AT))


@hostile
@at_each_stage
def test_modals_about_a_hostile_burst_open_and_call_nobody(stage: str, text: str) -> None:
    burst = told_with(text, STAGES[stage])
    causes = [("vendor_wait", text or "cause"), ("scope_change", text or "cause")]
    for view in (
        checklist_modal.checklist(burst),
        closing.resolve(burst, causes, Suggestion("vendor_wait", text)),
        closing.send_back(burst),
        closing.send_back(burst, as_raiser=True),
        closing.reopen(burst),
        steering.steering_decide(burst),
        steering.steering_decide(burst, number=1),
        from_above.steering_ask(burst),
        *([from_above.steering_extend(burst)] if extendable(burst) else []),
        log_message.log_message(burst, "d1", text),
        working.decline(burst),
        working.update(burst),
        deciding.decide(burst),
        working.evidence(burst),
        working.hand_over(burst),
        working.pause(burst),
        working.escalate(burst),
    ):
        assert_opens(view)


@hostile
def test_raising_a_blocker_again_after_hostile_answers_opens_every_page(text: str) -> None:
    choices = open_blocker.OpenChoices(
        families=[("dicom_mapping", text or "family")],
        sites=[(f"S{number}", text or "site") for number in range(250)],
        stages=[("build", text or "stage")],
        impacts=[("1", text or "impact")],
        urgencies=[("1", text or "urgency")],
    )
    header = open_blocker.Header(title=text, workflow_impact=text, sites=("S1", "gone"))
    family = LABELS.family
    assert family is not None
    details = open_blocker.Details(
        severity=STAGES["open"].severity,
        severity_label=text,
        impact=1,
        urgency=2,
        owner=OWNER,
        owner_reason=text,
        answers={question.id: text for question in family.form},
    )
    likeness = Likeness(near_title=True, sites=("NGH",), fields=tuple(field.id for field in family.form))
    alike = [
        LookAlike(replace(told_with(text, STAGES["open"]), id=number), likeness) for number in range(1, 30)
    ]
    assert_opens(open_blocker.open_blocker("d1", choices, header))
    assert_opens(
        open_blocker.open_blocker("d1", choices, header, same_as=told_with(text, STAGES["resolved"]))
    )
    assert_opens(open_blocker.open_details("d1", family, details))
    before = [Precedent(told_with(text, replace(CLOSED, id=number)), likeness) for number in range(1, 4)]
    assert_opens(open_similar("d1", family, alike, before))
    assert_opens(opened(told_with(text, STAGES["open"]), labels_with(text), before))
    assert_posts(precedents(before, labels_with(text)))
    assert_opens(joined(42))


@hostile
def test_a_topic_holds_no_text_of_a_person(text: str) -> None:
    words = topic(told_with(text, STAGES["open"]))
    assert words == "BURST-42 · sev2 · state, owner and clocks are on its card"
    assert_harmless(words)
