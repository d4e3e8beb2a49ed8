"""What each verb makes Slack show, in order: the whole table, and its promise to keep calls few."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Place
from bot.taskforce.decision import Decision
from bot.taskforce.effects import COALESCED, EffectKind
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Candidate, Proposal
from bot.taskforce.terms import Outcome, PauseReason, Seat, Severity, Verdict
from tests.unit.taskforce.cases import (
    CLINICAL,
    FIX,
    JOINER,
    LEAD,
    NEWS,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    TECHNICAL,
    accepted,
    archived,
    at,
    closed,
    opened,
    paused,
    policy,
    proven,
    resolved,
    with_people,
    working,
)

Act = Callable[[], Decision]
CELL = Holders({STEERING.user: None})
TWO = Holders({STEERING.user: None, "U_DUTY": "U_SECOND"}, quorum=2)
MAY_WE = Proposal("May we go live without it?")
YES = Ballot(Verdict.APPROVE, "It can wait")
LATER = Ballot(Verdict.DEFER, "After the test", until=at(600))
NEXT = Candidate("U_NEXT")
HERE = Place("C1")
SIGNED = lifecycle.sign_off(resolved(), CLINICAL, now=at(62)).after
ASKED = lifecycle.request_decision(working(), OWNER, MAY_WE, "go_live", holders=CELL, now=at(20)).after
ASKED_TWO = lifecycle.request_decision(working(), OWNER, MAY_WE, "go_live", holders=TWO, now=at(20)).after
MISSED = lifecycle.ring(opened(), 1, REACH, now=at(20)).after
WARNED = lifecycle.ring(working(), 4, REACH, now=at(40)).after


def rung(burst: Burst, number: int, minutes: float) -> Act:
    return lambda: lifecycle.ring(burst, number, REACH, now=at(minutes))


TABLE: dict[str, tuple[Act, str]] = {
    "accept": (lambda: lifecycle.accept(opened(), OWNER, now=at(5)), "refresh_card settle_pings"),
    "decline": (
        lambda: lifecycle.decline(opened(), OWNER, "Leave", NEXT, now=at(5)),
        "settle_pings invite ping post_notice refresh_card",
    ),
    "hand over": (
        lambda: lifecycle.hand_over(working(), OWNER, NEXT, "", now=at(30)),
        "invite ping post_notice refresh_card",
    ),
    "vacate": (
        lambda: lifecycle.vacate(working(), OWNER.user, "Gone", NEXT, now=at(30)),
        "post_notice invite ping refresh_card",
    ),
    "first update": (
        lambda: lifecycle.post_update(accepted(), OWNER, NEWS, now=at(9)),
        "post_notice",
    ),
    "update": (lambda: lifecycle.post_update(working(), OWNER, f"{NEWS} More.", now=at(20)), "post_notice"),
    "update with a workaround": (
        lambda: lifecycle.post_update(working(), OWNER, "There is one", workaround="full", now=at(20)),
        "refresh_card post_notice",
    ),
    "update after a warning": (
        lambda: lifecycle.post_update(WARNED, OWNER, f"{NEWS} More.", now=at(41)),
        "post_notice settle_pings refresh_card",
    ),
    "decide": (
        lambda: lifecycle.log_decision(working(), OWNER, Proposal("So be it"), now=at(20)),
        "post_notice",
    ),
    "ask for a decision": (
        lambda: lifecycle.request_decision(working(), OWNER, MAY_WE, "go_live", holders=CELL, now=at(20)),
        "post_notice refresh_card ping",
    ),
    "answer": (
        lambda: lifecycle.answer_request(ASKED, STEERING, 1, YES, holders=CELL, now=at(25)),
        "settle_pings post_notice refresh_card",
    ),
    "answer as the first of two": (
        lambda: lifecycle.answer_request(ASKED_TWO, STEERING, 1, YES, holders=TWO, now=at(25)),
        "post_notice settle_pings refresh_card",
    ),
    "put off": (
        lambda: lifecycle.answer_request(ASKED, STEERING, 1, LATER, holders=CELL, now=at(25)),
        "settle_pings post_notice refresh_card",
    ),
    "add evidence": (
        lambda: lifecycle.add_evidence(working(), OWNER, "header", "All five", now=at(20)),
        "post_notice",
    ),
    "withdraw evidence": (
        lambda: lifecycle.withdraw_evidence(proven(), OWNER, 1, "Wrong", now=at(30)),
        "post_notice",
    ),
    "evidence after a sign-off": (
        lambda: lifecycle.add_evidence(SIGNED, OWNER, "header", "More", now=at(63)),
        "post_notice ping refresh_card",
    ),
    "tick": (
        lambda: lifecycle.tick(working(), OWNER, 1, done=True, note="", now=at(20)),
        "refresh_checklist refresh_card",
    ),
    "join": (lambda: lifecycle.join(working(), JOINER, now=at(20)), "invite"),
    "add": (
        lambda: lifecycle.add_person(working(), OWNER, "U_NET", "added", "", now=at(20)),
        "invite post_notice",
    ),
    "leave": (lambda: lifecycle.leave(working(), OWNER.user, now=at(20)), ""),
    "fill a seat": (
        lambda: lifecycle.fill_seat(working(), OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(20)),
        "invite post_notice refresh_card",
    ),
    "fill a seat once resolved": (
        lambda: lifecycle.fill_seat(
            with_people(resolved(), JOINER), OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(61)
        ),
        "post_notice refresh_card ping settle_pings",
    ),
    "raise": (
        lambda: lifecycle.change_severity(
            working(), OWNER, 1, 1, Severity.SEV1, policy(Severity.SEV1), "Worse", now=at(20)
        ),
        "set_topic post_notice refresh_card",
    ),
    "other inputs": (
        lambda: lifecycle.change_severity(working(), OWNER, 2, 1, Severity.SEV2, policy(), "So", now=at(20)),
        "post_notice refresh_card",
    ),
    "extend": (
        lambda: lifecycle.extend(working(), LEAD, at(900), "Part", now=at(20)),
        "post_notice refresh_card",
    ),
    "pause": (
        lambda: lifecycle.pause(working(), OWNER, PauseReason.AWAITING_REQUESTER, at(90), "", now=at(20)),
        "post_notice refresh_card",
    ),
    "resume": (lambda: lifecycle.resume(paused(), OWNER, now=at(60)), "post_notice refresh_card"),
    "escalate": (
        lambda: lifecycle.escalate(opened(), OWNER, "Help", REACH, now=at(5)),
        "ping invite post_notice refresh_card",
    ),
    "take up": (lambda: lifecycle.take_up(MISSED, LEAD, now=at(21)), "post_notice refresh_card invite"),
    "ask for more": (
        lambda: lifecycle.ask_for_more(MISSED, LEAD, "Since when?", now=at(21)),
        "post_notice refresh_card ping ping ping",
    ),
    "answer what was asked": (
        lambda: lifecycle.post_update(
            lifecycle.ask_for_more(working(), LEAD, "Since when?", now=at(20)).after, OWNER, "Six", now=at(21)
        ),
        "post_notice settle_pings refresh_card",
    ),
    "resolve": (
        lambda: lifecycle.resolve(proven(), OWNER, FIX, now=at(60)),
        "post_notice refresh_card ping ping ping",
    ),
    "resolve after a warning": (
        lambda: lifecycle.resolve(
            lifecycle.ring(proven(), proven().clocks[-1].number, REACH, now=at(55)).after,
            OWNER,
            FIX,
            now=at(60),
        ),
        "post_notice refresh_card ping ping ping settle_pings",
    ),
    "it works": (
        lambda: lifecycle.confirm(resolved(), RAISER, works=True, why="", now=at(61)),
        "refresh_card settle_pings",
    ),
    "sign off": (
        lambda: lifecycle.sign_off(resolved(), CLINICAL, now=at(61)),
        "refresh_card settle_pings",
    ),
    "last sign-off": (
        lambda: lifecycle.sign_off(SIGNED, TECHNICAL, now=at(63)),
        "post_notice refresh_card complete_transcript post_summary settle_pings",
    ),
    "send back": (
        lambda: lifecycle.send_back(resolved(), CLINICAL, "No", now=at(61)),
        "post_notice refresh_card settle_pings ping",
    ),
    "cancel": (
        lambda: lifecycle.cancel(working(), OWNER, Outcome.MISTAKE, "Why", now=at(20)),
        "post_notice refresh_card complete_transcript post_summary",
    ),
    "keep open": (lambda: lifecycle.keep_open(closed(), CLINICAL, now=at(99)), "post_notice refresh_card"),
    "archive": (
        lambda: lifecycle.mark_archived(replace(closed(), place=HERE), now=at(5000)),
        "complete_transcript archive_channel",
    ),
    "reopen": (
        lambda: lifecycle.reopen(replace(closed(), place=Place("C1")), OWNER, "Back", now=at(99)),
        "post_notice refresh_card ping",
    ),
    "reopen without a home": (
        lambda: lifecycle.reopen(closed(), OWNER, "Back", now=at(99)),
        "open_channel invite post_card pin_card set_topic post_checklist post_precedents post_notice refresh_card ping",
    ),
    "note reopened": (lambda: lifecycle.note_reopened(archived(), OWNER, "Back", 77, now=at(5000)), ""),
    "warn": (rung(accepted(), 2, 15), "ping refresh_card"),
    "miss and climb": (rung(opened(), 1, 20), "ping refresh_card"),
    "end a pause": (rung(paused(), 5, 150), "post_notice ping ping ping refresh_card"),
    "ring for nothing": (rung(accepted(), 2, 6), ""),
}


@pytest.mark.parametrize("verb", list(TABLE))
def test_what_slack_shows(verb: str) -> None:
    act, shown = TABLE[verb]
    assert " ".join(effect.kind.value for effect in act().effects) == shown


@pytest.mark.parametrize("verb", list(TABLE))
def test_a_notice_names_an_entry_of_its_own_decision(verb: str) -> None:
    decision = TABLE[verb][0]()
    notices = [
        effect.subject["entry"] for effect in decision.effects if effect.kind is EffectKind.POST_NOTICE
    ]
    last = decision.after.log_count
    assert set(notices) <= set(range(last - len(decision.entries) + 1, last + 1))
    assert len(notices) <= 1


@pytest.mark.parametrize("verb", list(TABLE))
def test_only_refreshes_wait_to_become_one(verb: str) -> None:
    delayed = {effect.kind for effect in TABLE[verb][0]().effects if effect.delay_for}
    assert delayed <= COALESCED
