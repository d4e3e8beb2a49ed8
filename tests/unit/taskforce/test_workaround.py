"""The target for a workaround: it is shown and counted, it calls nobody, and it follows what stands."""

from datetime import datetime

import pytest

from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Proposal, facts_of
from bot.taskforce.policy import Policy
from bot.taskforce.terms import ClockKind, ClockState, Outcome, Severity
from tests.unit.taskforce.cases import (
    CLINICAL,
    FIX,
    LEAD,
    NEWS,
    NOON,
    OWNER,
    REACH,
    accepted,
    armed,
    at,
    kinds,
    opened,
    pinged,
    policy,
    proven,
)

TWO_HOURS = policy(workaround="2h")


def says(burst: Burst, workaround: str, now: datetime) -> Burst:
    """The burst after an update that tells of a workaround, or that it is gone."""
    return lifecycle.post_update(burst, OWNER, f"{NEWS} At {now}.", workaround=workaround, now=now).after


def seen_as(burst: Burst, severity: Severity, terms: Policy, now: datetime) -> Burst:
    return lifecycle.change_severity(burst, LEAD, 1, 3, severity, terms, "Seen anew", now=now).after


def target(burst: Burst) -> datetime | None:
    return armed(burst).get(ClockKind.WORKAROUND)


def test_it_is_promised_where_the_policy_says_so_and_none_stands() -> None:
    assert target(opened(policy=TWO_HOURS)) == at(120)
    assert target(opened()) is None
    assert target(opened(policy=TWO_HOURS, workaround="partial")) is None


@pytest.mark.parametrize("workaround", ["partial", "full"])
def test_a_workaround_meets_it(workaround: str) -> None:
    burst = says(accepted(policy=TWO_HOURS), workaround, at(30))
    assert clocks.last(burst, ClockKind.WORKAROUND).met_at == at(30)


def test_one_that_is_withdrawn_leaves_what_was_left() -> None:
    burst = says(accepted(policy=TWO_HOURS), "partial", at(30))
    burst = says(burst, "none", at(100))
    assert target(burst) == at(190)
    assert target(says(says(burst, "full", at(110)), "none", at(200))) == at(280)


def test_one_that_stood_from_the_start_gives_the_whole_time_when_it_is_withdrawn() -> None:
    burst = says(accepted(policy=TWO_HOURS, workaround="full"), "none", at(60))
    assert target(burst) == at(180)


def test_a_miss_is_logged_and_calls_nobody() -> None:
    burst = accepted(policy=TWO_HOURS)
    clock = clocks.current(burst, ClockKind.WORKAROUND)
    assert clock.wake_at == clock.due_at  # no warning comes before
    decision = lifecycle.ring(burst, clock.number, REACH, now=at(120))
    assert kinds(decision) == ["missed"]
    assert pinged(decision) == {}
    assert clocks.by_number(decision.after, clock.number).wake_at is None
    late = says(decision.after, "full", at(150))
    assert clocks.last(late, ClockKind.WORKAROUND).met_at == at(150)


def test_the_end_of_the_work_ends_it_and_what_did_not_hold_brings_it_back() -> None:
    burst = lifecycle.resolve(proven(policy=TWO_HOURS), OWNER, FIX, now=at(60)).after
    assert clocks.last(burst, ClockKind.WORKAROUND).state is ClockState.DISARMED
    back = lifecycle.send_back(burst, CLINICAL, "It hangs again", now=at(90)).after
    assert target(back) == at(150)
    cancelled = lifecycle.cancel(accepted(policy=TWO_HOURS), OWNER, Outcome.MISTAKE, "Why", now=at(20)).after
    assert target(cancelled) is None


def test_while_it_is_verified_a_workaround_moves_nothing() -> None:
    burst = lifecycle.resolve(proven(policy=TWO_HOURS), OWNER, FIX, now=at(60)).after
    assert target(says(burst, "full", at(61))) is None
    back = lifecycle.send_back(says(burst, "full", at(61)), CLINICAL, "It hangs", now=at(90)).after
    assert target(back) is None


def test_a_severity_moves_it_as_if_it_had_held_from_the_start() -> None:
    burst = accepted(policy=TWO_HOURS)
    worse = seen_as(burst, Severity.SEV1, policy(Severity.SEV1, workaround="1h"), at(10))
    assert target(worse) == at(60)
    without = seen_as(burst, Severity.SEV3, policy(Severity.SEV3), at(10))
    assert target(without) is None
    again = seen_as(without, Severity.SEV2, TWO_HOURS, at(300))
    assert target(again) == at(120) + (at(300) - at(10))


def test_a_severity_that_first_promises_one_counts_from_the_opening() -> None:
    assert target(seen_as(accepted(), Severity.SEV1, TWO_HOURS, at(10))) == at(120)


def test_one_that_is_withdrawn_under_another_severity_has_what_that_one_leaves() -> None:
    burst = says(accepted(policy=TWO_HOURS), "partial", at(30))
    burst = seen_as(burst, Severity.SEV1, policy(Severity.SEV1, workaround="1h"), at(40))
    assert target(burst) is None
    assert target(says(burst, "none", at(100))) == at(130)


def test_every_clock_keeps_a_calendar_after_the_severity_changed() -> None:
    """The old severity ran on a calendar that the new one does not know; nothing may trip over it."""
    written = TWO_HOURS.model_dump()
    written["calendars"]["always at HVM"] = written["calendars"]["always"]
    burst = accepted(policy=Policy.model_validate({**written, "calendar": "always at HVM"}))
    burst = lifecycle.request_decision(burst, OWNER, Proposal("Phase two?"), "go_live", now=at(6)).after
    burst = says(burst, "partial", at(10))
    known = policy(Severity.SEV3, workaround="4h")
    assert known.snapshot  # other bursts were opened under it
    burst = seen_as(burst, Severity.SEV3, known, at(20))
    assert '"always at HVM"' in burst.policy.snapshot
    assert {clock.calendar for clock in burst.clocks} <= set(burst.policy.calendars)
    assert facts_of(says(burst, "none", at(40))).clocks[4].due_at == NOON + (at(240) - at(0)) + (
        at(40) - at(10)
    )


def test_time_that_was_given_by_hand_is_kept_when_the_target_goes_on() -> None:
    burst = accepted(policy=TWO_HOURS)
    number = clocks.current(burst, ClockKind.WORKAROUND).number
    burst = lifecycle.extend(
        burst, LEAD, at(300), "A part is on its way", clock_number=number, now=at(10)
    ).after
    burst = says(burst, "partial", at(30))
    assert target(says(burst, "none", at(40))) == at(310)


def test_time_that_was_given_by_hand_ends_with_the_severity_also_where_that_one_has_no_target() -> None:
    burst = accepted(policy=TWO_HOURS)
    number = clocks.current(burst, ClockKind.WORKAROUND).number
    burst = lifecycle.extend(
        burst, LEAD, at(300), "A part is on its way", clock_number=number, now=at(10)
    ).after
    without = seen_as(burst, Severity.SEV3, policy(Severity.SEV3), at(30))
    again = seen_as(without, Severity.SEV2, TWO_HOURS, at(40))
    assert target(again) == at(120 + 10)
