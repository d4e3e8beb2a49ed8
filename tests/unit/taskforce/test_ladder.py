"""When the steps of a ladder fire: on time, held, late, over empty places; never two for one."""

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Reach
from bot.taskforce.terms import ClockKind, Notify
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NEWS,
    NOON,
    OWNER,
    REACH,
    STEERING,
    TECHNICAL,
    accepted,
    at,
    effects,
    kinds,
    logged,
    opened,
    pinged,
    policy,
    step,
)
from tests.unit.taskforce.climbing import about, run, steps


def test_nobody_accepts_a_burst() -> None:
    _, told = run(opened(), 60)
    assert about(told, "accept") == [
        (10, "accept 50 %"),
        (16, "accept 80 %"),
        (20, "accept missed"),
        (20, "accept_owner"),
        (30, "accept_lead"),
        (40, "accept_cell"),
    ]


def test_nobody_posts_news() -> None:
    _, told = run(accepted(), 120)
    assert told == [
        (15, "update 50 %"),
        (24, "update 80 %"),
        (30, "update missed"),
        (30, "update_owner"),
        (40, "update_lead"),
    ]


def test_nobody_resolves_it() -> None:
    _, told = run(accepted(), 24 * 60)
    assert about(told, "resolve") == [
        (240, "resolve 50 %"),
        (240, "resolve_half"),
        (250, "resolve_duty"),
        (384, "resolve 80 %"),
        (480, "resolve missed"),
        (480, "resolve_missed"),
        (720, "resolve_sponsor"),
    ]


def test_news_in_time_keeps_the_owner_unpinged() -> None:
    burst = accepted()
    for minute in range(10, 240, 50):
        burst = lifecycle.post_update(burst, OWNER, f"{NEWS} Seen {minute} minutes in.", now=at(minute)).after
    _, told = run(burst, 239)
    assert told == []


def test_a_step_that_reaches_nobody_is_passed_over_at_once() -> None:
    nobody_leads: Reach = {who: users for who, users in REACH.items() if who is not Notify.WORKSTREAM_LEAD}
    _, told = run(opened(), 45, nobody_leads)
    assert about(told, "accept")[2:] == [
        (20, "accept missed"),
        (20, "accept_owner"),
        (30, "nobody for accept_lead"),
        (30, "accept_cell"),
    ]


def test_a_ladder_that_reaches_nobody_at_all_ends() -> None:
    burst, told = run(opened(), 24 * 60, {})
    assert [words for _, words in told if words.startswith("nobody")] == [
        "nobody for accept_owner",
        "nobody for accept_lead",
        "nobody for accept_cell",
        "nobody for update_owner",
        "nobody for update_lead",
        "nobody for resolve_half",
        "nobody for resolve_duty",
        "nobody for resolve_missed",
        "nobody for resolve_sponsor",
    ]
    assert all(clock.wake_at is None for clock in burst.clocks)


def test_after_a_night_without_power_each_promise_is_handled_once_and_says_how_late() -> None:
    burst, told = run(opened(), 12 * 60, awake_from=100)
    assert [line for line in told if line[0] == 100] == [
        (100, "accept missed"),
        (100, "accept_owner"),
        (100, "update missed"),
    ]
    missed = [words for _, words in told if words.endswith("missed") and "_" not in words]
    assert sorted(missed) == ["accept missed", "resolve missed", "update missed"]
    assert len(told) == len(set(told)), "nothing is said twice"
    fired = [step.step for clock in burst.clocks for step in clock.fired]
    assert len(fired) == len(set(fired))


def test_a_late_ladder_climbs_one_step_per_time_to_answer_for_the_whole_burst() -> None:
    _, told = run(opened(), 200, awake_from=100)
    assert steps(told) == [
        (100, "accept_owner"),
        (110, "accept_lead"),
        (120, "accept_cell"),
        (130, "update_owner"),
        (140, "update_lead"),
    ]


def test_a_step_on_its_time_does_not_wait_for_another_clocks_ladder() -> None:
    _, told = run(opened(), 31)
    assert [line for line in told if line[0] == 30] == [
        (30, "accept_lead"),
        (30, "update missed"),
        (30, "update_owner"),
    ]


def test_lateness_is_logged_in_seconds() -> None:
    burst = opened()
    (accept,) = (clock for clock in burst.clocks if clock.kind is ClockKind.ACCEPT)
    decision = lifecycle.ring(burst, accept.number, REACH, now=at(21))
    assert logged(decision, "missed").body["late_seconds"] == 60
    assert logged(decision, "escalated").body["late_seconds"] == 60


def test_a_warning_that_was_slept_through_is_not_made_up_for_after_a_later_one() -> None:
    burst = opened()
    (accept,) = (clock for clock in burst.clocks if clock.kind is ClockKind.ACCEPT)
    decision = lifecycle.ring(burst, accept.number, REACH, now=at(17))
    assert kinds(decision) == ["warned"]
    assert logged(decision, "warned").body["percent"] == 80
    assert logged(decision, "warned").body["late_seconds"] == 60
    again = lifecycle.ring(decision.after, accept.number, REACH, now=at(18))
    assert kinds(again) == []


def test_a_share_that_has_passed_with_the_due_time_is_not_told_any_more() -> None:
    _, told = run(accepted(), 2000, awake_from=500)
    assert "resolve_half" not in [words for _, words in told]
    assert "resolve_missed" in [words for _, words in told]


def test_somebody_who_answers_ends_the_unanswered_chain() -> None:
    burst, _ = run(accepted(), 240)
    answered = lifecycle.post_update(burst, CLINICAL, f"{NEWS} The vendor is on it.", now=at(245)).after
    _, told = run(answered, 260)
    assert "resolve_duty" not in [words for _, words in told]
    (half,) = (s for c in answered.clocks for s in c.fired if s.step == "resolve_half")
    assert (half.answered_by, half.answered_at) == (CLINICAL.user, at(245))


def test_somebody_who_was_not_asked_answers_nothing() -> None:
    burst, _ = run(accepted(), 240)
    spoken = lifecycle.post_update(burst, OWNER, f"{NEWS} The vendor is on it.", now=at(245)).after
    _, told = run(spoken, 260)
    assert (250, "resolve_duty") in told


@pytest.mark.parametrize("taken_at", [25, 29])
def test_taking_it_up_holds_the_ladder_and_going_stale_lets_it_go_on(taken_at: float) -> None:
    """The owner's step fired at 20 and asks within 10 minutes, so the take-up is stale 10 minutes later."""
    burst, _ = run(opened(policy=policy(first_update="8h")), taken_at)
    held = lifecycle.take_up(burst, LEAD, now=at(taken_at))
    assert held.after.taken_up_by == LEAD.user
    _, told = run(held.after, 60)
    assert told == [
        (taken_at + 10, "take_up missed"),
        (40, "accept_lead"),
        (50, "accept_cell"),
    ]


def test_work_keeps_a_take_up_fresh() -> None:
    burst, _ = run(opened(policy=policy(first_update="8h")), 25)
    burst = lifecycle.take_up(burst, LEAD, now=at(25)).after
    burst = lifecycle.post_update(burst, LEAD, NEWS, now=at(33)).after
    _, told = run(burst, 50)
    assert told == [(43, "take_up missed"), (48, "accept_lead")]


def test_a_kept_promise_ends_the_take_up() -> None:
    burst, _ = run(opened(policy=policy(first_update="8h")), 25)
    burst = lifecycle.take_up(burst, LEAD, now=at(25)).after
    burst = lifecycle.accept(burst, OWNER, now=at(30)).after
    assert burst.taken_up_by is None
    assert [clock.kind for clock in burst.clocks if clock.state == "armed"] == ["update", "resolve"]


def test_a_take_up_before_any_step_has_the_time_to_accept() -> None:
    no_ladder = opened(policy=policy(ladder=[]))
    burst, _ = run(no_ladder, 25)
    taken = lifecycle.take_up(burst, STEERING, now=at(25)).after
    (hold,) = (clock for clock in taken.clocks if clock.kind is ClockKind.TAKE_UP)
    assert hold.due_at == at(45)


def test_the_owner_is_told_of_a_miss_that_no_step_tells() -> None:
    burst = accepted(policy=policy(ladder=[]))
    (resolve,) = (clock for clock in burst.clocks if clock.kind is ClockKind.RESOLVE)
    decision = lifecycle.ring(burst, resolve.number, {}, now=at(480))
    assert pinged(decision) == {OWNER.user: "missed"}


def test_the_owner_is_told_once_when_the_step_tells_them() -> None:
    burst = opened()
    decision = lifecycle.ring(burst, 1, REACH, now=at(20))
    assert pinged(decision) == {OWNER.user: "step"}


def test_whoever_is_reached_twice_by_one_step_is_told_once() -> None:
    both: Reach = {
        Notify.CLINICAL_LEAD: (CLINICAL.user,),
        Notify.TECHNICAL_LEAD: (CLINICAL.user, TECHNICAL.user),
    }
    decision = lifecycle.ring(accepted(), 3, both, now=at(240))
    told = [effect for effect in effects(decision, EffectKind.PING) if effect.subject["rank"] == "step"]
    assert [effect.subject["user"] for effect in told] == [CLINICAL.user, TECHNICAL.user]
    assert [effect.lane for effect in told] == [f"person:{CLINICAL.user}", f"person:{TECHNICAL.user}"]


def test_the_steering_cell_gets_a_card_on_a_lane_of_its_own() -> None:
    burst, _ = run(opened(), 39)
    decision = lifecycle.ring(burst, 1, REACH, now=at(40))
    (card,) = effects(decision, EffectKind.POST_ESCALATION)
    assert card.lane == "cell:42"
    assert card.subject == {"clock": 1, "step": "accept_cell"}


def test_a_cell_without_people_gets_no_card() -> None:
    burst, _ = run(opened(), 39)
    decision = lifecycle.ring(burst, 1, {}, now=at(40))
    assert effects(decision, EffectKind.POST_ESCALATION) == []


def test_the_steering_cells_card_is_brought_up_to_date_when_the_promise_is_kept() -> None:
    burst, _ = run(opened(), 41)
    decision = lifecycle.accept(burst, OWNER, now=at(42))
    (card,) = effects(decision, EffectKind.REFRESH_ESCALATION)
    assert card.subject == {"clock": 1, "step": "accept_cell"}


def test_an_unanswered_step_that_comes_first_has_nothing_to_wait_for() -> None:
    odd = policy(ladder=[step("first", "accept", "unanswered 10m", "owner")])
    _, told = run(opened(policy=odd), 600)
    assert steps(told) == []


def test_a_clock_that_is_looked_at_too_early_does_nothing() -> None:
    decision = lifecycle.ring(opened(), 1, REACH, now=at(1))
    assert decision.entries == ()
    assert decision.effects == ()


def test_a_clock_that_stopped_does_nothing() -> None:
    burst = accepted()
    decision = lifecycle.ring(burst, 1, REACH, now=at(500))
    assert decision.entries == ()
    assert decision.after.clocks[0] == burst.clocks[0]


def test_a_clock_that_does_not_exist_is_an_error_of_ours() -> None:
    with pytest.raises(LookupError, match="BURST-42 has no clock 9"):
        lifecycle.ring(opened(), 9, REACH, now=NOON)
