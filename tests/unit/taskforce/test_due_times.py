"""Due times are worked out again from the log, and a wrong one is found although row and log agree."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.auditing.comparing import disagreements
from bot.taskforce.auditing.disagreement import Account, Disagreement
from bot.taskforce.auditing.due_times import wrong_due_times
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Detail, Entry
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Exposure, Proposal, replay
from bot.taskforce.policy import Policy
from bot.taskforce.terms import ClockState, PauseReason, Severity, Verdict
from tests.unit.taskforce.cases import (
    ADMIN,
    CLINICAL,
    FIX,
    LEAD,
    NEWS,
    NOON,
    OWNER,
    REACH,
    STEERING,
    TECHNICAL,
    at,
    opening,
    policy,
)

SEV1 = policy(Severity.SEV1, resolve="4h", accept="10m")
SEV3 = policy(Severity.SEV3, resolve="3bd", calendar="business")
ACCEPT, UPDATE, RESOLVE = 1, 2, 3


@dataclass
class Life:
    """A burst with its whole log."""

    burst: Burst
    log: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, **terms: Any) -> "Life":
        decision = lifecycle.open_burst(opening(**terms), now=NOON)
        return cls(decision.after, list(decision.entries))

    def live(self, act: Callable[[Burst], Decision]) -> None:
        decision = act(self.burst)
        self.log += decision.entries
        self.burst = decision.after

    def worked(self) -> None:
        self.live(lambda b: lifecycle.accept(b, OWNER, now=at(5)))
        for kind in ("header", "queue"):
            self.live(lambda b, kind=kind: lifecycle.add_evidence(b, OWNER, kind, NEWS, now=at(6)))  # type: ignore[misc]

    def severity(self, to: Policy, minutes: float) -> None:
        self.live(
            lambda b: lifecycle.change_severity(b, LEAD, 1, 1, to.severity, to, "Seen anew", now=at(minutes))
        )

    def pause(self, since: float, until: float) -> None:
        reason = PauseReason.AWAITING_REQUESTER
        self.live(lambda b: lifecycle.pause(b, OWNER, reason, at(until), "", now=at(since)))

    def wrong(self) -> list[Disagreement]:
        known = (policy(), SEV1, SEV3, self.burst.policy)
        return list(wrong_due_times(self.log, {one.digest: one for one in known}))

    def forge(self, number: int, **told: Detail) -> None:
        """Let the last entry that tells of this clock tell something else."""
        position = max(n for n, entry in enumerate(self.log) if _of(entry, number))
        entry = self.log[position]
        clocks = [{**one, **told} if one["number"] == number else one for one in _clocks(entry)]
        self.log[position] = replace(entry, body={**entry.body, "clocks": clocks})


def _clocks(entry: Entry) -> list[dict[str, Detail]]:
    return cast("list[dict[str, Detail]]", entry.body.get("clocks", []))


def _of(entry: Entry, number: int) -> bool:
    return any(one["number"] == number for one in _clocks(entry))


def paused_and_resumed(life: Life) -> None:
    life.worked()
    life.pause(10, 100)
    life.live(lambda b: lifecycle.resume(b, OWNER, now=at(70)))


def made_worse_while_paused(life: Life) -> None:
    life.worked()
    life.pause(10, 100)
    life.severity(SEV1, 40)


def moved_to_working_hours(life: Life) -> None:
    life.worked()
    life.pause(10, 100)
    life.severity(SEV3, 40)
    life.live(lambda b: lifecycle.resume(b, OWNER, now=at(70)))


def paused_overnight_and_moved_to_working_hours(life: Life) -> None:
    life.worked()
    for since, until in ((400, 1300), (1350, 1400)):
        life.pause(since, since + 1200)
        life.live(lambda b, m=until: lifecycle.resume(b, OWNER, now=at(m)))  # type: ignore[misc]
    life.severity(SEV3, 1410)


def paused_in_working_hours_and_moved_round_the_clock(life: Life) -> None:
    life.severity(SEV3, 1)
    life.worked()
    life.pause(400, 1600)
    life.live(lambda b: lifecycle.resume(b, OWNER, now=at(1300)))
    life.severity(SEV1, 1310)


def rebased_while_resolved_and_sent_back(life: Life) -> None:
    life.worked()
    life.live(lambda b: lifecycle.resolve(b, OWNER, FIX, now=at(30)))
    longer = policy(resolve="10h", workaround="2h")
    life.live(lambda b: lifecycle.rebase(b, ADMIN, longer, "Reviewed", now=at(35)))
    life.live(lambda b: lifecycle.send_back(b, CLINICAL, "It fails on two hosts", now=at(40)))


def reopened_and_moved_to_working_hours(life: Life) -> None:
    life.worked()
    life.live(lambda b: lifecycle.resolve(b, OWNER, FIX, now=at(30)))
    for signer in (CLINICAL, TECHNICAL):
        life.live(lambda b, s=signer: lifecycle.sign_off(b, s, now=at(40)))  # type: ignore[misc]
    life.live(lambda b: lifecycle.reopen(b, LEAD, "It is back", now=at(1300)))
    life.severity(SEV3, 1310)


def missed_there_and_back(life: Life) -> None:
    for number in (ACCEPT, UPDATE):
        life.live(lambda b, n=number: lifecycle.ring(b, n, REACH, now=at(31)))  # type: ignore[misc]
    life.severity(SEV3, 32)
    life.severity(policy(), 33)


def extended_twice(life: Life) -> None:
    life.worked()
    for minutes in (600, 700):
        life.live(lambda b, m=minutes: lifecycle.extend(b, LEAD, at(m), "Parts", now=at(20)))  # type: ignore[misc]


def target_extended_and_gone_for_a_while(life: Life) -> None:
    aiming = policy(workaround="2h")
    life.live(lambda b: lifecycle.rebase(b, ADMIN, aiming, "Reviewed", now=at(1)))
    number = life.burst.clocks[-1].number
    life.live(lambda b: lifecycle.extend(b, LEAD, at(300), "Parts", clock_number=number, now=at(2)))
    life.live(lambda b: lifecycle.rebase(b, ADMIN, policy(), "Reviewed", now=at(20)))
    life.live(lambda b: lifecycle.rebase(b, ADMIN, aiming, "Reviewed", now=at(30)))
    assert life.burst.clocks[-1].due_at == at(120 + 10)


def resolved_and_sent_back(life: Life) -> None:
    life.worked()
    life.live(lambda b: lifecycle.resolve(b, OWNER, FIX, now=at(30)))
    life.live(lambda b: lifecycle.send_back(b, CLINICAL, "It is back", now=at(200)))


def asked_for_a_decision(life: Life) -> None:
    cell = Holders({STEERING.user: None})
    life.live(
        lambda b: lifecycle.request_decision(
            b,
            OWNER,
            Proposal("May we go live?"),
            "go_live",
            holders=cell,
            decide_by=at(900),
            let_in=("U_NEW",),
            now=at(3),
        )
    )
    off = Ballot(Verdict.DEFER, "After the test", until=at(2000))
    life.live(lambda b: lifecycle.answer_request(b, STEERING, 1, off, holders=cell, now=at(40)))


@pytest.mark.parametrize(
    "story",
    [
        paused_and_resumed,
        made_worse_while_paused,
        moved_to_working_hours,
        paused_overnight_and_moved_to_working_hours,
        paused_in_working_hours_and_moved_round_the_clock,
        reopened_and_moved_to_working_hours,
        rebased_while_resolved_and_sent_back,
        missed_there_and_back,
        extended_twice,
        target_extended_and_gone_for_a_while,
        resolved_and_sent_back,
        asked_for_a_decision,
    ],
)
def test_an_honest_log_is_right(story: Callable[[Life], None]) -> None:
    life = Life.of()
    story(life)
    assert life.wrong() == []
    assert list(disagreements(life.burst, replay(life.log), life.log[-1].showed_at)) == []


def test_a_needed_by_date_is_counted_in() -> None:
    life = Life.of(needed_on=date(2026, 3, 2))
    assert life.wrong() == []
    life = Life.of(needed_on=date(2026, 3, 2), policy=policy(resolve="24h"))
    assert life.wrong() == []
    life.forge(RESOLVE, due_at=at(24 * 60).isoformat())
    assert [(one.clock, one.other) for one in life.wrong()] == [(RESOLVE, at(12 * 60).isoformat())]


@pytest.mark.parametrize(
    ("story", "right"),
    [
        (lambda _life: None, at(480)),
        (paused_and_resumed, at(540)),
        (rebased_while_resolved_and_sent_back, at(610)),
        (resolved_and_sent_back, at(480 + 170)),
    ],
)
def test_a_due_time_that_row_and_log_have_wrong_is_found(
    story: Callable[[Life], None], right: datetime
) -> None:
    life = Life.of()
    story(life)
    wrong = right + timedelta(hours=1)
    life.forge(RESOLVE, due_at=wrong.isoformat())
    expected = Disagreement(RESOLVE, "due_at", wrong.isoformat(), right.isoformat(), Account.PROMISE)
    assert life.wrong() == [expected]


def test_a_due_time_that_moves_for_no_reason_is_found() -> None:
    life = Life.of()
    life.live(lambda b: lifecycle.accept(b, OWNER, now=at(5)))
    life.forge(ACCEPT, due_at=at(30).isoformat())
    assert [(one.clock, one.other) for one in life.wrong()] == [(ACCEPT, at(20).isoformat())]


def test_a_change_of_policy_that_moves_nothing_is_found() -> None:
    life = Life.of()
    life.severity(SEV1, 30)
    last = life.log[-1]
    life.log[-1] = replace(last, body={**last.body, "clocks": []})
    found = [(one.clock, one.field, one.other) for one in life.wrong()]
    assert found == [(ACCEPT, "promise", "10m"), (RESOLVE, "promise", "4h")]


def test_a_promise_that_the_policy_does_not_know_is_found() -> None:
    life = Life.of()
    life.forge(ACCEPT, promise="30m", due_at=at(30).isoformat())
    assert [(one.clock, one.field, one.other) for one in life.wrong()] == [(ACCEPT, "promise", "20m")]


def test_what_an_earlier_version_logged_is_left_out() -> None:
    life = Life.of()
    opened = life.log[-1]
    life.log[-1] = replace(opened, body={**opened.body, "policy": "0" * 64})
    assert life.wrong() == []


def test_a_standstill_that_an_earlier_version_did_not_tell_counts_as_it_did_then() -> None:
    life = Life.of()
    life.worked()
    life.pause(400, 1600)
    life.live(lambda b: lifecycle.resume(b, OWNER, now=at(1300)))
    untold = tuple(replace(clock, stood=()) for clock in life.burst.clocks)
    life.burst = replace(life.burst, clocks=untold)
    for position, entry in enumerate(life.log):
        told = [{name: said for name, said in one.items() if name != "stood"} for one in _clocks(entry)]
        life.log[position] = replace(entry, body={**entry.body, "clocks": told})
    life.severity(policy(Severity.SEV1, resolve="10h"), 1310)
    assert life.burst.clocks[RESOLVE - 1].due_at == at(600 + 900)
    assert life.wrong() == []
    assert list(disagreements(life.burst, replay(life.log), at(1310))) == []


def test_a_row_that_differs_is_named_with_both_values() -> None:
    life = Life.of()
    accept, *others = life.burst.clocks
    changed = replace(accept, state=ClockState.MET, met_at=at(3), wake_at=None)
    burst = replace(life.burst, clocks=(changed, *others[:-1]))
    assert list(disagreements(burst, replay(life.log), at(4))) == [
        Disagreement(ACCEPT, "state", "met", "armed"),
        Disagreement(ACCEPT, "met_at", "2026-03-02T12:03:00Z", ""),
        Disagreement(len(others) + 1, "number", "", str(len(others) + 1)),
    ]


@pytest.mark.parametrize("asleep", [None, at(45)])
def test_a_row_that_would_sleep_through_its_time_is_named(asleep: datetime | None) -> None:
    life = Life.of()
    life.live(lambda b: lifecycle.accept(b, OWNER, now=at(1)))
    clocks = tuple(
        replace(clock, wake_at=asleep) if clock.number == UPDATE else clock for clock in life.burst.clocks
    )
    found = list(disagreements(replace(life.burst, clocks=clocks), replay(life.log), at(2)))
    assert [(one.clock, one.field, one.other) for one in found] == [(UPDATE, "wake_at", at(15).isoformat())]


def test_another_severity_moves_no_privacy_task() -> None:
    life = Life.of()
    life.live(
        lambda b: lifecycle.note_exposed(
            b, Exposure("C1", "1.2", "", "U_X", ("mrn",), certain=True), now=at(1)
        )
    )
    task = life.burst.clocks[-1]
    life.severity(SEV1, 30)
    assert life.burst.clocks[task.number - 1].due_at == task.due_at
    assert life.wrong() == []


def test_another_severity_moves_no_question() -> None:
    """Those who were asked keep the time that they were given, also where the new severity stands still at night."""
    life = Life.of()
    asked_for_a_decision(life)
    question = life.burst.clocks[-1]
    life.severity(SEV3, 60)
    assert life.burst.clocks[question.number - 1].due_at == question.due_at
    assert life.wrong() == []


def test_a_time_that_somebody_chose_in_the_night_stays_when_no_work_went_by() -> None:
    life = Life.of(policy=SEV3, severity=Severity.SEV3)
    life.worked()
    night = at(10 * 24 * 60 + 600)
    life.live(lambda b: lifecycle.extend(b, LEAD, night, "The vendor comes on Thursday", now=at(10)))
    life.pause(20, 60)
    life.live(lambda b: lifecycle.resume(b, OWNER, now=at(20)))
    assert life.burst.clocks[2].due_at == night
    assert life.wrong() == []


def test_what_moved_away_from_a_policy_that_is_not_known_is_left_out_and_no_more() -> None:
    """An extension ends with its severity: whether rightly so cannot be said without the policy of that severity."""
    lost = policy(Severity.SEV3, accept="15m", resolve="4h")
    life = Life.of()
    life.worked()
    life.severity(lost, 10)
    life.live(lambda b: lifecycle.extend(b, STEERING, at(3000), "More", now=at(11)))
    life.severity(SEV1, 12)
    assert life.burst.clocks[2].due_at == at(240)
    assert life.wrong() == []
    life.live(lambda b: lifecycle.post_update(b, OWNER, "The vendor has mended the rule.", now=at(20)))
    newest = life.burst.clocks[-1].number
    life.forge(newest, due_at=at(20 + 61).isoformat())
    assert [one.clock for one in life.wrong()] == [newest]
