"""Whom a step lets into the burst: people it reached, and people who are brought for what they know."""

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Proposal, Reach
from bot.taskforce.permissions import Actor, Right, allows
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NEWS,
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
from tests.unit.taskforce.climbing import run, steps

EXPERT = "U_EXPERT"
QUESTION = Proposal(
    "May we coerce the tag?", clinical_impact="None that we know", technical_impact="One rule"
)
WITH_EXPERT: Reach = {**REACH, "role:net": (EXPERT,)}
BRING = step("bring_net", "accept", "due", bring=["net"])
BOTH = step("both", "accept", "due", "technical_lead", bring=["net"])


def invited(decision: Decision) -> list[object]:
    """Who is invited to the channel."""
    return [effect.subject["user"] for effect in effects(decision, EffectKind.INVITE)]


def missed(*ladder: dict[str, object], private: bool = False, reach: Reach = WITH_EXPERT) -> Decision:
    """Nobody accepted in time."""
    burst = opened(policy=policy(ladder=list(ladder)), private=private)
    return lifecycle.ring(burst, 1, reach, now=at(20))


class TestLettingIn:
    """Whoever is asked can see what they are asked about."""

    def test_somebody_outside_is_invited(self) -> None:
        decision = missed(step("lead", "accept", "due", "workstream_lead"))
        assert invited(decision) == [LEAD.user]
        assert "added" not in kinds(decision), "they join by coming"

    def test_members_are_in_already(self) -> None:
        assert invited(missed(step("owner", "accept", "due", "owner", "technical_lead"))) == []

    def test_of_a_private_burst_they_stay_readers(self) -> None:
        decision = missed(step("stranger", "accept", "due", "role:net"), private=True)
        assert invited(decision) == [EXPERT]
        assert (logged(decision, "added").body["user"], logged(decision, "added").body["via"]) == (
            EXPERT,
            "ladder",
        )
        done = lifecycle.accept(decision.after, OWNER, now=at(25)).after
        assert allows(Right.READ, Actor(EXPERT), done), "though the step does not matter any more"

    def test_the_steering_cell_reads_anyway_and_comes_when_it_takes_something_up(self) -> None:
        decision = missed(step("cell", "accept", "due", "steering_cell"), private=True)
        assert invited(decision) == []
        assert "added" not in kinds(decision)
        taken = lifecycle.take_up(decision.after, STEERING, now=at(22))
        assert invited(taken) == [STEERING.user]

    def test_whoever_is_in_is_not_invited_by_taking_it_up(self) -> None:
        decision = missed(step("owner", "accept", "due", "technical_lead"))
        assert invited(lifecycle.take_up(decision.after, TECHNICAL, now=at(22))) == []


class TestBringing:
    """Expertise comes, ownership stays."""

    def test_the_people_of_the_role_take_part_from_now_on(self) -> None:
        decision = missed(BRING)
        (expert,) = (one for one in decision.after.participants if one.user == EXPERT)
        assert expert.via == "role:net"
        assert invited(decision) == [EXPERT]
        assert decision.after.owner == OWNER.user

    def test_they_are_told_why(self) -> None:
        decision = missed(BRING)
        (told,) = (ping for ping in effects(decision, EffectKind.PING) if ping.subject["user"] == EXPERT)
        assert told.subject["rank"] == "step"
        assert (told.subject["step"], told.subject["brought"]) == ("bring_net", "net")

    def test_the_log_tells_who_was_brought_and_by_which_step(self) -> None:
        decision = missed(BRING)
        assert logged(decision, "escalated").body["brought"] == [EXPERT]
        assert logged(decision, "escalated").body["nobody"] is False
        assert logged(decision, "added").body["step"] == "bring_net"

    def test_somebody_who_is_in_is_told_and_not_added_again(self) -> None:
        decision = missed(BRING, reach={**REACH, "role:net": (TECHNICAL.user,)})
        assert invited(decision) == []
        assert pinged(decision) == {OWNER.user: "missed", TECHNICAL.user: "step"}

    def test_somebody_whom_the_same_step_asks_is_told_once(self) -> None:
        decision = missed(BOTH, reach={**REACH, "role:net": (TECHNICAL.user,)})
        told = [ping.subject["user"] for ping in effects(decision, EffectKind.PING)]
        assert sorted(told, key=str) == [OWNER.user, TECHNICAL.user]

    def test_where_nobody_fills_the_role_the_log_says_so(self) -> None:
        decision = missed(BRING, reach=REACH)
        assert logged(decision, "escalated").body["nobody"] is True

    def test_nobody_waits_for_their_answer(self) -> None:
        first = step("ask_owner", "accept", "due", "owner")
        brought = step("bring_net", "accept", "unanswered 15m", bring=["net"])
        silent = step("ask_lead", "accept", "unanswered 30m", "workstream_lead")
        _, told = run(_with(first, brought, silent), 100, WITH_EXPERT)
        assert steps(told) == [(20, "ask_owner"), (35, "bring_net"), (50, "ask_lead")]

    def test_an_answer_to_who_asked_ends_the_silence_for_them_too(self) -> None:
        first = step("ask_both", "resolve", "fraction 0.5", "clinical_lead")
        brought = step("bring_net", "resolve", "unanswered 15m", bring=["net"])
        burst = accepted(policy=policy(ladder=[first, brought], first_update="20h"))
        burst, _ = run(burst, 241)
        burst = lifecycle.post_update(burst, CLINICAL, NEWS, now=at(242)).after
        _, told = run(burst, 470, WITH_EXPERT)
        assert steps(told) == []

    def test_by_hand_expertise_is_reached_like_anybody(self) -> None:
        decision = lifecycle.escalate(
            _with(BRING), OWNER, "We need the network people", WITH_EXPERT, now=at(5)
        )
        assert logged(decision, "escalated").body["step"] == "bring_net"


def test_a_role_is_reached_by_its_word() -> None:
    decision = missed(step("net", "accept", "due", "role:net"))
    assert logged(decision, "escalated").body["reached"] == [EXPERT]


def test_an_unanswered_question_climbs_its_own_ladder() -> None:
    asked = step("decide_duty", "decision", "due", "steering_duty")
    silent = step("decide_cell", "decision", "unanswered 10m", "steering_cell")
    burst = accepted(policy=policy(ladder=[asked, silent], first_update="8h"))
    burst = lifecycle.request_decision(burst, OWNER, QUESTION, "scope", now=at(6)).after
    _, told = run(burst, 60)
    assert steps(told) == [(26, "decide_duty"), (36, "decide_cell")]


def _with(*ladder: dict[str, object]) -> Burst:
    return opened(policy=policy(ladder=list(ladder), first_update="8h"))
