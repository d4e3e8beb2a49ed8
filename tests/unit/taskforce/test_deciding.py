"""Decisions: logged by those who may, and put as a question to those who hold the right."""

from dataclasses import replace

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Proposal
from bot.taskforce.permissions import Actor, Right, allows
from bot.taskforce.terms import ClockKind, State, Verdict
from tests.unit.taskforce.cases import (
    OWNER,
    REACH,
    STEERING,
    STRANGER,
    accepted,
    armed,
    at,
    effects,
    logged,
    pinged,
    working,
)
from tests.unit.taskforce.refusals import refusal

CELL = Holders({STEERING.user: None}, called="the steering cell")
PAIR = Holders({"U_A": None, "U_B": "U_C"}, quorum=2)
LEAVE_OUT = Proposal("Phase two?", clinical_impact="None", technical_impact="Two rules fewer")
MAY_WE = Proposal("May we go live?", "Now\n  After the   test\n\n", "after the test")


def request(proposal: Proposal = MAY_WE, right: str = "go_live", holders: Holders = CELL) -> Decision:
    return lifecycle.request_decision(working(), OWNER, proposal, right, holders=holders, now=at(20))


class TestLogging:
    """A decision that its taker may take."""

    def test_it_is_logged_shown_and_counts_as_work(self) -> None:
        decision = lifecycle.log_decision(accepted(), OWNER, Proposal("We fix it at the source."), now=at(10))
        assert logged(decision, "decision").body["text"] == "We fix it at the source."
        assert decision.after.state is State.WORKING
        assert len(effects(decision, EffectKind.POST_NOTICE)) == 1

    def test_its_right_its_holders_and_its_impacts_are_recorded(self) -> None:
        decision = lifecycle.log_decision(
            accepted(), STEERING, LEAVE_OUT, right="scope", holders=CELL, now=at(10)
        )
        body = logged(decision, "decision").body
        assert (body["right"], body["holders"]) == ("scope", [STEERING.user])
        assert (body["clinical_impact"], body["technical_impact"]) == ("None", "Two rules fewer")

    @pytest.mark.parametrize(
        ("actor", "holders", "code"),
        [
            (OWNER, CELL, "right_of_others"),
            (Actor("U_A"), PAIR, "quorum"),
            (STEERING, PAIR, "right_of_others"),
        ],
    )
    def test_what_is_not_theirs_alone_is_refused(self, actor: Actor, holders: Holders, code: str) -> None:
        refused = refusal(
            lambda: lifecycle.log_decision(
                accepted(), actor, LEAVE_OUT, right="scope", holders=holders, now=at(10)
            )
        )
        assert refused.code == code

    def test_whoever_may_not_hears_who_can(self) -> None:
        refused = refusal(
            lambda: lifecycle.log_decision(
                accepted(), OWNER, LEAVE_OUT, right="scope", holders=CELL, now=at(10)
            )
        )
        assert "the steering cell can" in refused.message


class TestAsking:
    """A question to those who hold the right."""

    def test_it_pings_the_holders_with_their_stand_ins_and_runs_a_clock(self) -> None:
        decision = request(holders=PAIR)
        assert pinged(decision) == dict.fromkeys(("U_A", "U_B", "U_C"), "asked")
        assert armed(decision.after)[ClockKind.DECISION] == at(40)

    def test_everything_about_it_is_kept_and_logged(self) -> None:
        decision = request(holders=PAIR)
        (kept,) = decision.after.requests
        assert (kept.number, kept.question, kept.right, kept.quorum) == (1, "May we go live?", "go_live", 2)
        assert (kept.options, kept.recommended) == (("Now", "After the test"), 2)
        body = logged(decision, "decision_requested").body
        assert (body["options"], body["recommended"], body["quorum"]) == (["Now", "After the test"], 2, 2)
        assert (body["decide_by"], body["holders"]) == (at(40).isoformat(), ["U_A", "U_B", "U_C"])

    def test_a_quorum_is_never_more_than_there_are_seats(self) -> None:
        alone = Holders({STEERING.user: "U_C"}, quorum=3)
        assert request(holders=alone).after.requests[0].quorum == 1

    @pytest.mark.parametrize(
        ("minutes", "due"), [(None, at(40)), (300, at(300))], ids=["as for accepting", "as given"]
    )
    def test_when_it_is_to_be_decided(self, minutes: int | None, due: object) -> None:
        decide_by = None if minutes is None else at(minutes)
        burst = lifecycle.request_decision(
            working(), OWNER, MAY_WE, "go_live", decide_by=decide_by, now=at(20)
        ).after
        assert armed(burst)[ClockKind.DECISION] == due

    def test_a_time_that_is_over_is_refused(self) -> None:
        refused = refusal(
            lambda: lifecycle.request_decision(
                working(), OWNER, MAY_WE, "go_live", decide_by=at(20), now=at(20)
            )
        )
        assert (refused.code, refused.field) == ("decide_by", "until")

    @pytest.mark.parametrize("recommended", ["2", "After the test", " after  the TEST "])
    def test_an_option_is_recommended_by_number_or_words(self, recommended: str) -> None:
        proposal = Proposal("May we?", MAY_WE.options, recommended)
        assert request(proposal).after.requests[0].recommended == 2

    @pytest.mark.parametrize(
        ("proposal", "right", "field"),
        [
            (Proposal(" "), "go_live", "text"),
            (Proposal("May we?", "Only this"), "go_live", "options"),
            (Proposal("May we?", "1\n2\n3\n4\n5\n6"), "go_live", "options"),
            (Proposal("May we?", "Now\nnow"), "go_live", "options"),
            (Proposal("May we?", f"Now\n{'x' * 151}"), "go_live", "options"),
            (Proposal("May we?", "Now\nLater", "3"), "go_live", "recommended"),
            (Proposal("May we?", "", "Now"), "go_live", "recommended"),
            (Proposal("May we?", clinical_impact="x" * 1001), "go_live", "clinical_impact"),
            (Proposal("May we?", technical_impact="None"), "scope", "clinical_impact"),
            (Proposal("May we?", clinical_impact="None", technical_impact=" "), "scope", "technical_impact"),
        ],
    )
    def test_what_is_missing_or_too_much_is_refused_at_its_field(
        self, proposal: Proposal, right: str, field: str
    ) -> None:
        assert refusal(lambda: request(proposal, right)).field == field

    def test_a_change_of_scope_says_what_it_means(self) -> None:
        (kept,) = request(LEAVE_OUT, "scope").after.requests
        assert (kept.clinical_impact, kept.technical_impact) == ("None", "Two rules fewer")

    def test_whoever_holds_the_right_asks_the_others_without_taking_part(self) -> None:
        decision = lifecycle.request_decision(
            working(), Actor("U_A"), MAY_WE, "go_live", holders=PAIR, now=at(20)
        )
        assert decision.after.requests[0].asked_by == "U_A"

    def test_others_who_do_not_take_part_cannot_ask(self) -> None:
        refused = refusal(
            lambda: lifecycle.request_decision(
                working(), STRANGER, MAY_WE, "go_live", holders=CELL, now=at(20)
            )
        )
        assert refused.code == "not_allowed"


class TestTime:
    """The holders who have not answered are told that time passes."""

    def rung(self, burst: Burst, minutes: int) -> Decision:
        held = {1: PAIR}
        return lifecycle.ring(burst, burst.clocks[-1].number, REACH, held=held, now=at(minutes))

    def test_they_are_warned(self) -> None:
        decision = self.rung(request(holders=PAIR).after, 30)
        assert pinged(decision) == dict.fromkeys(("U_A", "U_B", "U_C"), "reminder")

    def test_a_missed_question_goes_to_them_and_to_the_member_on_duty(self) -> None:
        decision = self.rung(request(holders=PAIR).after, 40)
        assert pinged(decision) == dict.fromkeys(("U_A", "U_B", "U_C", "U_DUTY"), "missed")

    def test_whoever_has_answered_is_left_in_peace(self) -> None:
        ballot = lifecycle.Ballot(Verdict.APPROVE, "Fine", option=1)
        burst = lifecycle.answer_request(
            request(holders=PAIR).after, Actor("U_C"), 1, ballot, holders=PAIR, now=at(25)
        ).after
        assert pinged(self.rung(burst, 30)) == {"U_A": "reminder"}

    def test_whoever_holds_the_right_by_now_can_read_the_private_burst_they_are_asked_about(self) -> None:
        asked = request().after
        decision = self.rung(replace(asked, private=True), 30)
        assert all(allows(Right.READ, Actor(user), decision.after) for user in pinged(decision))
        assert {one.subject["user"] for one in effects(decision, EffectKind.INVITE)} == set(pinged(decision))
