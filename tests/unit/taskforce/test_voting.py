"""A question is answered by those who hold the right: alone, or once enough of them say the same."""

from dataclasses import replace

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Proposal
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, State, Verdict
from tests.unit.taskforce.cases import (
    CLINICAL,
    OWNER,
    STEERING,
    TECHNICAL,
    armed,
    at,
    effects,
    logged,
    resolved,
    working,
)
from tests.unit.taskforce.refusals import refusal

ANNA, BORIS, CARLA, DORA = (Actor(user) for user in ("U_ANNA", "U_BORIS", "U_CARLA", "U_DORA"))
ALONE = Holders({STEERING.user: None})
# Dora stands in for Boris and for Carla.
THREE = Holders({ANNA.user: None, BORIS.user: DORA.user, CARLA.user: DORA.user}, quorum=2)
NOW, LATER = 1, 2
YES = Ballot(Verdict.APPROVE, "The test went well")
NO = Ballot(Verdict.DECLINE, "The test is not done")


def go(option: int) -> Ballot:
    return replace(YES, option=option)


def off(minutes: int) -> Ballot:
    return Ballot(Verdict.DEFER, "After the holidays", until=at(minutes))


def asked(holders: Holders = THREE, options: str = "Go now\nGo in June") -> Burst:
    proposal = Proposal("May we go live?", options)
    return lifecycle.request_decision(
        working(), OWNER, proposal, "go_live", holders=holders, now=at(20)
    ).after


def said(burst: Burst, *votes: tuple[Actor, Ballot], holders: Holders = THREE) -> Decision:
    """The last of these answers, given a minute after the one before."""
    *earlier, (actor, ballot) = votes
    for minute, (voter, before) in enumerate(earlier, start=21):
        burst = lifecycle.answer_request(burst, voter, 1, before, holders=holders, now=at(minute)).after
    return lifecycle.answer_request(burst, actor, 1, ballot, holders=holders, now=at(21 + len(earlier)))


def kinds(decision: Decision) -> list[EntryKind]:
    return [entry.kind for entry in decision.entries]


class TestAlone:
    """One holder is enough."""

    def test_an_answer_is_a_decision_with_its_right_and_keeps_the_promise(self) -> None:
        decision = said(asked(ALONE, ""), (STEERING, YES), holders=ALONE)
        (request,) = decision.after.requests
        assert (request.answer, request.answered_by, request.verdict) == (
            "The test went well",
            STEERING.user,
            Verdict.APPROVE,
        )
        assert kinds(decision) == [EntryKind.DECISION_VOTED, EntryKind.DECISION]
        body = logged(decision, "decision").body
        assert (body["request"], body["right"], body["holders"]) == (1, "go_live", [STEERING.user])
        assert ClockKind.DECISION not in armed(decision.after)

    def test_the_option_is_recorded(self) -> None:
        decision = said(asked(ALONE), (STEERING, go(LATER)), holders=ALONE)
        assert decision.after.requests[0].chosen == LATER
        assert logged(decision, "decision").body["option"] == "Go in June"

    def test_a_no_is_a_decision_too(self) -> None:
        decision = said(asked(ALONE), (STEERING, NO), holders=ALONE)
        assert decision.after.requests[0].verdict is Verdict.DECLINE
        assert logged(decision, "decision").body["verdict"] == "decline"

    def test_another_question_still_waits(self) -> None:
        burst = lifecycle.request_decision(
            asked(ALONE, ""), OWNER, Proposal("And money?"), "go_live", holders=ALONE, now=at(20)
        ).after
        decision = said(burst, (STEERING, YES), holders=ALONE)
        assert decision.after.requests[1].answered_at is None
        waiting = [
            c.subject
            for c in decision.after.clocks
            if c.kind is ClockKind.DECISION and c.state is ClockState.ARMED
        ]
        assert waiting == [2]

    def test_it_is_taken_after_the_work_is_done_and_after_reopening(self) -> None:
        burst = lifecycle.request_decision(
            resolved(), OWNER, Proposal("Same at RCH?"), "go_live", holders=ALONE, now=at(61)
        ).after
        now = lifecycle.answer_request(burst, STEERING, 1, YES, holders=ALONE, now=at(62))
        assert now.after.state is State.RESOLVED
        for signer in (CLINICAL, TECHNICAL):
            burst = lifecycle.sign_off(burst, signer, now=at(62)).after
        burst = lifecycle.reopen(burst, OWNER, "It is back", now=at(70)).after
        later = lifecycle.answer_request(burst, STEERING, 1, YES, holders=ALONE, now=at(71))
        assert later.after.requests[0].verdict is Verdict.APPROVE


class TestQuorum:
    """Two of three must say the same."""

    def test_the_first_voice_decides_nothing_and_is_asked_no_more(self) -> None:
        decision = said(asked(), (ANNA, go(NOW)))
        (request,) = decision.after.requests
        assert (request.verdict, request.voted) == (None, frozenset({ANNA.user}))
        assert kinds(decision) == [EntryKind.DECISION_VOTED]
        clock = decision.after.clocks[-1].number
        assert [effect.subject for effect in effects(decision, EffectKind.SETTLE_PINGS)] == [
            {"clock": clock, "user": ANNA.user}
        ]

    def test_each_vote_is_logged_with_the_right_and_the_seat(self) -> None:
        body = logged(said(asked(), (DORA, NO)), "decision_voted").body
        assert (body["right"], body["seat"], body["verdict"]) == ("go_live", BORIS.user, "decline")
        assert body["text"] == "The test is not done"

    @pytest.mark.parametrize(
        ("votes", "verdict"),
        [
            ([(ANNA, go(NOW)), (BORIS, go(NOW))], Verdict.APPROVE),
            ([(ANNA, NO), (BORIS, go(NOW)), (CARLA, NO)], Verdict.DECLINE),
            ([(ANNA, go(NOW)), (BORIS, go(LATER))], None),
            ([(ANNA, go(NOW)), (BORIS, go(LATER)), (CARLA, NO)], None),
            ([(ANNA, go(NOW)), (BORIS, go(LATER)), (ANNA, go(LATER))], Verdict.APPROVE),
            ([(ANNA, NO), (ANNA, go(NOW)), (BORIS, NO)], None),
        ],
        ids=["two", "no outvotes yes", "other options", "all differ", "changed", "changed away"],
    )
    def test_who_decides(self, votes: list[tuple[Actor, Ballot]], verdict: Verdict | None) -> None:
        assert said(asked(), *votes).after.requests[0].verdict is verdict

    def test_a_dissent_is_said_with_the_decision(self) -> None:
        decision = said(asked(), (ANNA, NO), (BORIS, go(NOW)), (CARLA, go(NOW)))
        body = logged(decision, "decision").body
        assert body["votes"] == [
            {"seat": ANNA.user, "by": ANNA.user, "verdict": "decline", "option": ""},
            {"seat": BORIS.user, "by": BORIS.user, "verdict": "approve", "option": "Go now"},
            {"seat": CARLA.user, "by": CARLA.user, "verdict": "approve", "option": "Go now"},
        ]
        assert (body["quorum"], body["holders"]) == (2, [ANNA.user, BORIS.user, DORA.user, CARLA.user])

    def test_a_stand_in_has_one_voice_for_however_many_they_stand_in(self) -> None:
        burst = said(asked(), (DORA, go(NOW))).after
        refused = refusal(lambda: said(burst, (DORA, go(NOW))))
        assert (refused.code, burst.requests[0].voted) == ("already_done", frozenset({BORIS.user}))

    def test_holder_and_stand_in_share_one_seat(self) -> None:
        assert said(asked(), (BORIS, go(NOW)), (DORA, go(NOW))).after.requests[0].verdict is None

    def test_whoever_holds_it_no_more_does_not_count(self) -> None:
        burst = said(asked(), (ANNA, go(NOW))).after
        others = Holders({BORIS.user: None, CARLA.user: None}, quorum=2)
        assert said(burst, (BORIS, go(NOW)), holders=others).after.requests[0].verdict is None

    def test_where_fewer_are_left_than_had_to_agree_all_of_them_must(self) -> None:
        burst = asked()
        left = Holders({ANNA.user: None}, quorum=2)
        assert said(burst, (ANNA, go(NOW)), holders=left).after.requests[0].verdict is Verdict.APPROVE


class TestPuttingOff:
    """The question waits until a date, then it is asked again."""

    def test_its_clock_runs_to_that_date_and_everybody_may_answer_anew(self) -> None:
        decision = said(asked(ALONE), (STEERING, off(600)), holders=ALONE)
        (request,) = decision.after.requests
        assert (request.verdict, request.votes) == (None, ())
        assert armed(decision.after)[ClockKind.DECISION] == at(600)
        assert kinds(decision) == [EntryKind.DECISION_VOTED, EntryKind.DECISION_DEFERRED]
        assert said(decision.after, (STEERING, go(NOW)), holders=ALONE).after.requests[0].chosen == NOW

    def test_of_two_dates_the_earlier_counts(self) -> None:
        burst = said(asked(), (ANNA, off(900)), (BORIS, off(600))).after
        assert armed(burst)[ClockKind.DECISION] == at(600)


@pytest.mark.parametrize(
    ("number", "actor", "ballot", "code", "field"),
    [
        (2, ANNA, go(NOW), "unknown_request", "request"),
        (1, OWNER, go(NOW), "right_of_others", None),
        (1, ANNA, YES, "option", "option"),
        (1, ANNA, go(3), "option", "option"),
        (1, ANNA, replace(NO, reason=" "), "empty", "text"),
        (1, ANNA, off(20), "until", "until"),
        (1, ANNA, Ballot(Verdict.DEFER, "Later"), "until", "until"),
    ],
)
def test_an_answer_is_refused(
    number: int, actor: Actor, ballot: Ballot, code: str, field: str | None
) -> None:
    refused = refusal(
        lambda: lifecycle.answer_request(asked(), actor, number, ballot, holders=THREE, now=at(30))
    )
    assert (refused.code, refused.field) == (code, field)


def test_a_question_without_options_takes_none() -> None:
    refused = refusal(lambda: said(asked(options=""), (ANNA, go(NOW))))
    assert refused.code == "option"


def test_what_is_decided_is_decided() -> None:
    burst = said(asked(), (ANNA, go(NOW)), (BORIS, go(NOW))).after
    assert refusal(lambda: said(burst, (CARLA, NO))).code == "already_done"


def test_a_stand_in_who_now_speaks_for_another_seat_has_one_voice_still() -> None:
    first = said(asked(), (DORA, go(NOW))).after
    changed = Holders({ANNA.user: None, BORIS.user: None, CARLA.user: DORA.user}, quorum=2)
    second = lifecycle.answer_request(first, DORA, 1, go(NOW), holders=changed, now=at(30)).after
    (request,) = second.requests
    assert [vote.seat for vote in request.votes] == [CARLA.user]
    assert request.verdict is None
