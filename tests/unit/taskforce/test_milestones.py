"""The day by which the work is needed: a clock to its end, and warnings business days before it."""

from datetime import UTC, date, datetime

import pytest

from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst, MilestoneDate
from bot.taskforce.terms import ClockKind, ClockState, PauseReason, Severity
from tests.unit.taskforce.cases import (
    CLINICAL,
    FIX,
    LEAD,
    NOON,
    OWNER,
    REACH,
    accepted,
    at,
    kinds,
    logged,
    opened,
    opening,
    pinged,
    policy,
    proven,
)

STAGES = policy(milestone={"stages": ["build"], "warn_before": ["10bd", "5bd", "2bd"]})
UAT = MilestoneDate("UAT exit", date(2026, 3, 20))
FRIDAY = {"policy": STAGES, "stage": "build", "needed_on": date(2026, 3, 20)}


def london(month: int, day: int, hour: int = 0) -> datetime:
    """In March 2026 London is on UTC until the 29th."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def milestone(burst: Burst) -> tuple[str, datetime]:
    clock = clocks.current(burst, ClockKind.MILESTONE)
    return clock.promise, clock.due_at


def left_alone(burst: Burst, until: datetime) -> list[tuple[datetime, str, dict[str, str]]]:
    """What the milestone's clock says by itself until then, and to whom."""
    number, said = clocks.current(burst, ClockKind.MILESTONE).number, []
    while (wake_at := clocks.by_number(burst, number).wake_at) is not None and wake_at <= until:
        decision = lifecycle.ring(burst, number, REACH, now=wake_at)
        (entry,) = decision.entries
        said.append((wake_at, f"{entry.kind} {entry.body.get('before', '')}".strip(), pinged(decision)))
        burst = decision.after
    return said


def test_a_needed_by_date_has_a_clock_to_its_end_in_the_stages_of_the_policy() -> None:
    assert milestone(opened(**FRIDAY)) == ("2026-03-20", london(3, 21))
    elsewhere = opened(**{**FRIDAY, "stage": "go_live"})
    assert clocks.running(elsewhere, ClockKind.MILESTONE) is None
    assert clocks.running(opened(stage="build", needed_on=date(2026, 3, 20)), ClockKind.MILESTONE) is None


def test_without_one_the_stage_s_next_milestone_counts() -> None:
    burst = opened(policy=STAGES, stage="build", milestone=UAT)
    assert (milestone(burst), burst.milestone) == (("2026-03-20", london(3, 21)), UAT)
    sooner = opened(**{**FRIDAY, "needed_on": date(2026, 3, 9)}, milestone=UAT)
    assert (milestone(sooner), sooner.milestone) == (("2026-03-09", london(3, 10)), None)
    assert clocks.running(opened(policy=STAGES, stage="build"), ClockKind.MILESTONE) is None


def test_the_owner_is_warned_when_work_begins_and_told_of_the_miss() -> None:
    assert left_alone(opened(**FRIDAY), london(3, 30)) == [
        (london(3, 6, 8), "warned 10bd", {OWNER.user: "reminder"}),
        (london(3, 13, 8), "warned 5bd", {OWNER.user: "reminder"}),
        (london(3, 18, 8), "warned 2bd", {OWNER.user: "reminder"}),
        (london(3, 21), "missed", {OWNER.user: "missed"}),
    ]


def test_warnings_that_lay_in_the_past_are_not_made_up_for() -> None:
    soon = opened(**{**FRIDAY, "needed_on": date(2026, 3, 5)})
    assert left_alone(soon, london(3, 30)) == [
        (london(3, 3, 8), "warned 2bd", {OWNER.user: "reminder"}),
        (london(3, 6), "missed", {OWNER.user: "missed"}),
    ]


def test_after_a_long_sleep_only_the_latest_warning_is_given() -> None:
    burst = opened(**FRIDAY)
    number = clocks.current(burst, ClockKind.MILESTONE).number
    decision = lifecycle.ring(burst, number, REACH, now=london(3, 13, 10))
    assert logged(decision, "warned").body["before"] == "5bd"
    assert logged(decision, "warned").body["late_seconds"] == 2 * 3600
    after = clocks.by_number(decision.after, number)
    assert (after.warned, after.wake_at) == (("10bd", "5bd"), london(3, 18, 8))


def test_hours_before_the_end_are_working_hours() -> None:
    hours = policy(milestone={"stages": ["build"], "warn_before": ["4h"]})
    assert [when for when, *_ in left_alone(opened(**{**FRIDAY, "policy": hours}), london(3, 20, 23))] == [
        london(3, 20, 13)
    ]


def test_neither_a_pause_nor_a_severity_moves_it() -> None:
    burst = accepted(**FRIDAY)
    until = at(300)
    held = lifecycle.pause(burst, OWNER, PauseReason.AWAITING_VENDOR, until, "CASE-7", now=at(30)).after
    assert milestone(held) == ("2026-03-20", london(3, 21))
    assert clocks.current(held, ClockKind.MILESTONE).state is ClockState.ARMED
    terms = policy(Severity.SEV1, milestone=STAGES.milestone)
    worse = lifecycle.change_severity(held, LEAD, 1, 1, Severity.SEV1, terms, "Worse", now=at(60)).after
    assert milestone(worse) == ("2026-03-20", london(3, 21))
    assert [when for when, *_ in left_alone(worse, london(3, 13, 8))] == [london(3, 6, 8), london(3, 13, 8)]


def test_the_fix_keeps_it_and_one_that_did_not_hold_brings_it_back() -> None:
    burst = lifecycle.resolve(proven(**FRIDAY), OWNER, FIX, now=at(60)).after
    assert clocks.last(burst, ClockKind.MILESTONE).met_at == at(60)
    back = lifecycle.send_back(burst, CLINICAL, "It hangs again", now=at(90)).after
    assert milestone(back) == ("2026-03-20", london(3, 21))
    assert left_alone(back, london(3, 10))[0][0] == london(3, 6, 8)


def test_a_warning_that_was_given_is_settled_by_the_fix() -> None:
    burst = proven(**{**FRIDAY, "needed_on": date(2026, 3, 5)})
    number = clocks.current(burst, ClockKind.MILESTONE).number
    burst = lifecycle.ring(burst, number, REACH, now=london(3, 3, 8)).after
    decision = lifecycle.resolve(burst, OWNER, FIX, now=london(3, 3, 9))
    assert {"clock": number} in [effect.subject for effect in decision.effects]
    assert kinds(decision) == ["resolved"]


@pytest.mark.parametrize(
    ("day", "count", "opens"),
    [
        (date(2026, 3, 20), 1, london(3, 19, 8)),
        (date(2026, 3, 22), 2, london(3, 19, 8)),
        (date(2026, 3, 23), 1, london(3, 20, 8)),
        (date(2026, 3, 31), 1, datetime(2026, 3, 30, 7, tzinfo=UTC)),
    ],
)
def test_working_days_are_counted_back_to_when_work_begins(day: date, count: int, opens: datetime) -> None:
    assert clocks.calendar(STAGES, "business").opens_before(day, count) == opens


def test_the_opening_tells_of_it() -> None:
    decision = lifecycle.open_burst(opening(policy=STAGES, stage="build", milestone=UAT), now=NOON)
    body = logged(decision, "opened").body
    assert (body["milestone"], body["milestone_on"]) == ("UAT exit", "2026-03-20")
