"""A decision request as its holders see it: what is asked, how it stands, and the button that answers it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.slack.views.card import card
from bot.slack.views.modals.steering import steering_decide
from bot.slack.views.ping import ping, settlement
from bot.slack.views.ping_parts import Subject
from bot.taskforce.burst import Burst, DecisionRequest, Vote
from bot.taskforce.moot import is_moot
from bot.taskforce.terms import ClockKind, ClockState, Rank, Verdict
from tests.slack.views.bursts import CLINICAL, LABELS, LEAD, MISSED, NOW, OWNER, TECHNICAL, clock

ASKED: Subject = {"user": LEAD, "rank": Rank.ASKED.value, "ask": "decide", "clock": 9}
REMINDED: Subject = {"user": LEAD, "rank": Rank.REMINDER.value, "clock": 9}
WAITING = replace(clock(9, ClockKind.DECISION, timedelta(hours=9)), subject=1)
QUESTION = replace(
    MISSED.requests[0],
    options=("Keep it", "Drop it"),
    recommended=1,
    clinical_impact="Slower reads",
    technical_impact="None",
    quorum=2,
)
BURST = replace(MISSED, clocks=(WAITING,), requests=(QUESTION,))


def voted(by: str, seat: str) -> Burst:
    vote = Vote(seat, by, Verdict.APPROVE, "Fine", NOW, option=2)
    return replace(BURST, requests=(replace(QUESTION, votes=(vote,)),))


def decided() -> Burst:
    answered = replace(QUESTION, verdict=Verdict.APPROVE, answered_at=NOW, answered_by=LEAD)
    met = replace(WAITING, state=ClockState.MET, met_at=NOW)
    return replace(BURST, clocks=(met,), requests=(answered,))


@pytest.mark.parametrize("subject", [ASKED, REMINDED], ids=["asked", "reminded"])
def test_a_holder_sees_all_of_it(subject: Subject) -> None:
    message = ping(voted(CLINICAL, CLINICAL), subject, LABELS, now=NOW)
    assert message.blocks[2]["text"]["text"].splitlines() == [
        "> May we accept the workaround?",
        "1. Keep it (recommended)",
        "2. Drop it",
        "*Clinical impact:* Slower reads",
        "*Technical impact:* None",
        "*Right:* Scope",
        f"2 must agree: <@{CLINICAL}> approved option 2",
    ]
    assert message.blocks[3]["elements"][0]["text"].startswith("Decide by <!date^")


def test_a_plain_question_is_as_long_as_it_must_be() -> None:
    burst = replace(BURST, requests=(DecisionRequest(1, "May we?", OWNER, NOW, "scope"),))
    assert ping(burst, ASKED, LABELS, now=NOW).blocks[2]["text"]["text"] == "> May we?\n*Right:* Scope"


def test_the_button_answers_that_question() -> None:
    (decide,) = ping(BURST, ASKED, LABELS, now=NOW).blocks[-1]["elements"]
    assert (decide["action_id"], decide["value"]) == ("steering_decide", f"{BURST.id}:{BURST.version}:1")


@pytest.mark.parametrize(
    ("burst", "words"),
    [
        (decided(), "decided."),
        (voted(LEAD, LEAD), "your answer is logged; 2 must agree, and others are still asked."),
        (voted(TECHNICAL, LEAD), "your answer is logged; 2 must agree, and others are still asked."),
        (BURST, "put off to a later time."),
    ],
    ids=["decided", "voted", "a stand-in voted", "put off"],
)
def test_a_settled_question_says_why(burst: Burst, words: str) -> None:
    assert settlement(burst, ASKED, LABELS).endswith(words)


@pytest.mark.parametrize(
    ("burst", "moot"),
    [
        (BURST, False),
        (voted(CLINICAL, CLINICAL), False),
        (voted(LEAD, LEAD), True),
        (voted(TECHNICAL, LEAD), True),
        (decided(), True),
    ],
    ids=["open", "another voted", "voted", "a stand-in voted", "decided"],
)
@pytest.mark.parametrize("subject", [ASKED, REMINDED], ids=["asked", "reminded"])
def test_nobody_is_asked_twice(burst: Burst, subject: Subject, *, moot: bool) -> None:
    assert is_moot(burst, subject) is moot


def test_the_card_shows_who_has_answered() -> None:
    (shown,) = (
        block["text"]["text"]
        for block in card(voted(CLINICAL, CLINICAL), LABELS, now=NOW).blocks
        if "Decision 1" in block.get("text", {}).get("text", "") and "asked by" in block["text"]["text"]
    )
    assert shown.endswith(f"↳ 2 must agree: <@{CLINICAL}> approved option 2")


def test_the_page_of_several_questions_keeps_their_options_apart() -> None:
    other = replace(QUESTION, number=2, question="And the price?", options=("Pay", "Wait"))
    view = steering_decide(replace(BURST, requests=(QUESTION, other)))
    (choice,) = (block["element"] for block in view["blocks"] if block.get("block_id") == "option")
    assert [
        (group["label"]["text"], [option["value"] for option in group["options"]])
        for group in choice["option_groups"]
    ] == [("1. May we accept the workaround?", ["1.1", "1.2"]), ("2. And the price?", ["2.1", "2.2"])]
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == [
        "text",
        "request",
        "answer",
        "option",
        "until",
        "right",
    ]
