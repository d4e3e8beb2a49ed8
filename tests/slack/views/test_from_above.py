"""What the steering cell's card and its pages show of more time and of questions, and what the others see of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.reports.summary import summarise
from bot.slack.views.card import card
from bot.slack.views.escalation import escalation
from bot.slack.views.modals.from_above import steering_ask, steering_extend
from bot.slack.views.ping import ping, settlement
from bot.slack.views.ping_parts import Subject
from bot.slack.views.summary import whole
from bot.taskforce.burst import Burst, Enquiry, Extension
from bot.taskforce.response_clock import SetAside
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Rank, State
from tests.slack.views.bursts import CLOSED, LABELS, LATE_AT, LEAD, MISSED, NOW, OPEN, OWNER, Logged
from tests.slack.views.slack_rules import assert_opens

HOUR = timedelta(hours=1)
TWICE = tuple(Extension(3, ClockKind.RESOLVE, LEAD, NOW, NOW + HOUR, HOUR) for _ in range(2))
EXTENDED = "Resolution: extended 2 times, by 2 h of working time"
ENQUIRY = Enquiry(1, "Since when?", LEAD, NOW, NOW + HOUR)
ASKED: Subject = {"user": OWNER, "rank": Rank.ASKED.value, "ask": "more", "enquiry": 1}
STEP: Subject = {"clock": 3, "step": "resolve_missed"}


def words(blocks: list[dict[str, object]]) -> str:
    return str(blocks)


def test_the_card_counts_extensions_and_shows_open_questions() -> None:
    shown = words(card(replace(OPEN, extensions=TWICE, enquiries=(ENQUIRY,)), LABELS, now=NOW).blocks)
    assert EXTENDED in shown
    assert f"Asked for more by <@{LEAD}>: Since when?" in shown


def test_what_is_answered_leaves_the_card() -> None:
    answered = replace(ENQUIRY, answered_at=NOW, answered_by=OWNER)
    assert "Asked for more" not in words(card(replace(OPEN, enquiries=(answered,)), LABELS, now=NOW).blocks)


def test_the_cells_card_counts_extensions_and_tells_who_did_what() -> None:
    since = [
        Logged(7, EntryKind.TAKEN_UP, LEAD, NOW, {"held": [3]}),
        Logged(8, EntryKind.ACTION, LEAD, NOW, {"extended": 3, "kind": "resolve", "right": "steering"}),
        Logged(9, EntryKind.ASKED, LEAD, NOW, {"text": "Since when?", "held": []}),
    ]
    burst = replace(MISSED, extensions=TWICE)
    shown = words(escalation(burst, STEP, LABELS, now=LATE_AT, since=since).blocks)
    for expected in (
        EXTENDED,
        "*What was done*",
        "Lee Lead took the escalation up",
        "Lee Lead extended the time for: resolution, to an unknown time, as steering cell",
        "Lee Lead asks for more",
    ):
        assert expected in shown


def test_the_summary_counts_extensions_and_lists_them_with_the_questions() -> None:
    entries = [
        Logged(1, EntryKind.ACTION, LEAD, NOW, {"extended": 3, "until": "2026-12-04T10:00:00+00:00"}),
        Logged(2, EntryKind.ACTION, OWNER, NOW, {"text": "The vendor was called"}),
        Logged(3, EntryKind.ASKED, LEAD, NOW, {"text": "Since when?"}),
    ]
    summary = summarise(replace(CLOSED, extensions=TWICE), entries, LABELS, now=LATE_AT)
    assert [line.text for line in summary.escalations] == ["", "Since when?"]
    assert "extended 2 times, by 2 h of working time" in words(whole(summary).blocks)


@pytest.mark.parametrize(
    ("state", "changes", "says"),
    [
        (MISSED.state, {"state": ClockState.MET, "met_at": LATE_AT}, "Resolution done"),
        (MISSED.state, {"state": ClockState.DISARMED}, "what was escalated is dealt with"),
        (CLOSED.state, {}, "nothing is asked of the cell any more"),
    ],
    ids=["the promise was kept, late", "it was given to somebody else", "the burst is over"],
)
def test_the_cells_card_asks_for_nothing_once_it_is_dealt_with(
    state: State, changes: dict[str, Any], says: str
) -> None:
    asked, late = escalation(MISSED, STEP, LABELS, now=LATE_AT), MISSED.clocks[1]
    burst = replace(MISSED, state=state, clocks=(MISSED.clocks[0], replace(late, **changes)))
    answered = escalation(burst, STEP, LABELS, now=LATE_AT)
    assert says in words(answered.blocks[1:2])
    assert asked.text.endswith("late")
    assert not answered.text.endswith("late")


@pytest.mark.parametrize(("number", "chosen"), [(1, "1"), (3, "3"), (99, "3"), (None, "3")])
def test_the_page_extend_begins_with_the_cards_clock_or_else_with_the_resolution(
    number: int | None, chosen: str
) -> None:
    view = steering_extend(OPEN, number)
    assert_opens(view)
    assert view["blocks"][1]["element"]["initial_option"]["value"] == chosen


def test_the_page_ask_for_more_asks_one_thing() -> None:
    view = steering_ask(OPEN)
    assert_opens(view)
    assert [block["block_id"] for block in view["blocks"][1:]] == ["text"]


def test_whoever_is_asked_sees_the_question_and_can_answer_with_an_update() -> None:
    message = ping(replace(OPEN, enquiries=(ENQUIRY,)), ASKED, LABELS, now=NOW)
    shown = words(message.blocks)
    assert f"<@{LEAD}> asks:" in shown
    assert "> Since when?" in shown
    assert [button["action_id"] for button in message.blocks[-1]["elements"]] == ["burst_update"]


@pytest.mark.parametrize(
    ("burst", "subject", "expected"),
    [
        (
            replace(OPEN, enquiries=(replace(ENQUIRY, answered_at=NOW, answered_by=OWNER),)),
            ASKED,
            "answered by Olive Owner.",
        ),
        (OPEN, ASKED, "no answer is asked for any more."),
        (
            replace(OPEN, extensions=TWICE),
            {"user": OWNER, "rank": Rank.REMINDER.value, "clock": 3},
            "Resolution was extended to",
        ),
        (
            replace(
                OPEN, clocks=(*OPEN.clocks[:2], replace(OPEN.clocks[2], set_aside=(SetAside(NOW, NOW),)))
            ),
            {"user": OWNER, "rank": Rank.MISSED.value, "clock": 3},
            "it is sev2 now, and resolution is due",
        ),
    ],
    ids=["answered", "moot", "extended", "another severity"],
)
def test_a_settled_message_says_why(burst: Burst, subject: Subject, expected: str) -> None:
    assert expected in settlement(burst, subject, LABELS)
