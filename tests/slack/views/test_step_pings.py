"""What a ladder step's ping says and offers: to each person what they may do, and what was tried before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.slack.views.escalation import escalation
from bot.slack.views.ladder_words import tried
from bot.slack.views.parts import Rendered
from bot.slack.views.ping import ping, settled_ping
from bot.slack.views.ping_parts import Subject
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor
from bot.taskforce.policy import Step, Trigger
from bot.taskforce.response_clock import FiredStep, StaleTakeUp, StepAnswer
from bot.taskforce.terms import ClockKind, Rank
from tests.slack.views.bursts import (
    ACCEPTED,
    CLINICAL,
    LABELS,
    LATE_AT,
    LEAD,
    MISSED,
    OPEN,
    OPENED_AT,
    OWNER,
    POLICY,
    TECHNICAL,
)
from tests.slack.views.test_what_is_offered import buttons

MEMBER_OF_CELL = Actor("U0STEERER", steering=True)
STREAM_LEAD = Actor(LEAD, leads=frozenset({OPEN.workstream}))
SPONSOR = Actor("U0SPONSOR")
STEP: Subject = {"rank": Rank.STEP, "clock": 3, "step": "resolve_missed"}
ACCEPT_STEP: Subject = {"rank": Rank.STEP, "clock": 1, "step": "accept_lead"}
DUE_AT = OPENED_AT + timedelta(hours=8)


def told(burst: Burst, reader: Actor, subject: Subject = STEP) -> Rendered:
    """The ping that this person gets."""
    return ping(burst, {**subject, "user": reader.user}, LABELS, now=LATE_AT, reader=reader)


def words(message: Rendered) -> str:
    """Everything that a message shows."""
    return "\n".join(
        [message.text]
        + [str(block["text"]["text"]) for block in message.blocks if "text" in block]
        + [
            str(one["text"])
            for block in message.blocks
            for one in block.get("elements", [])
            if "url" not in one
        ]
    )


def reaching(burst: Burst, *users: str, **fields: Any) -> Burst:
    """The burst whose missed resolution reached these people."""
    return with_step(burst, FiredStep("resolve_missed", DUE_AT, DUE_AT, users, **fields))


def with_step(burst: Burst, fired: FiredStep) -> Burst:
    """The burst with this step alone on the clock to resolve."""
    clocks = tuple(replace(one, fired=(fired,)) if one.number == 3 else one for one in burst.clocks)
    return replace(burst, clocks=clocks)


@pytest.mark.parametrize(
    ("burst", "reader", "subject", "wanted"),
    [
        (MISSED, Actor(OWNER), STEP, ["Resolve", "Post update", "Hand over", "Add evidence"]),
        (OPEN, Actor(OWNER), ACCEPT_STEP, ["Accept", "Decline", "Post update", "Hand over", "Add evidence"]),
        (
            reaching(MISSED, OWNER),
            Actor(OWNER),
            STEP,
            ["Resolve", "Post update", "Hand over", "Add evidence"],
        ),
        (MISSED, STREAM_LEAD, STEP, ["Hand over", "Post update", "Take it up", "Add evidence"]),
        (OPEN, STREAM_LEAD, ACCEPT_STEP, ["Hand over", "Post update"]),
        (MISSED, MEMBER_OF_CELL, STEP, ["Take it up", "Reassign", "Extend", "Decide", "Ask for more"]),
        (
            replace(MISSED, taken_up_by=CLINICAL),
            MEMBER_OF_CELL,
            STEP,
            ["Reassign", "Extend", "Decide", "Ask for more"],
        ),
        (reaching(MISSED, CLINICAL), Actor(CLINICAL), STEP, ["Post update", "Add evidence", "Take it up"]),
        (reaching(MISSED, SPONSOR.user), SPONSOR, STEP, ["Post update", "Take it up", "Add evidence"]),
        (ACCEPTED, STREAM_LEAD, {**STEP, "clock": 2, "step": "gone"}, ["Post update", "Hand over"]),
    ],
    ids=[
        "the owner keeps the promise",
        "a late owner accepts",
        "an owner who was reached has it already",
        "a lead hands it over",
        "a lead when nothing is missed",
        "the cell takes it up",
        "somebody else has it",
        "a co-lead helps",
        "somebody whom it was escalated to",
        "a step that is no more",
    ],
)
def test_everybody_is_offered_what_they_may_do(
    burst: Burst, reader: Actor, subject: Subject, wanted: list[str]
) -> None:
    assert buttons(told(burst, reader, subject)) == wanted


def test_nobody_is_offered_what_they_may_not() -> None:
    assert buttons(told(MISSED, Actor("U0STRANGER"))) == []


def test_there_are_five_buttons_at_most() -> None:
    everything = Actor(OWNER, leads=frozenset({OPEN.workstream}), steering=True)
    assert len(buttons(told(reaching(MISSED, OWNER), everything))) == 5


def test_a_repeat_says_that_it_is_one() -> None:
    message = told(reaching(MISSED, LEAD), STREAM_LEAD, {**STEP, "repeat": 1})
    assert "still needs you" in message.text
    assert "there is no answer from you yet" in words(message)


def test_who_is_brought_reads_why_and_what_is_not_asked() -> None:
    burst = reaching(MISSED, brought=(TECHNICAL,))
    message = told(burst, Actor(TECHNICAL), {**STEP, "brought": "pacs_admin"})
    assert "needs what you know as Pacs admin" in message.text
    assert "Ownership does not move" in words(message)
    assert buttons(message) == ["Post update", "Add evidence"]


def test_who_answered_reads_when() -> None:
    burst = reaching(MISSED, LEAD, answers=(StepAnswer(LEAD, LATE_AT),))
    settled = settled_ping(burst, {**STEP, "user": LEAD}, LABELS)
    assert "you answered" in settled.text
    other = settled_ping(burst, {**STEP, "user": TECHNICAL}, LABELS)
    assert "overtaken by a newer message" in other.text


NEXT = Step(
    id="next",
    trigger=Trigger(clock=ClockKind.RESOLVE, at="unanswered 30m"),
    notify=("sponsor",),
    answer_within="30m",
    say="{key} is late.",
)
NOBODY = Step(
    id="nobody",
    trigger=Trigger(clock=ClockKind.RESOLVE, at="due"),
    notify=("deputy", "role:pacs_admin"),
    answer_within="30m",
    say="{key} is late.",
)


def lines(burst: Burst) -> list[str]:
    """What was tried before the next step, without the moment at which it was."""
    (clock,) = (one for one in burst.clocks if one.number == 3)
    return [line.partition("> ")[2] for line in tried(burst, clock, NEXT, LABELS).splitlines()]


def test_the_next_step_tells_who_was_asked_how_often_and_did_not_answer() -> None:
    assert lines(reaching(MISSED, LEAD)) == ["Lee Lead: no answer"]
    assert lines(reaching(MISSED, LEAD, repeated_at=(LATE_AT,))) == ["Lee Lead (asked 2 times): no answer"]


def test_of_a_pair_it_tells_who_has_not_answered() -> None:
    burst = reaching(MISSED, CLINICAL, TECHNICAL, answers=(StepAnswer(CLINICAL, LATE_AT),))
    (line,) = lines(burst)
    assert line.startswith("Clare Clinical, Tess Technical: answered by Clare Clinical ")
    assert line.endswith(", no answer from Tess Technical")


def test_it_tells_whom_nobody_could_be_found_for() -> None:
    burst = replace(MISSED, policy=POLICY.model_copy(update={"ladder": (NOBODY, NEXT)}))
    burst = with_step(burst, FiredStep("nobody", DUE_AT, DUE_AT, ()))
    assert lines(burst) == ["nobody is next in line for the owner or Pacs admin at NGH"]
    card = escalation(burst, {"clock": 3, "step": "next"}, LABELS, now=LATE_AT)
    assert "nobody is next in line for the owner" in words(card)


def test_it_tells_who_took_it_up_in_vain() -> None:
    gone = StaleTakeUp(LEAD, LATE_AT - timedelta(minutes=20), LATE_AT - timedelta(minutes=5))
    burst = replace(reaching(MISSED, TECHNICAL), stale_take_ups=(gone,))
    assert lines(burst) == ["Tess Technical: no answer", "taken up by Lee Lead: nothing came of it"]


def test_an_older_take_up_is_another_clocks_story() -> None:
    gone = StaleTakeUp(LEAD, OPENED_AT - timedelta(minutes=20), OPENED_AT)
    burst = replace(reaching(MISSED, TECHNICAL), stale_take_ups=(gone,))
    assert lines(burst) == ["Tess Technical: no answer"]


def test_it_tells_who_was_brought_in() -> None:
    assert lines(reaching(MISSED, brought=(TECHNICAL,))) == ["brought in Tess Technical"]
    both = reaching(MISSED, LEAD, brought=(TECHNICAL,))
    assert lines(both) == ["Lee Lead: no answer; brought in Tess Technical"]
