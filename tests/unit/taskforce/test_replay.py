"""A burst is rebuilt from its log alone, step by step through a long life."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Place
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.lifecycle import Candidate, Facts, Message, facts_of, replay
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import StaleTakeUp
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Outcome, PauseReason, Seat, Severity, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    FIX,
    JOINER,
    LEAD,
    NEWS,
    NOON,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    at,
    opening,
    policy,
)

NEXT = Actor("U_NEXT")


@dataclass
class Life:
    """A burst with its whole log; every step checks that the log knows what the burst knows."""

    burst: Burst
    log: list[Entry] = field(default_factory=list)

    def live(self, act: Callable[[Burst], Decision]) -> Facts:
        decision = act(self.burst)
        self.log += decision.entries
        self.burst = decision.after
        facts = replay(self.log)
        assert facts == facts_of(self.burst)
        return facts


@pytest.fixture
def life() -> Life:
    decision = lifecycle.open_burst(opening(), now=NOON)
    return Life(decision.after, list(decision.entries))


def test_an_empty_log_knows_nothing() -> None:
    assert replay([]) == Facts()


def test_the_opening(life: Life) -> None:
    facts = replay(life.log)
    assert facts == facts_of(life.burst)
    assert (facts.state, facts.severity, facts.owner, facts.accepted) == (
        State.OPEN,
        Severity.SEV2,
        OWNER.user,
        False,
    )
    accept = facts.clocks[1]
    assert (accept.kind, accept.state, accept.due_at) == (ClockKind.ACCEPT, ClockState.ARMED, at(20))


def test_people_come_and_go(life: Life) -> None:
    life.live(lambda b: lifecycle.join(b, JOINER, now=at(1)))
    life.live(lambda b: lifecycle.add_person(b, OWNER, "U_NET", "role:network", "", now=at(2)))
    facts = life.live(lambda b: lifecycle.leave(b, ANALYST.user, now=at(3)))
    assert {JOINER.user, "U_NET"} <= facts.people
    assert ANALYST.user not in facts.people


def test_ownership_and_seats_move(life: Life) -> None:
    assert life.live(lambda b: lifecycle.accept(b, OWNER, now=at(4))).accepted
    facts = life.live(lambda b: lifecycle.hand_over(b, OWNER, Candidate(NEXT.user), "", now=at(5)))
    assert (facts.owner, facts.accepted) == (NEXT.user, False)
    life.live(lambda b: lifecycle.fill_seat(b, STEERING, Seat.CLINICAL_LEAD, JOINER.user, now=at(6)))
    facts = life.live(lambda b: lifecycle.fill_seat(b, STEERING, Seat.TECHNICAL_LEAD, OWNER.user, now=at(7)))
    assert (facts.clinical_lead, facts.technical_lead) == (JOINER.user, OWNER.user)
    facts = life.live(lambda b: lifecycle.vacate(b, NEXT.user, "Gone", None, now=at(8)))
    assert facts.owner is None


def test_a_burst_without_an_owner() -> None:
    decision = lifecycle.open_burst(opening(owner=None), now=NOON)
    assert replay(decision.entries) == facts_of(decision.after)
    assert replay(decision.entries).owner is None


def test_time_and_escalation(life: Life) -> None:
    life.live(lambda b: lifecycle.ring(b, 1, REACH, now=at(20)))
    assert life.live(lambda b: lifecycle.take_up(b, LEAD, now=at(21))).taken_up_by == LEAD.user
    assert life.live(lambda b: lifecycle.accept(b, OWNER, now=at(22))).taken_up_by is None
    facts = life.live(
        lambda b: lifecycle.change_severity(
            b, OWNER, 1, 1, Severity.SEV1, policy(Severity.SEV1, resolve="4h"), "Worse", now=at(23)
        )
    )
    assert facts.severity is Severity.SEV1
    assert facts.clocks[3].due_at == at(240)
    facts = life.live(lambda b: lifecycle.extend(b, LEAD, at(300), "Part", now=at(24)))
    assert facts.clocks[3].due_at == at(300)


def test_take_ups_that_went_stale(life: Life) -> None:
    life.live(lambda b: lifecycle.ring(b, 1, REACH, now=at(20)))
    life.live(lambda b: lifecycle.take_up(b, LEAD, now=at(21)))
    (first,) = _running(life.burst, ClockKind.TAKE_UP)
    facts = life.live(lambda b: lifecycle.ring(b, first, REACH, now=at(31)))
    gone = StaleTakeUp(LEAD.user, at(21), at(31))
    assert (facts.taken_up_by, facts.stale_take_ups) == (None, (gone,))
    life.live(lambda b: lifecycle.ask_for_more(b, STEERING, "Who is on site?", now=at(32)))
    life.live(lambda b: lifecycle.post_update(b, OWNER, NEWS, now=at(35)))
    (second,) = _running(life.burst, ClockKind.TAKE_UP)
    facts = life.live(lambda b: lifecycle.ring(b, second, REACH, now=at(45)))
    asked = StaleTakeUp(STEERING.user, at(32), at(45))
    assert facts.stale_take_ups == (gone, asked)


def test_a_take_up_that_ends_with_its_cause_was_not_stale(life: Life) -> None:
    life.live(lambda b: lifecycle.ring(b, 1, REACH, now=at(20)))
    life.live(lambda b: lifecycle.take_up(b, LEAD, now=at(21)))
    facts = life.live(lambda b: lifecycle.accept(b, OWNER, now=at(22)))
    assert (facts.taken_up_by, facts.stale_take_ups) == (None, ())


def _running(burst: Burst, kind: ClockKind) -> list[int]:
    return [clock.number for clock in burst.clocks if clock.kind is kind and clock.state is ClockState.ARMED]


def test_work_evidence_and_sign_offs(life: Life) -> None:
    life.live(lambda b: lifecycle.accept(b, OWNER, now=at(5)))
    facts = life.live(lambda b: lifecycle.post_update(b, OWNER, NEWS, workaround="partial", now=at(6)))
    assert (facts.state, facts.workaround) == (State.WORKING, "partial")
    assert life.live(lambda b: lifecycle.tick(b, OWNER, 1, done=True, note="", now=at(7))).done_items == {1}
    assert not life.live(lambda b: lifecycle.tick(b, OWNER, 1, done=False, note="", now=at(8))).done_items
    life.live(lambda b: lifecycle.add_evidence(b, OWNER, "header", "All five", now=at(9)))
    life.live(lambda b: lifecycle.add_evidence(b, OWNER, "queue", "12 to 0", now=at(9)))
    life.live(lambda b: lifecycle.add_evidence(b, OWNER, "header", "Again", now=at(9)))
    said = Message("All five", "https://x.example", "U_X", "1.2")
    life.live(lambda b: lifecycle.log_message(b, OWNER, EntryKind.EVIDENCE, said, now=at(10)))
    facts = life.live(lambda b: lifecycle.correct(b, OWNER, 3, OWNER.user, "All six", now=at(10)))
    assert [one.entry for one in facts.corrections] == [3]
    facts = life.live(lambda b: lifecycle.withdraw_evidence(b, OWNER, 1, "Wrong", now=at(11)))
    assert facts.evidence == {2, 3}
    reason = PauseReason.AWAITING_REQUESTER
    life.live(lambda b: lifecycle.pause(b, OWNER, reason, at(90), "", now=at(12)))
    life.live(lambda b: lifecycle.resume(b, OWNER, now=at(13)))
    life.live(lambda b: lifecycle.resolve(b, OWNER, FIX, now=at(14)))
    assert life.live(lambda b: lifecycle.sign_off(b, CLINICAL, now=at(15))).signed == {Seat.CLINICAL_LEAD}
    facts = life.live(lambda b: lifecycle.add_evidence(b, OWNER, "header", "One more", now=at(16)))
    assert facts.signed == set()
    life.live(lambda b: lifecycle.sign_off(b, CLINICAL, now=at(17)))
    facts = life.live(lambda b: lifecycle.send_back(b, RAISER, "Still hangs", now=at(18)))
    assert (facts.signed, facts.state) == (set(), State.WORKING)


def test_the_end_and_after(life: Life) -> None:
    life.live(lambda b: lifecycle.move_to(b, Place("C1"), "", now=at(1)))
    facts = life.live(lambda b: lifecycle.cancel(b, OWNER, Outcome.MISTAKE, "Wrong site", now=at(2)))
    assert (facts.state, facts.outcome, facts.channel) == (State.CLOSED, Outcome.MISTAKE, "C1")
    facts = life.live(lambda b: lifecycle.reopen(b, OWNER, "It was right", now=at(3)))
    assert (facts.state, facts.outcome) == (State.OPEN, None)
    life.live(lambda b: lifecycle.cancel(b, OWNER, Outcome.WITHDRAWN, "Not needed", now=at(4)))
    assert life.live(lambda b: lifecycle.mark_archived(b, now=at(5000))).state is State.ARCHIVED
    facts = life.live(lambda b: lifecycle.note_reopened(b, OWNER, "Again", 77, now=at(5001)))
    assert facts.outcome is Outcome.WITHDRAWN
    assert life.live(lambda b: lifecycle.lose_place(b, "Deleted", now=at(5002))).channel is None
