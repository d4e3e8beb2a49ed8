"""Who has answered a ladder step, and when that is enough: one of those who were asked, or all of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from bot.taskforce import answers, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Proposal
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import FiredStep, StepAnswer
from bot.taskforce.terms import Severity
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NEWS,
    OWNER,
    STEERING,
    TECHNICAL,
    accepted,
    at,
    effects,
    opened,
    policy,
    step,
)
from tests.unit.taskforce.climbing import run, steps

NEXT = step("ask_next", "resolve", "unanswered 10m", "steering_duty")


def pair_asked(answer: str) -> Burst:
    """Half of the time to resolve is gone, and both co-leads were asked."""
    asked = step("pair", "resolve", "fraction 0.5", "clinical_lead", "technical_lead", answer=answer)
    burst, _ = run(accepted(policy=policy(ladder=[asked, NEXT], first_update="8h")), 240)
    return burst


def said(burst: Burst, actor: Actor, minute: float) -> Decision:
    """News of this person."""
    return lifecycle.post_update(burst, actor, f"{NEWS} Seen by {actor.user}.", now=at(minute))


def fired(burst: Burst, step_id: str = "pair") -> FiredStep:
    """The step as it fired."""
    (found,) = (one for clock in burst.clocks for one in clock.fired if one.step == step_id)
    return found


def answered(decision: Decision) -> list[object]:
    """The pings of one person that are settled."""
    settled = effects(decision, EffectKind.SETTLE_PINGS)
    return [effect.subject for effect in settled if "user" in effect.subject]


def test_where_any_answer_does_the_first_one_ends_the_silence() -> None:
    burst = said(pair_asked("any"), TECHNICAL, 242).after
    _, told = run(burst, 300)
    assert steps(told) == []
    assert (fired(burst).answered_by, fired(burst).answered_at) == (TECHNICAL.user, at(242))


def test_where_all_must_answer_one_is_not_enough() -> None:
    burst = said(pair_asked("all"), TECHNICAL, 242).after
    _, told = run(burst, 300)
    assert steps(told) == [(250, "ask_next")]
    assert fired(burst).answered_at is None
    assert fired(burst).silent == (CLINICAL.user,)


def test_where_all_must_answer_the_last_one_ends_the_silence() -> None:
    burst = said(pair_asked("all"), TECHNICAL, 242).after
    burst = said(burst, CLINICAL, 249).after
    _, told = run(burst, 300)
    assert steps(told) == []
    assert (fired(burst).answered_by, fired(burst).answered_at) == (CLINICAL.user, at(249))


def test_each_answer_is_kept_with_who_and_when() -> None:
    burst = said(pair_asked("any"), TECHNICAL, 242).after
    burst = said(said(burst, CLINICAL, 244).after, TECHNICAL, 246).after
    assert fired(burst).answers == (StepAnswer(TECHNICAL.user, at(242)), StepAnswer(CLINICAL.user, at(244)))


def test_only_the_ping_of_who_answered_is_settled() -> None:
    decision = said(pair_asked("all"), TECHNICAL, 242)
    assert answered(decision) == [{"clock": 3, "step": "pair", "user": TECHNICAL.user}]
    assert answered(said(decision.after, TECHNICAL, 243)) == []


@pytest.mark.parametrize(
    "answer",
    [
        lambda burst: lifecycle.post_update(burst, CLINICAL, NEWS, now=at(242)),
        lambda burst: lifecycle.log_decision(
            burst, CLINICAL, Proposal("We wait for the vendor."), now=at(242)
        ),
        lambda burst: lifecycle.add_evidence(burst, CLINICAL, "header", "All five show it", now=at(242)),
        lambda burst: lifecycle.tick(burst, CLINICAL, 1, done=True, note="", now=at(242)),
        lambda burst: lifecycle.take_up(burst, CLINICAL, now=at(242)),
    ],
    ids=["update", "decision", "evidence", "tick", "take-up"],
)
def test_what_counts_as_an_answer(answer: Callable[[Burst], Decision]) -> None:
    assert fired(answer(pair_asked("any")).after).answered_by == CLINICAL.user


def test_accepting_answers_what_the_owner_was_asked() -> None:
    asked = step("half", "resolve", "fraction 0.5", "owner")
    burst, _ = run(opened(policy=policy(ladder=[asked])), 240)
    burst = lifecycle.accept(burst, OWNER, now=at(241)).after
    assert fired(burst, "half").answered_by == OWNER.user


def test_a_nod_is_no_answer() -> None:
    burst = lifecycle.post_update(pair_asked("any"), CLINICAL, "Will look.", now=at(242)).after
    assert fired(burst).answers == ()


def test_somebody_who_was_not_asked_answers_nothing() -> None:
    decision = lifecycle.log_decision(
        pair_asked("any"), STEERING, Proposal("The vendor comes tomorrow."), now=at(242)
    )
    assert fired(decision.after).answers == ()


class TestTakingUp:
    """A take-up is an answer as long as something comes of it."""

    def test_with_a_take_up_and_the_others_answer_everybody_has_answered(self) -> None:
        burst = lifecycle.take_up(pair_asked("all"), CLINICAL, now=at(242)).after
        burst = said(burst, TECHNICAL, 244).after
        assert fired(burst).answered_by == TECHNICAL.user

    def test_a_stale_take_up_was_no_answer(self) -> None:
        burst = lifecycle.take_up(pair_asked("any"), CLINICAL, now=at(242)).after
        burst, told = run(burst, 300)
        assert told == [(252, "take_up missed"), (260, "ask_next")]
        assert fired(burst).answers == ()

    def test_work_after_a_take_up_stays_when_it_goes_stale(self) -> None:
        burst = lifecycle.take_up(pair_asked("any"), CLINICAL, now=at(242)).after
        burst = said(burst, CLINICAL, 244).after
        burst, told = run(burst, 300)
        assert (254, "take_up missed") in told
        assert steps(told) == []
        assert fired(burst).answers == (StepAnswer(CLINICAL.user, at(244)),)

    def test_a_take_up_after_work_changes_nothing(self) -> None:
        burst = said(pair_asked("any"), CLINICAL, 242).after
        burst = lifecycle.take_up(burst, CLINICAL, now=at(244)).after
        assert fired(burst).answers == (StepAnswer(CLINICAL.user, at(242)),)

    def test_the_ping_of_who_took_it_up_is_settled(self) -> None:
        decision = lifecycle.take_up(pair_asked("all"), CLINICAL, now=at(242))
        assert answered(decision) == [{"clock": 3, "step": "pair", "user": CLINICAL.user}]


def test_whoever_takes_it_up_from_outside_answers_for_nobody() -> None:
    burst = lifecycle.take_up(pair_asked("all"), LEAD, now=at(242)).after
    assert fired(burst).answers == ()


def test_an_answer_from_before_answers_were_kept_by_person_stays_as_it_is() -> None:
    burst = pair_asked("any")
    (clock,) = (one for one in burst.clocks if one.fired)
    old = replace(clock.fired[0], answered_at=at(241), answered_by=TECHNICAL.user)
    burst = replace(burst, clocks=tuple(replace(c, fired=(old,)) if c is clock else c for c in burst.clocks))
    assert answers.recorded(burst, CLINICAL.user, at(242)) == burst


@pytest.mark.parametrize(("before", "after", "answered_at"), [("all", "any", at(242)), ("any", "all", None)])
def test_another_severity_may_ask_for_fewer_answers_or_for_more(
    before: str, after: str, answered_at: datetime | None
) -> None:
    burst = said(pair_asked(before), TECHNICAL, 242).after
    asked = step("pair", "resolve", "fraction 0.5", "clinical_lead", "technical_lead", answer=after)
    sev1 = policy(Severity.SEV1, ladder=[asked, NEXT], first_update="8h", resolve="7h")
    decision = lifecycle.change_severity(burst, LEAD, 1, 1, Severity.SEV1, sev1, "Worse", now=at(243))
    assert fired(decision.after).answered_at == answered_at
    _, told = run(decision.after, 300)
    assert steps(told) == ([] if answered_at else [(250, "ask_next")])
