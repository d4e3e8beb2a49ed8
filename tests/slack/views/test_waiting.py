"""What the home tab says waits for somebody: exactly what is asked of this person, and no more."""

from dataclasses import replace
from datetime import timedelta

from bot.slack.ids import Action
from bot.slack.views.waiting import Waiting, waiting_for, waits_for_the_cell
from bot.taskforce.burst import Burst, ChecklistItem, Enquiry
from bot.taskforce.holders import Holders
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind
from tests.slack.views.bursts import (
    ACCEPTED,
    CLINICAL,
    CLOSED,
    LATE_AT,
    LEAD,
    MISSED,
    NOW,
    OPEN,
    OWNER,
    RAISER,
    RESOLVED,
    TECHNICAL,
    clock,
)

STEERER = Actor("U0STEERER", steering=True)


def asked(burst: Burst, user: str, held: dict[int, Holders] | None = None) -> list[Waiting]:
    """What the burst asks of somebody who has no rights but by it, long after it was opened."""
    return list(waiting_for(burst, Actor(user), held or {}, now=LATE_AT))


def test_whoever_is_to_own_it_can_answer_at_once() -> None:
    [one] = asked(OPEN, OWNER)
    assert one.actions == (Action.ACCEPT, Action.DECLINE)
    assert one.due_at == OPEN.clocks[0].due_at


def test_nobody_else_is_asked_to_own_it() -> None:
    assert [asked(OPEN, user) for user in (RAISER, CLINICAL, TECHNICAL, LEAD)] == [[], [], [], []]


def test_a_promise_that_is_not_due_yet_does_not_press() -> None:
    assert waiting_for(ACCEPTED, Actor(OWNER), {}, now=NOW) == ()


def test_a_missed_promise_waits_for_the_owner_with_what_keeps_it() -> None:
    [one] = asked(MISSED, OWNER)
    assert one.safe_words == "Resolution is late"
    assert one.actions == (Action.RESOLVE, Action.UPDATE)


def test_who_was_reached_from_below_can_take_it_up_until_somebody_does() -> None:
    [one] = asked(MISSED, LEAD)
    assert "escalated to you" in one.safe_words
    assert Action.STEERING_TAKE in one.actions
    assert asked(replace(MISSED, taken_up_by=STEERER.user), LEAD) == []


def test_each_checks_a_fix_in_their_own_part() -> None:
    by_user = {
        user: [one.actions[0] for one in asked(RESOLVED, user)] for user in (CLINICAL, TECHNICAL, RAISER)
    }
    assert by_user == {
        CLINICAL: [Action.SIGN_OFF],
        TECHNICAL: [Action.SIGN_OFF],
        RAISER: [Action.CONFIRM],
    }


def test_who_has_said_that_it_works_is_not_asked_again() -> None:
    assert asked(replace(RESOLVED, raiser_answer="works"), RAISER) == []


def test_a_decision_waits_for_whoever_holds_its_right_alone() -> None:
    held = {1: Holders({STEERER.user: None})}
    [one] = asked(MISSED, STEERER.user, held)
    assert (one.safe_words, one.detail) == ("Yours to decide: May we accept the workaround?", "1")
    assert asked(MISSED, CLINICAL, held) == []


def test_a_question_from_above_waits_for_owner_and_co_leads() -> None:
    enquiry = Enquiry(1, "Which sites?", LEAD, NOW, NOW + timedelta(hours=9))
    burst = replace(ACCEPTED, clocks=(), enquiries=(enquiry,))
    assert [len(asked(burst, user)) for user in (OWNER, CLINICAL, TECHNICAL, RAISER)] == [1, 1, 1, 0]
    assert asked(replace(burst, enquiries=(replace(enquiry, answered_at=NOW),)), OWNER) == []


def test_missing_facts_are_asked_of_whoever_raised_it_by_the_item_that_ends_it() -> None:
    item = ChecklistItem(1, "Complete the intake: Sending AE title", "intake", RAISER)
    burst = replace(OPEN, checklist=(item,), clocks=(clock(4, ClockKind.INTAKE, timedelta(hours=1)),))
    [one] = asked(burst, RAISER)
    assert (
        one.safe_words
        == "Tick item 1 of the checklist once it is done: Complete the intake: Sending AE title"
    )
    assert one.actions == (Action.CHECKLIST,)
    assert asked(replace(burst, checklist=(replace(item, done_at=NOW),)), RAISER) == []


def test_nothing_waits_once_it_is_closed() -> None:
    assert [asked(CLOSED, user) for user in (OWNER, CLINICAL, TECHNICAL, RAISER)] == [[], [], [], []]


def test_the_cell_sees_what_climbed_and_was_not_taken_up() -> None:
    assert waits_for_the_cell(MISSED)
    assert not waits_for_the_cell(replace(MISSED, taken_up_by=LEAD))
    assert not waits_for_the_cell(ACCEPTED)
