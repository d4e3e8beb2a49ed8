"""Promises that move: pauses, new severities, extensions."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.errors import Refused
from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, Outcome, PauseReason, Severity, State
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NOON,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    STRANGER,
    TECHNICAL,
    accepted,
    armed,
    at,
    closed,
    effects,
    kinds,
    logged,
    opened,
    paused,
    pinged,
    policy,
    resolved,
    working,
)
from tests.unit.taskforce.climbing import about, run, steps

VENDOR = PauseReason.AWAITING_VENDOR


def refusal(call: Callable[[], Decision]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


class TestPausing:
    """The resolve clock stands still; nothing else does."""

    def test_the_resolve_clock_keeps_what_is_left(self) -> None:
        burst = paused()
        (clock,) = (clock for clock in burst.clocks if clock.kind is ClockKind.RESOLVE)
        assert (burst.state, clock.state, clock.paused_at, clock.wake_at) == (
            State.PAUSED,
            ClockState.PAUSED,
            at(30),
            None,
        )
        assert armed(burst) == {ClockKind.UPDATE: at(70), ClockKind.PAUSE: at(150)}
        assert burst.pause is not None
        assert (burst.pause.reason, burst.pause.until, burst.pause.reference) == (VENDOR, at(150), "CASE-7")

    def test_resuming_adds_the_time_it_stood(self) -> None:
        decision = lifecycle.resume(paused(), CLINICAL, now=at(90))
        assert (decision.after.state, decision.after.pause) == (State.WORKING, None)
        assert armed(decision.after) == {ClockKind.UPDATE: at(70), ClockKind.RESOLVE: at(480 + 60)}
        (clock,) = (clock for clock in decision.after.clocks if clock.kind is ClockKind.RESOLVE)
        assert (clock.paused_at, clock.left_for) == (None, None)
        assert kinds(decision) == ["resumed"]

    def test_it_ends_by_itself_and_tells_those_who_lead(self) -> None:
        burst = paused()
        (clock,) = (clock for clock in burst.clocks if clock.kind is ClockKind.PAUSE)
        decision = lifecycle.ring(burst, clock.number, REACH, now=at(155))
        assert decision.after.state is State.WORKING
        assert armed(decision.after)[ClockKind.RESOLVE] == at(480 + 125)
        assert logged(decision, "resumed").body["late_seconds"] == 300
        assert pinged(decision) == dict.fromkeys((OWNER.user, CLINICAL.user, TECHNICAL.user), "reminder")
        assert decision.after.clocks[clock.number - 1].state is ClockState.MET

    def test_a_pause_warns_of_nothing_on_its_way(self) -> None:
        _, told = run(paused(policy=policy(update_every="8h")), 149)
        assert told == []

    def test_the_shares_of_the_clock_are_of_its_working_time(self) -> None:
        burst = lifecycle.resume(paused(), OWNER, now=at(150)).after
        _, told = run(burst, 1200)
        assert [minute for minute, words in about(told, "resolve") if words == "resolve_half"] == [240 + 120]

    def test_a_take_up_of_the_paused_clock_is_over(self) -> None:
        burst, _ = run(working(), 245)
        burst = lifecycle.take_up(burst, STEERING, now=at(246)).after
        stopped = lifecycle.pause(burst, OWNER, VENDOR, at(400), "CASE-7", now=at(250)).after
        (resolve,) = (clock for clock in stopped.clocks if clock.kind is ClockKind.RESOLVE)
        assert (resolve.held_since, resolve.held_for) == (None, at(250) - at(246))

    @pytest.mark.parametrize(
        ("burst", "actor", "reason", "until", "reference", "code"),
        [
            (working(), RAISER, VENDOR, at(150), "CASE-7", "not_allowed"),
            (working(), LEAD, VENDOR, at(150), "CASE-7", "not_allowed"),
            (opened(), OWNER, VENDOR, at(150), "CASE-7", "wrong_state"),
            (resolved(), OWNER, VENDOR, at(150), "CASE-7", "wrong_state"),
            (paused(), OWNER, VENDOR, at(150), "CASE-7", "already_done"),
            (working(severity=Severity.SEV1), OWNER, VENDOR, at(150), "CASE-7", "sev1"),
            (working(), OWNER, VENDOR, at(30), "CASE-7", "until"),
            (working(), OWNER, VENDOR, at(8 * 24 * 60), "CASE-7", "until"),
            (working(), OWNER, VENDOR, at(150), " ", "reference"),
            (working(), OWNER, PauseReason.AWAITING_CHANGE_WINDOW, at(150), "", "reference"),
            (working(), OWNER, PauseReason.AWAITING_APPROVAL, at(150), "", "reference"),
            (working(), OWNER, VENDOR, at(150), "x" * 81, "too_long"),
        ],
    )
    def test_it_is_refused(
        self, burst: Burst, actor: Actor, reason: PauseReason, until: datetime, reference: str, code: str
    ) -> None:
        refused = refusal(lambda: lifecycle.pause(burst, actor, reason, until, reference, now=at(30)))
        assert refused.code == code

    def test_a_burst_that_is_cancelled_in_its_pause_is_not_paused_any_more(self) -> None:
        after = lifecycle.cancel(paused(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(60)).after
        assert [clock.paused_at for clock in after.clocks] == [None] * len(after.clocks)

    def test_five_business_days_are_the_longest(self) -> None:
        latest = at(7 * 24 * 60 + 30)
        after = lifecycle.pause(working(), OWNER, VENDOR, latest, "CASE-7", now=at(30)).after
        assert armed(after)[ClockKind.PAUSE] == latest

    def test_waiting_for_the_requester_needs_no_reference(self) -> None:
        reason = PauseReason.AWAITING_REQUESTER
        after = lifecycle.pause(accepted(), OWNER, reason, at(150), "", now=at(30)).after
        assert after.pause is not None
        assert after.pause.reference == ""

    @pytest.mark.parametrize(
        ("burst", "actor", "code"),
        [
            (paused(), RAISER, "not_allowed"),
            (accepted(), OWNER, "already_done"),
            (working(), OWNER, "already_done"),
            (opened(), OWNER, "wrong_state"),
            (closed(), OWNER, "wrong_state"),
        ],
    )
    def test_resuming_is_refused(self, burst: Burst, actor: Actor, code: str) -> None:
        assert refusal(lambda: lifecycle.resume(burst, actor, now=at(90))).code == code


SEV1 = policy(Severity.SEV1, accept="10m", first_update="15m", update_every="30m", resolve="4h")
SEV3 = policy(Severity.SEV3, calendar="business", accept="4h", update_every="1bd", resolve="3bd")


class TestSeverity:
    """Elapsed time counts; due times are those of the new policy from the start."""

    def test_raising_brings_due_times_forward(self) -> None:
        decision = lifecycle.change_severity(
            opened(), RAISER, 1, 1, Severity.SEV1, SEV1, "Two sites now", now=at(5)
        )
        burst = decision.after
        assert (burst.severity, burst.impact, burst.urgency, burst.policy) == (Severity.SEV1, 1, 1, SEV1)
        assert armed(burst) == {
            ClockKind.ACCEPT: at(10),
            ClockKind.UPDATE: at(15),
            ClockKind.RESOLVE: at(240),
        }
        body = logged(decision, "severity").body
        assert (body["from"], body["to"], body["reason"]) == ("sev2", "sev1", "Two sites now")
        assert effects(decision, EffectKind.SET_TOPIC)

    def test_a_later_update_clock_gets_the_cadence_not_the_first_promise(self) -> None:
        burst = lifecycle.change_severity(
            working(), OWNER, 1, 1, Severity.SEV1, SEV1, "Worse", now=at(20)
        ).after
        assert armed(burst)[ClockKind.UPDATE] == at(40)

    def test_lowering_is_for_those_above(self) -> None:
        lower: Callable[[Actor], Decision] = lambda actor: lifecycle.change_severity(  # noqa: E731
            working(), actor, 2, 2, Severity.SEV3, SEV3, "One room", now=at(30)
        )
        assert refusal(lambda: lower(OWNER)).code == "not_allowed"
        burst = lower(LEAD).after
        assert armed(burst)[ClockKind.RESOLVE] == NOON.replace(day=5)
        assert armed(burst)[ClockKind.UPDATE] == NOON.replace(day=3, minute=10)

    def test_time_for_which_it_was_paused_is_added(self) -> None:
        burst = lifecycle.resume(paused(), OWNER, now=at(90)).after
        raised = lifecycle.change_severity(
            burst, OWNER, 1, 1, Severity.SEV1, SEV1, "Worse", now=at(100)
        ).after
        assert armed(raised)[ClockKind.RESOLVE] == at(240 + 60)

    def test_a_sev1_does_not_stay_paused(self) -> None:
        decision = lifecycle.change_severity(paused(), OWNER, 1, 1, Severity.SEV1, SEV1, "Worse", now=at(60))
        assert kinds(decision) == ["severity", "resumed"]
        assert decision.after.state is State.WORKING
        assert armed(decision.after)[ClockKind.RESOLVE] == at(240 + 30)

    def test_another_severity_leaves_a_pause_alone(self) -> None:
        burst = paused(severity=Severity.SEV3)
        sev2 = policy(Severity.SEV2, resolve="6h")
        raised = lifecycle.change_severity(burst, OWNER, 1, 2, Severity.SEV2, sev2, "Worse", now=at(60)).after
        assert raised.state is State.PAUSED
        resumed = lifecycle.resume(raised, OWNER, now=at(90)).after
        assert armed(resumed)[ClockKind.RESOLVE] == at(360 + 60)

    def test_a_needed_by_day_still_bounds_it(self) -> None:
        burst = working(needed_on=NOON.date())
        slow = policy(Severity.SEV3, resolve="20h")
        lowered = lifecycle.change_severity(burst, LEAD, 2, 2, Severity.SEV3, slow, "Less", now=at(30)).after
        assert armed(lowered)[ClockKind.RESOLVE] == at(12 * 60)

    def test_a_clock_that_is_late_by_the_new_policy_is_missed_when_it_rings(self) -> None:
        quiet = policy(Severity.SEV1, update_every="20h", resolve="4h")
        burst = working(policy=policy(update_every="20h"))
        burst = lifecycle.change_severity(
            burst, OWNER, 1, 1, Severity.SEV1, quiet, "Worse", now=at(300)
        ).after
        _, told = run(burst, 320, awake_from=300)
        assert about(told, "resolve")[:2] == [(300, "resolve missed"), (300, "resolve_missed")]

    def test_what_was_done_already_is_not_done_again(self) -> None:
        burst, _ = run(working(policy=policy(update_every="20h")), 260)
        slower = policy(Severity.SEV3, resolve="500m", update_every="20h")
        lowered = lifecycle.change_severity(
            burst, LEAD, 2, 2, Severity.SEV3, slower, "Less", now=at(260)
        ).after
        (clock,) = (clock for clock in lowered.clocks if clock.kind is ClockKind.RESOLVE)
        assert clock.warned == (0.5,)
        assert [fired.step for fired in clock.fired] == ["resolve_half", "resolve_duty"]

    def test_what_lies_ahead_again_will_be_done_again(self) -> None:
        burst, _ = run(working(policy=policy(update_every="20h")), 490)
        slower = policy(Severity.SEV3, resolve="20h", update_every="20h")
        lowered = lifecycle.change_severity(
            burst, LEAD, 2, 2, Severity.SEV3, slower, "Less", now=at(490)
        ).after
        (clock,) = (clock for clock in lowered.clocks if clock.kind is ClockKind.RESOLVE)
        assert (clock.warned, clock.fired, clock.missed_at) == ((), (), None)
        _, told = run(lowered, 605)
        assert about(told, "resolve") == [(600, "resolve 50 %"), (600, "resolve_half")]

    def test_other_inputs_with_the_same_severity_move_nothing(self) -> None:
        burst = working()
        decision = lifecycle.change_severity(burst, OWNER, 2, 1, Severity.SEV2, SEV1, "One room", now=at(20))
        assert (decision.after.impact, decision.after.urgency) == (2, 1)
        assert armed(decision.after) == armed(burst)
        assert decision.after.policy == burst.policy
        assert effects(decision, EffectKind.SET_TOPIC) == []

    @pytest.mark.parametrize(
        ("burst", "actor", "inputs", "why", "code"),
        [
            (working(), STRANGER, (1, 1), "Worse", "not_allowed"),
            (resolved(), OWNER, (1, 1), "Worse", "wrong_state"),
            (closed(), OWNER, (1, 1), "Worse", "wrong_state"),
            (working(), OWNER, (0, 1), "Worse", "level"),
            (working(), OWNER, (1, 4), "Worse", "level"),
            (working(), OWNER, (1, 1), "", "empty"),
        ],
    )
    def test_it_is_refused(
        self, burst: Burst, actor: Actor, inputs: tuple[int, int], why: str, code: str
    ) -> None:
        refused = refusal(
            lambda: lifecycle.change_severity(burst, actor, *inputs, Severity.SEV1, SEV1, why, now=at(90))
        )
        assert refused.code == code

    def test_no_change_is_done_already(self) -> None:
        same = lambda: lifecycle.change_severity(  # noqa: E731
            working(), OWNER, 1, 2, Severity.SEV2, policy(), "Same", now=at(20)
        )
        assert refusal(same).code == "already_done"


def test_a_burst_without_an_owner_is_looked_for_one() -> None:
    burst = opened(owner=None)
    decision = lifecycle.ring(burst, 1, REACH, now=at(20))
    assert pinged(decision) == {LEAD.user: "missed"}
    owned = lifecycle.hand_over(decision.after, LEAD, Candidate("U_NEXT"), "", now=at(21))
    assert armed(owned.after)[ClockKind.ACCEPT] == at(41)


def test_the_steps_of_another_ladder_are_not_taken_for_this_ones() -> None:
    burst, _ = run(opened(), 25)
    bare = policy(Severity.SEV1, ladder=[])
    raised = lifecycle.change_severity(burst, OWNER, 1, 1, Severity.SEV1, bare, "Worse", now=at(26)).after
    assert steps(run(raised, 600)[1]) == []


@pytest.mark.parametrize("look", [clocks.current, clocks.last])
def test_a_clock_that_must_be_there_and_is_not_is_an_error_of_ours(
    look: Callable[[Burst, ClockKind], ResponseClock],
) -> None:
    with pytest.raises(LookupError, match="sign_off clock"):
        look(opened(), ClockKind.SIGN_OFF)
