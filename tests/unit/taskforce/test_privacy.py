"""Patient data in a burst's channel: who is told, what has to be done, and that it is not forgotten."""

from datetime import timedelta

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind, person_lane
from bot.taskforce.lifecycle import Exposure
from bot.taskforce.lifecycle.privacy import PROMISED_FOR
from bot.taskforce.terms import ClockKind, ClockState
from tests.unit.taskforce.cases import (
    CLINICAL,
    NEWS,
    OWNER,
    REACH,
    at,
    closed,
    effects,
    logged,
    pinged,
    resolved,
    working,
)

OFFICER, AUTHOR = "U0PRIVACY", "U0AUTHOR"
TS = "1764000000.000100"


def exposure(*, certain: bool = True, ts: str = TS, officers: tuple[str, ...] = (OFFICER,)) -> Exposure:
    """A message with a date of birth."""
    return Exposure("C0BURST", ts, "", AUTHOR, ("dob",), certain, officers)


def exposed(burst: Burst | None = None) -> Burst:
    """A burst with such a message in its channel."""
    return lifecycle.note_exposed(burst or working(), exposure(), now=at(60)).after


def test_the_author_is_told_and_the_officer_gets_a_task_for_72_hours() -> None:
    decision = lifecycle.note_exposed(working(), exposure(), now=at(60))

    item, clock = decision.after.checklist[-1], decision.after.clocks[-1]
    assert (item.assignee, item.blocks_closure) == (OFFICER, True)
    assert (clock.kind, clock.subject) == (ClockKind.PRIVACY, item.number)
    assert clock.due_at == at(60) + timedelta(hours=72) == at(60) + PROMISED_FOR
    assert pinged(decision) == {OFFICER: "asked"}
    (told,) = effects(decision, EffectKind.TELL_AUTHOR)
    assert told.lane == person_lane(AUTHOR)
    assert OFFICER in {person.user for person in decision.after.participants}


def test_the_log_has_the_kind_and_no_word() -> None:
    decision = lifecycle.note_exposed(working(), exposure(), now=at(60))

    body = logged(decision, "privacy").body
    assert (body["found"], body["certain"], body["author"]) == (["dob"], True, AUTHOR)


def test_what_is_only_in_doubt_is_no_task() -> None:
    decision = lifecycle.note_exposed(working(), exposure(certain=False), now=at(60))

    assert decision.after.checklist == working().checklist
    assert effects(decision, EffectKind.TELL_AUTHOR)
    assert pinged(decision) == {}


def test_where_nobody_answers_for_privacy_the_owner_does() -> None:
    decision = lifecycle.note_exposed(working(), exposure(officers=()), now=at(60))

    assert decision.after.checklist[-1].assignee == OWNER.user


def test_a_message_that_still_holds_it_is_one_task_and_another_message_is_another() -> None:
    again = lifecycle.note_exposed(exposed(), exposure(), now=at(61)).after
    other = lifecycle.note_exposed(again, exposure(ts="1764000001.000100"), now=at(62)).after

    assert len(again.checklist) == len(exposed().checklist)
    assert len(other.checklist) == len(again.checklist) + 1


def test_a_ticked_task_keeps_the_promise_and_an_opened_one_makes_it_again() -> None:
    burst = exposed()
    number = burst.checklist[-1].number
    ticked = lifecycle.tick(burst, OWNER, number, done=True, note="Deleted, not reported", now=at(90))
    opened = lifecycle.tick(ticked.after, OWNER, number, done=False, note="", now=at(95))

    assert effects(ticked, EffectKind.SETTLE_PINGS)
    clocks = [clock for clock in opened.after.clocks if clock.kind is ClockKind.PRIVACY]
    assert [clock.state for clock in clocks] == [ClockState.MET, ClockState.ARMED]


def test_a_resolved_burst_does_not_close_before_it_is_done() -> None:
    burst = exposed(resolved())

    with pytest.raises(Refused) as refused:
        lifecycle.sign_off(burst, CLINICAL, now=at(200))
    assert refused.value.code == "blocking_items"


def test_a_closed_burst_only_remembers_it_and_tells_the_author() -> None:
    decision = lifecycle.note_exposed(closed(), exposure(), now=at(900))

    assert decision.after.checklist == closed().checklist
    assert logged(decision, "privacy").body["found"] == ["dob"]
    assert effects(decision, EffectKind.TELL_AUTHOR)[0].subject["asked"] == 0


def test_a_missed_task_reaches_the_officer_and_the_owner() -> None:
    burst = exposed()
    clock = burst.clocks[-1]
    rung = lifecycle.ring(burst, clock.number, REACH, now=clock.due_at + timedelta(minutes=1))

    assert pinged(rung) == {OFFICER: "missed", OWNER.user: "missed"}


def test_news_and_pauses_leave_the_task_alone() -> None:
    burst = exposed()
    later = lifecycle.post_update(burst, OWNER, NEWS + " And more.", now=at(70)).after

    assert later.clocks[burst.clocks[-1].number - 1].state is ClockState.ARMED


def test_nobody_can_say_that_the_task_does_not_apply() -> None:
    burst = exposed()
    number = burst.checklist[-1].number

    with pytest.raises(Refused, match="has to be done"):
        lifecycle.tick(burst, OWNER, number, done=True, note="No patient", applies=False, now=at(90))
