"""Accepting, declining, handing over, and an owner who is gone."""

from collections.abc import Callable

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    JOINER,
    LEAD,
    NOON,
    OWNER,
    RAISER,
    TECHNICAL,
    accepted,
    archived,
    armed,
    at,
    closed,
    effects,
    kinds,
    logged,
    opened,
    paused,
    pinged,
    resolved,
    working,
)

NEXT = Candidate("U_NEXT", "pacs_admin", "PACS administrator on call at NGH")


def refusal(call: Callable[[], Decision]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_the_owner_accepts() -> None:
    decision = lifecycle.accept(opened(), OWNER, now=at(5))
    assert (decision.after.state, decision.after.accepted_at) == (State.ACCEPTED, at(5))
    assert set(armed(decision.after)) == {ClockKind.UPDATE, ClockKind.RESOLVE}
    assert decision.after.clocks[0].met_at == at(5)
    assert kinds(decision) == ["accepted"]


def test_the_ping_that_asked_for_it_is_settled() -> None:
    (settled,) = effects(lifecycle.accept(opened(), OWNER, now=at(5)), EffectKind.SETTLE_PINGS)
    assert (settled.lane, settled.subject) == ("cell:42", {"clock": 1})


@pytest.mark.parametrize("actor", [RAISER, CLINICAL, LEAD, JOINER], ids=lambda actor: actor.user)
def test_nobody_else_accepts(actor: Actor) -> None:
    assert refusal(lambda: lifecycle.accept(opened(), actor, now=at(5))) == "not_allowed"


@pytest.mark.parametrize("burst", [accepted(), working(), paused()], ids=["accepted", "working", "paused"])
def test_a_second_click_finds_it_accepted(burst: Burst) -> None:
    assert refusal(lambda: lifecycle.accept(burst, OWNER, now=at(40))) == "already_done"


@pytest.mark.parametrize("burst", [resolved(), closed(), archived()], ids=["resolved", "closed", "archived"])
def test_there_is_nothing_to_accept_at_the_end(burst: Burst) -> None:
    assert refusal(lambda: lifecycle.accept(burst, OWNER, now=at(80))) == "wrong_state"


def test_a_decline_is_followed_by_somebody_else_at_once() -> None:
    decision = lifecycle.decline(opened(), OWNER, "I am on leave from noon", NEXT, now=at(5))
    assert kinds(decision) == ["declined", "assigned"]
    assert logged(decision, "declined").body["reason"] == "I am on leave from noon"
    assert (decision.after.owner, decision.after.owner_role) == ("U_NEXT", "pacs_admin")
    assert decision.after.owner_reason == "PACS administrator on call at NGH"
    assert pinged(decision) == {"U_NEXT": "assigned"}


def test_the_time_to_accept_runs_anew_and_everything_else_runs_on() -> None:
    burst = lifecycle.decline(opened(), OWNER, "I am on leave", NEXT, now=at(5)).after
    assert armed(burst) == {
        ClockKind.ACCEPT: at(25),
        ClockKind.UPDATE: at(30),
        ClockKind.RESOLVE: at(480),
    }
    assert [clock.state for clock in burst.clocks if clock.kind is ClockKind.ACCEPT] == ["disarmed", "armed"]


def test_the_channel_hears_of_it_once_and_the_newcomer_is_invited() -> None:
    decision = lifecycle.decline(opened(), OWNER, "I am on leave", NEXT, now=at(5))
    (notice,) = effects(decision, EffectKind.POST_NOTICE)
    told = decision.entries[int(notice.subject["entry"]) - opened().log_count - 1]
    assert (told.kind, told.body["to"], told.body["reason"]) == ("declined", "U_NEXT", "I am on leave")
    (invited,) = effects(decision, EffectKind.INVITE)
    assert invited.subject == {"user": "U_NEXT"}


def test_a_successor_who_is_in_the_channel_is_not_invited_again() -> None:
    decision = lifecycle.decline(opened(), OWNER, "Not mine", Candidate(ANALYST.user), now=at(5))
    assert effects(decision, EffectKind.INVITE) == []


@pytest.mark.parametrize(
    ("burst", "actor", "successor", "reason", "code"),
    [
        (opened(), RAISER, NEXT, "No", "not_allowed"),
        (accepted(), OWNER, NEXT, "No", "accepted"),
        (closed(), OWNER, NEXT, "No", "wrong_state"),
        (opened(), OWNER, Candidate(OWNER.user), "No", "same_person"),
        (opened(), OWNER, Candidate(CLINICAL.user), "No", "clinical_lead"),
        (opened(), OWNER, NEXT, " ", "empty"),
    ],
)
def test_a_decline_is_refused(
    burst: Burst, actor: Actor, successor: Candidate, reason: str, code: str
) -> None:
    assert refusal(lambda: lifecycle.decline(burst, actor, reason, successor, now=at(90))) == code


@pytest.mark.parametrize("actor", [OWNER, CLINICAL, TECHNICAL, LEAD], ids=lambda actor: actor.user)
def test_somebody_in_charge_hands_over(actor: Actor) -> None:
    decision = lifecycle.hand_over(working(), actor, NEXT, "Knows the scanner", now=at(30))
    burst = decision.after
    assert (burst.state, burst.owner, burst.accepted_at, burst.assigned_at) == (
        State.OPEN,
        "U_NEXT",
        None,
        at(30),
    )
    assert armed(burst)[ClockKind.ACCEPT] == at(50)
    assert armed(burst)[ClockKind.RESOLVE] == at(480)
    entry = logged(decision, "handed_over")
    assert (entry.body["from"], entry.body["to"], entry.body["reason"]) == (
        OWNER.user,
        "U_NEXT",
        "Knows the scanner",
    )
    (notice,) = effects(decision, EffectKind.POST_NOTICE)
    assert notice.subject == {"entry": working().log_count + 1}


def test_a_hand_over_needs_no_reason() -> None:
    decision = lifecycle.hand_over(working(), OWNER, NEXT, "", now=at(30))
    assert logged(decision, "handed_over").body["reason"] == ""


def test_the_new_owner_must_accept_and_the_old_one_cannot() -> None:
    burst = lifecycle.hand_over(working(), OWNER, NEXT, "", now=at(30)).after
    assert refusal(lambda: lifecycle.accept(burst, OWNER, now=at(31))) == "not_allowed"
    assert lifecycle.accept(burst, Actor("U_NEXT"), now=at(31)).after.state is State.ACCEPTED


def test_a_paused_burst_stays_paused_when_it_is_handed_over() -> None:
    burst = lifecycle.hand_over(paused(), OWNER, NEXT, "", now=at(40)).after
    assert (burst.state, burst.accepted_at) == (State.PAUSED, None)
    burst = lifecycle.accept(burst, Actor("U_NEXT"), now=at(41)).after
    assert (burst.state, burst.accepted_at) == (State.PAUSED, at(41))


def test_a_pause_that_ends_before_the_new_owner_accepts_leaves_it_unaccepted() -> None:
    burst = lifecycle.hand_over(paused(), OWNER, NEXT, "", now=at(40)).after
    assert lifecycle.resume(burst, CLINICAL, now=at(41)).after.state is State.OPEN


@pytest.mark.parametrize(
    ("burst", "actor", "to", "code"),
    [
        (working(), RAISER, NEXT, "not_allowed"),
        (working(), ANALYST, NEXT, "not_allowed"),
        (working(), OWNER, Candidate(OWNER.user), "already_done"),
        (working(), OWNER, Candidate(CLINICAL.user), "clinical_lead"),
        (resolved(), OWNER, NEXT, "wrong_state"),
        (archived(), OWNER, NEXT, "wrong_state"),
    ],
)
def test_a_hand_over_is_refused(burst: Burst, actor: Actor, to: Candidate, code: str) -> None:
    assert refusal(lambda: lifecycle.hand_over(burst, actor, to, "", now=at(90))) == code


def test_the_owner_is_gone_and_somebody_follows() -> None:
    decision = lifecycle.vacate(working(), OWNER.user, "Deactivated in Slack", NEXT, now=at(30))
    assert kinds(decision) == ["seated", "assigned"]
    assert (decision.after.owner, decision.after.state) == ("U_NEXT", State.OPEN)


def test_the_owner_is_gone_and_nobody_follows_so_the_staffing_clock_runs() -> None:
    decision = lifecycle.vacate(working(), OWNER.user, "Deactivated in Slack", None, now=at(30))
    burst = decision.after
    assert (burst.owner, burst.accepted_at, burst.state) == (None, None, State.OPEN)
    assert armed(burst)[ClockKind.STAFFING] == at(50)
    assert pinged(decision) == {}


def test_the_staffing_clock_ends_when_somebody_owns_it() -> None:
    burst = lifecycle.vacate(working(), OWNER.user, "Deactivated", None, now=at(30)).after
    burst = lifecycle.hand_over(burst, LEAD, NEXT, "", now=at(35)).after
    assert ClockKind.STAFFING not in armed(burst)
    assert armed(burst)[ClockKind.ACCEPT] == at(55)


def test_every_seat_of_somebody_who_is_gone_is_empty() -> None:
    burst = working(technical_lead=OWNER.user)
    after = lifecycle.vacate(burst, OWNER.user, "Deactivated", NEXT, now=at(30)).after
    assert (after.owner, after.technical_lead, after.clinical_lead) == ("U_NEXT", None, CLINICAL.user)


def test_a_co_lead_who_is_gone_moves_no_ownership() -> None:
    after = lifecycle.vacate(working(), CLINICAL.user, "Deactivated", None, now=at(30)).after
    assert (after.clinical_lead, after.owner, after.state) == (None, OWNER.user, State.WORKING)


def test_an_owner_who_is_gone_after_it_was_resolved_is_not_replaced() -> None:
    after = lifecycle.vacate(resolved(), OWNER.user, "Deactivated", None, now=at(61)).after
    assert (after.owner, after.state) == (None, State.RESOLVED)
    assert ClockKind.STAFFING not in armed(after)
    back = lifecycle.send_back(after, CLINICAL, "It is still there", now=at(62)).after
    assert back.state is State.OPEN
    assert armed(back)[ClockKind.STAFFING] == at(82)


def test_somebody_without_a_seat_vacates_none() -> None:
    assert refusal(lambda: lifecycle.vacate(working(), "U_X", "Gone", None, now=at(30))) == "already_done"


def test_a_successor_must_be_somebody_else() -> None:
    who = Candidate(OWNER.user)
    assert refusal(lambda: lifecycle.vacate(working(), OWNER.user, "Gone", who, now=NOON)) == "same_person"
