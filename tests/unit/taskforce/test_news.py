"""What is news and restarts the time to the next update, and what is not."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Message, Proposal
from bot.taskforce.terms import ClockKind, EntryKind, State, Verdict
from tests.unit.taskforce.cases import (
    NEWS,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    accepted,
    armed,
    at,
    logged,
    opened,
    resolved,
    working,
)

LONG = "The vendor has found the rule that rewrites it."
Act = Callable[[Burst, datetime], Decision]


def _updated(text: str) -> Act:
    return lambda burst, now: lifecycle.post_update(burst, OWNER, text, now=now)


def _decided(text: str) -> Act:
    return lambda burst, now: lifecycle.log_decision(burst, OWNER, Proposal(text), now=now)


def _shown(text: str, link: str | None = None, file_id: str | None = None) -> Act:
    return lambda burst, now: lifecycle.add_evidence(
        burst, OWNER, "queue", text, link=link, files=[file_id] if file_id else [], now=now
    )


BOTS = Message(LONG, "", "B_X", "1.2", by_bot=True)


def _kept(kind: EntryKind, text: str, *, by_bot: bool = False) -> Act:
    message = Message(text, "", "U_X", "1.2", by_bot=by_bot)
    return lambda burst, now: lifecycle.log_message(burst, RAISER, kind, message, now=now)


def due_after(*acts: Act) -> datetime:
    """When the next update is due after an hour's promise was given at minute 10, and these ten minutes apart."""
    burst = working()
    for number, act in enumerate(acts, start=2):
        burst = act(burst, at(10 * number)).after
    return armed(burst)[ClockKind.UPDATE]


@pytest.mark.parametrize(
    "act",
    [
        _updated(LONG),
        _decided(LONG),
        _shown(LONG),
        _shown("", link="https://tickets.example/7"),
        _shown("Dump", file_id="F1"),
        _kept(EntryKind.DECISION, LONG),
        _kept(EntryKind.EVIDENCE, LONG),
    ],
)
def test_it_is_news(act: Act) -> None:
    assert due_after(act) == at(80)


@pytest.mark.parametrize(
    "act",
    [
        _updated("Still looking at it"),
        _decided("We wait for them"),
        _shown("12 before, 0 after"),
        _kept(EntryKind.FACT, LONG),
        _kept(EntryKind.ACTION, LONG),
        _kept(EntryKind.DECISION, "We wait for them"),
        _kept(EntryKind.DECISION, LONG, by_bot=True),
        _kept(EntryKind.EVIDENCE, LONG, by_bot=True),
        lambda burst, now: lifecycle.add_evidence(burst, OWNER, "queue", LONG, message=BOTS, now=now),
        lambda burst, now: lifecycle.tick(burst, OWNER, 1, done=True, note=LONG, now=now),
    ],
)
def test_it_is_none(act: Act) -> None:
    assert due_after(act) == at(70)


@pytest.mark.parametrize(
    "again",
    [
        _updated(NEWS),
        _updated(f" {NEWS.upper()} "),
        _decided(NEWS),
        _shown(NEWS),
        _kept(EntryKind.DECISION, NEWS),
    ],
)
def test_what_was_said_before_is_none_however_long_ago_and_in_whatever_form(again: Act) -> None:
    assert due_after(_updated(LONG), again) == at(80)


def test_the_same_link_is_none_but_says_something_with_new_words() -> None:
    link = "https://tickets.example/7"
    assert due_after(_shown("", link=link), _shown("Once more", link=link)) == at(80)
    assert due_after(_shown("", link=link), _shown(LONG, link=link)) == at(90)


def test_the_same_file_is_none() -> None:
    assert due_after(_shown("Dump", file_id="F1"), _shown("Dumped", file_id="F1")) == at(80)


def test_the_answer_to_a_question_is_news_when_it_says_why() -> None:
    cell = Holders({STEERING.user: None})
    burst = lifecycle.request_decision(
        working(), OWNER, Proposal("Phase two?"), "go_live", holders=cell, now=at(20)
    ).after
    for answer, due_at in (("Yes", at(70)), ("Yes, with the second scanner.", at(90))):
        decided = lifecycle.answer_request(
            burst, STEERING, 1, Ballot(Verdict.APPROVE, answer), holders=cell, now=at(30)
        ).after
        assert armed(decided)[ClockKind.UPDATE] == due_at


@pytest.mark.parametrize(
    "act",
    [
        _decided("We wait for them"),
        _shown("12 before, 0 after"),
        lambda burst, now: lifecycle.tick(burst, OWNER, 1, done=True, note="", now=now),
    ],
)
def test_what_is_no_news_is_work_all_the_same(act: Act) -> None:
    reached = lifecycle.ring(accepted(), 2, REACH, now=at(30)).after
    after = act(reached, at(31)).after
    assert after.state is State.WORKING
    assert [step.answered_by for step in after.clocks[1].fired] == [OWNER.user]


def test_a_tick_does_not_keep_a_take_up_fresh() -> None:
    unaccepted = lifecycle.ring(opened(), 1, REACH, now=at(20)).after
    taken = lifecycle.take_up(unaccepted, STEERING, now=at(21)).after
    ticked = lifecycle.tick(taken, RAISER, 1, done=True, note="", now=at(25)).after
    assert armed(ticked)[ClockKind.TAKE_UP] == at(31)
    told = lifecycle.post_update(taken, RAISER, LONG, now=at(25)).after
    assert armed(told)[ClockKind.TAKE_UP] == at(35)


@pytest.mark.parametrize(
    ("act", "kind", "substantive"),
    [
        (_decided(LONG), "decision", True),
        (_decided("We wait"), "decision", False),
        (_shown("", link="https://tickets.example/7"), "evidence", True),
        (_kept(EntryKind.DECISION, LONG, by_bot=True), "decision", False),
        (_kept(EntryKind.FACT, LONG), "fact", False),
    ],
)
def test_the_log_says_whether_it_was_news(act: Act, kind: str, substantive: bool) -> None:
    assert logged(act(working(), at(20)), kind).body["substantive"] is substantive


def test_what_was_said_while_it_was_verified_is_known_when_the_work_goes_on() -> None:
    told = lifecycle.post_update(resolved(), OWNER, LONG, now=at(61)).after
    back = lifecycle.send_back(told, RAISER, "It is back", now=at(62)).after
    assert armed(lifecycle.post_update(back, OWNER, LONG, now=at(70)).after)[ClockKind.UPDATE] == at(122)
