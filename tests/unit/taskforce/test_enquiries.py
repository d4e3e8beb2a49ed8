"""Questions from above: asking holds the ladder, saying something answers."""

from dataclasses import replace

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Proposal
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NEWS,
    OWNER,
    RAISER,
    STEERING,
    TECHNICAL,
    armed,
    at,
    closed,
    effects,
    logged,
    opened,
    pinged,
    resolved,
    working,
)
from tests.unit.taskforce.climbing import run
from tests.unit.taskforce.refusals import refusal

WHAT = "Which studies are affected, and since when?"
SEATS = (OWNER.user, CLINICAL.user, TECHNICAL.user)


def missed() -> Burst:
    """Nobody accepted in time, and the lead was asked too."""
    return run(opened(), 31)[0]


def asked(burst: Burst | None = None, actor: Actor = STEERING) -> Burst:
    return lifecycle.ask_for_more(burst or missed(), actor, WHAT, now=at(32)).after


class TestAsking:
    def test_the_owner_and_the_co_leads_are_asked_until_the_steps_time_to_answer(self) -> None:
        decision = lifecycle.ask_for_more(missed(), STEERING, WHAT, now=at(32))
        assert pinged(decision) == dict.fromkeys(SEATS, "asked")
        body = logged(decision, "asked").body
        assert (body["text"], body["asked"], body["answer_by"]) == (WHAT, list(SEATS), at(42).isoformat())
        assert len(effects(decision, EffectKind.POST_NOTICE)) == 1

    def test_it_holds_the_ladder_like_a_take_up(self) -> None:
        burst = asked()
        assert burst.taken_up_by == STEERING.user
        assert armed(burst)[ClockKind.TAKE_UP] == at(42)
        held = {clock.kind for clock in burst.clocks if clock.held_since is not None}
        assert held == {ClockKind.ACCEPT, ClockKind.UPDATE}

    def test_when_nothing_comes_the_ladder_goes_on(self) -> None:
        burst, told = run(asked(), 60)
        assert (42, "take_up missed") in told
        assert burst.taken_up_by is None

    def test_whoever_has_taken_it_up_keeps_it(self) -> None:
        burst = lifecycle.take_up(missed(), LEAD, now=at(31)).after
        assert asked(burst).taken_up_by == LEAD.user

    def test_where_nothing_is_escalated_nothing_is_held(self) -> None:
        burst = lifecycle.ask_for_more(working(), LEAD, WHAT, now=at(20)).after
        assert burst.taken_up_by is None
        assert burst.enquiries[0].answer_by == at(40)

    def test_nobody_asks_themselves(self) -> None:
        lead_owns = replace(missed(), owner=LEAD.user)
        decision = lifecycle.ask_for_more(lead_owns, LEAD, WHAT, now=at(32))
        assert set(pinged(decision)) == {CLINICAL.user, TECHNICAL.user}

    @pytest.mark.parametrize(
        ("burst", "actor", "question", "code"),
        [
            (missed(), RAISER, WHAT, "not_allowed"),
            (missed(), STEERING, " ", "empty"),
            (missed(), STEERING, "x" * 1001, "too_long"),
            (resolved(), STEERING, WHAT, "wrong_state"),
            (closed(), STEERING, WHAT, "wrong_state"),
            (opened(owner=None, clinical_lead=None, technical_lead=None), STEERING, WHAT, "nobody"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, question: str, code: str) -> None:
        assert refusal(lambda: lifecycle.ask_for_more(burst, actor, question, now=at(32))).code == code


class TestAnswering:
    @pytest.mark.parametrize("text", [NEWS, "Twelve"], ids=["news", "a word"])
    def test_whatever_one_of_them_says_answers(self, text: str) -> None:
        decision = lifecycle.post_update(asked(), OWNER, text, now=at(35))
        (enquiry,) = decision.after.enquiries
        assert (enquiry.answered_by, enquiry.answered_at) == (OWNER.user, at(35))
        assert {"ask": "more"} in [one.subject for one in effects(decision, EffectKind.SETTLE_PINGS)]

    def test_whoever_asked_does_not_answer_themselves(self) -> None:
        burst = lifecycle.log_decision(asked(), STEERING, Proposal("We wait for them"), now=at(35)).after
        assert burst.enquiries[0].answered_at is None

    def test_an_answer_is_given_once(self) -> None:
        burst = lifecycle.post_update(asked(), OWNER, NEWS, now=at(35)).after
        later = lifecycle.post_update(burst, CLINICAL, "Since Monday, says the log.", now=at(36))
        assert later.after.enquiries[0].answered_by == OWNER.user
        assert {"ask": "more"} not in [one.subject for one in effects(later, EffectKind.SETTLE_PINGS)]
