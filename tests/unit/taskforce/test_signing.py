"""Sign-offs close a burst, and sending back opens the work again."""

import pytest

from bot.taskforce import closure, lifecycle
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, ClockState, Outcome, Seat, Severity, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    FIX,
    JOINER,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    TECHNICAL,
    armed,
    at,
    closed,
    effects,
    kinds,
    logged,
    pinged,
    proven,
    resolved,
    with_people,
    working,
)
from tests.unit.taskforce.refusals import refusal

BLOCKING = (ChecklistItem(0, "Tell privacy", "conditional:phi", blocks_closure=True),)


class TestSigningOff:
    """Each co-lead for their own seat; the last one closes."""

    def test_the_first_of_two_leaves_it_open(self) -> None:
        decision = lifecycle.sign_off(resolved(), CLINICAL, now=at(65))
        assert decision.after.state is State.RESOLVED
        assert closure.awaited_seats(decision.after) == (Seat.TECHNICAL_LEAD,)
        assert logged(decision, "signed_off").body["seat"] == "clinical_lead"

    def test_the_first_of_two_is_told_by_the_card_and_costs_no_message(self) -> None:
        decision = lifecycle.sign_off(resolved(), CLINICAL, now=at(65))
        assert {effect.kind for effect in decision.effects} == {
            EffectKind.REFRESH_CARD,
            EffectKind.SETTLE_PINGS,
        }

    @pytest.mark.parametrize("order", [(CLINICAL, TECHNICAL), (TECHNICAL, CLINICAL)])
    def test_the_last_one_closes_it(self, order: tuple[Actor, Actor]) -> None:
        first = lifecycle.sign_off(resolved(), order[0], now=at(65)).after
        decision = lifecycle.sign_off(first, order[1], now=at(70))
        assert kinds(decision) == ["signed_off", "closed"]
        after = decision.after
        assert (after.state, after.outcome, after.closed_at, after.signed_off_at) == (
            State.CLOSED,
            Outcome.RESOLVED,
            at(70),
            at(70),
        )
        assert after.archive_at == at(70 + 24 * 60)
        assert armed(after) == {}

    def test_closing_is_one_notice_a_summary_and_settled_asks(self) -> None:
        first = lifecycle.sign_off(resolved(), CLINICAL, now=at(65)).after
        decision = lifecycle.sign_off(first, TECHNICAL, now=at(70))
        assert [effect.kind for effect in decision.effects] == [
            EffectKind.POST_NOTICE,
            EffectKind.REFRESH_CARD,
            EffectKind.COMPLETE_TRANSCRIPT,
            EffectKind.POST_SUMMARY,
            EffectKind.SETTLE_PINGS,
        ]
        assert decision.effects[0].subject == {"entry": decision.after.log_count}

    def test_sev3_closes_with_the_clinical_one_alone(self) -> None:
        after = lifecycle.sign_off(resolved(severity=Severity.SEV3), CLINICAL, now=at(65)).after
        assert after.state is State.CLOSED

    def test_the_sign_off_clock_is_met_in_time(self) -> None:
        (clock,) = (clock for clock in closed().clocks if clock.kind is ClockKind.SIGN_OFF)
        assert (clock.state, clock.met_at) == (ClockState.MET, at(70))

    def test_where_the_owner_holds_the_technical_seat_somebody_else_signs(self) -> None:
        burst = resolved(technical_lead=OWNER.user)
        assert refusal(lambda: lifecycle.sign_off(burst, OWNER, now=at(65))).code == "not_your_seat"
        first = lifecycle.sign_off(burst, ANALYST, now=at(65)).after
        assert lifecycle.sign_off(first, CLINICAL, now=at(66)).after.state is State.CLOSED

    @pytest.mark.parametrize(
        ("burst", "actor", "code"),
        [
            (resolved(), OWNER, "not_allowed"),
            (resolved(), RAISER, "not_allowed"),
            (resolved(), STEERING, "not_allowed"),
            (working(), CLINICAL, "wrong_state"),
            (closed(), CLINICAL, "already_done"),
            (resolved(severity=Severity.SEV3), TECHNICAL, "not_your_seat"),
            (lifecycle.sign_off(resolved(), CLINICAL, now=at(61)).after, CLINICAL, "already_done"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, code: str) -> None:
        assert refusal(lambda: lifecycle.sign_off(burst, actor, now=at(90))).code == code

    def test_evidence_that_was_withdrawn_meanwhile_stops_it(self) -> None:
        burst = lifecycle.withdraw_evidence(resolved(), OWNER, 1, "Wrong scanner", now=at(61)).after
        assert refusal(lambda: lifecycle.sign_off(burst, CLINICAL, now=at(65))).code == "missing_evidence"

    def test_evidence_that_changes_voids_what_was_signed_and_asks_whoever_had_signed(self) -> None:
        signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        decision = lifecycle.add_evidence(signed, OWNER, "header", "Two more", now=at(63))
        assert kinds(decision) == ["evidence", "sign_off_voided"]
        assert closure.valid_sign_offs(decision.after) == ()
        assert decision.after.sign_offs[0].voided_at == at(63)
        assert pinged(decision) == {CLINICAL.user: "asked"}
        again = lifecycle.sign_off(decision.after, CLINICAL, now=at(64)).after
        assert [sign_off.voided_at for sign_off in again.sign_offs] == [at(63), None]
        later = lifecycle.add_evidence(again, OWNER, "header", "And one", now=at(65)).after
        assert [sign_off.voided_at for sign_off in later.sign_offs] == [at(63), at(65)]

    def test_evidence_that_is_withdrawn_voids_them_too(self) -> None:
        burst = lifecycle.add_evidence(
            proven(), OWNER, "link", "", link="https://t.example", now=at(30)
        ).after
        burst = lifecycle.sign_off(
            lifecycle.resolve(burst, OWNER, FIX, now=at(60)).after, CLINICAL, now=at(61)
        ).after
        decision = lifecycle.withdraw_evidence(burst, OWNER, 1, "Wrong scanner", now=at(62))
        assert kinds(decision) == ["evidence", "sign_off_voided"]

    def test_evidence_before_any_sign_off_voids_nothing(self) -> None:
        decision = lifecycle.add_evidence(resolved(), OWNER, "header", "Two more", now=at(63))
        assert kinds(decision) == ["evidence"]

    def test_whoever_has_not_signed_in_time_is_asked_again(self) -> None:
        burst = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        (clock,) = (clock for clock in burst.clocks if clock.kind is ClockKind.SIGN_OFF)
        decision = lifecycle.ring(burst, clock.number, REACH, now=at(80))
        assert kinds(decision) == ["missed"]
        assert pinged(decision) == {TECHNICAL.user: "asked"}

    def test_an_empty_seat_that_nobody_can_sign_for_is_the_owners_to_see_to(self) -> None:
        burst = lifecycle.vacate(
            resolved(severity=Severity.SEV3), CLINICAL.user, "Gone", None, now=at(61)
        ).after
        (clock,) = (clock for clock in burst.clocks if clock.kind is ClockKind.SIGN_OFF)
        assert pinged(lifecycle.ring(burst, clock.number, REACH, now=at(80))) == {OWNER.user: "missed"}

    def test_a_new_co_lead_of_a_resolved_burst_is_asked_at_once(self) -> None:
        burst = with_people(resolved(), JOINER)
        decision = lifecycle.fill_seat(burst, OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(61))
        assert JOINER.user in pinged(decision)


class TestSendingBack:
    """The work goes on as if it had not been called done."""

    @pytest.mark.parametrize("actor", [CLINICAL, TECHNICAL, RAISER], ids=lambda actor: actor.user)
    def test_the_clock_resumes_where_it_stood(self, actor: Actor) -> None:
        decision = lifecycle.send_back(resolved(), actor, "Chest still hangs", now=at(100))
        burst = decision.after
        assert burst.state is State.WORKING
        assert armed(burst) == {ClockKind.RESOLVE: at(480 + 40), ClockKind.UPDATE: at(160)}
        assert (burst.resolution, burst.resolved_at, burst.resolved_by) == (None, None, None)
        assert burst.clocks[2].met_at is None
        assert logged(decision, "sent_back").body["reason"] == "Chest still hangs"

    def test_a_clock_that_was_late_stays_late(self) -> None:
        burst = lifecycle.resolve(proven(), OWNER, FIX, now=at(500)).after
        back = lifecycle.send_back(burst, CLINICAL, "No", now=at(510)).after
        assert armed(back)[ClockKind.RESOLVE] == at(490)

    def test_sign_offs_are_void(self) -> None:
        signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        decision = lifecycle.send_back(signed, TECHNICAL, "No", now=at(65))
        assert closure.valid_sign_offs(decision.after) == ()
        assert logged(decision, "sent_back").body["voided"] == ["clinical_lead"]

    def test_a_sign_off_that_was_void_keeps_its_time(self) -> None:
        signed = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
        voided = lifecycle.add_evidence(signed, OWNER, "header", "More", now=at(63)).after
        back = lifecycle.send_back(voided, TECHNICAL, "No", now=at(65)).after
        assert [sign_off.voided_at for sign_off in back.sign_offs] == [at(63)]

    def test_the_owner_hears_of_it_and_the_asks_are_settled(self) -> None:
        decision = lifecycle.send_back(resolved(), CLINICAL, "No", now=at(65))
        assert pinged(decision) == {OWNER.user: "reminder"}
        assert effects(decision, EffectKind.SETTLE_PINGS)

    def test_it_can_be_resolved_again(self) -> None:
        back = lifecycle.send_back(resolved(), CLINICAL, "No", now=at(65)).after
        again = lifecycle.resolve(back, OWNER, FIX, now=at(70)).after
        assert (again.state, armed(again)) == (State.RESOLVED, {ClockKind.SIGN_OFF: at(90)})

    @pytest.mark.parametrize(
        ("burst", "actor", "why", "code"),
        [
            (resolved(), OWNER, "No", "not_allowed"),
            (resolved(), CLINICAL, "", "empty"),
            (working(), CLINICAL, "No", "wrong_state"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, why: str, code: str) -> None:
        assert refusal(lambda: lifecycle.send_back(burst, actor, why, now=at(90))).code == code
