"""What holds of a burst and its log at any moment, whatever people and time did to it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.taskforce import ladder
from bot.taskforce.burst import Burst
from bot.taskforce.closure import missing_evidence, open_blocking_items, required_seats, valid_sign_offs
from bot.taskforce.decision import Entry
from bot.taskforce.lifecycle import facts_of, replay
from bot.taskforce.lifecycle.staffing import empty_seats
from bot.taskforce.terms import ENDED, LIVE, ClockKind, ClockState, Outcome, Severity, State
from tests.unit.taskforce.accounts import ACCOUNTS

Check = Callable[[Burst, Sequence[Entry], datetime], None]


def the_log_tells_everything(burst: Burst, log: Sequence[Entry], _now: datetime) -> None:
    assert replay(log) == facts_of(burst)


def nothing_stays_armed_after_the_end_but_what_was_to_follow(
    burst: Burst, _log: Sequence[Entry], _now: datetime
) -> None:
    if burst.state in ENDED:
        ended = [c for c in burst.clocks if c.kind is not ClockKind.FOLLOW_UP]
        assert all(c.state in {ClockState.MET, ClockState.DISARMED} for c in ended)
        assert all(c.wake_at is None and c.held_since is None for c in ended)
        assert burst.taken_up_by is None
        assert burst.pause is None


def what_is_to_follow_is_promised_once_it_is_closed(
    burst: Burst, _log: Sequence[Entry], _now: datetime
) -> None:
    kept = {c.subject: c.state for c in burst.clocks if c.kind is ClockKind.FOLLOW_UP}
    if burst.outcome is Outcome.RESOLVED:
        states = {True: ClockState.MET, False: ClockState.ARMED}
        assert kept == {one.number: states[one.done_at is not None] for one in burst.follow_ups} or (
            ClockState.DISARMED in kept.values()
        )


def only_armed_clocks_wake_the_sweep(burst: Burst, _log: Sequence[Entry], _now: datetime) -> None:
    assert all(c.wake_at is None or c.state is ClockState.ARMED for c in burst.clocks)
    assert all(c.missed_at or c.state is not ClockState.ARMED or c.wake_at for c in burst.clocks)


def the_state_has_the_clocks_that_belong_to_it(burst: Burst, _log: Sequence[Entry], _now: datetime) -> None:
    running = [c.kind for c in burst.clocks if c.state in {ClockState.ARMED, ClockState.PAUSED}]
    once = [
        kind for kind in running if kind not in {ClockKind.DECISION, ClockKind.PRIVACY, ClockKind.FOLLOW_UP}
    ]
    assert len(once) == len(set(once)), "two of a kind"
    if burst.state in LIVE:
        assert {ClockKind.RESOLVE, ClockKind.UPDATE} <= set(running)
        assert ClockKind.SIGN_OFF not in running
        assert (ClockKind.STAFFING in running) is bool(empty_seats(burst))
        asked = burst.owner is not None and burst.accepted_at is None
        assert (ClockKind.ACCEPT in running) is asked
        seeks = burst.policy.workaround is not None and burst.workaround == "none"
        assert (ClockKind.WORKAROUND in running) is seeks
    paused = [c.kind for c in burst.clocks if c.state is ClockState.PAUSED]
    is_paused = burst.state is State.PAUSED
    assert paused == ([ClockKind.RESOLVE] if is_paused else [])
    assert (burst.pause is not None) is is_paused
    assert (ClockKind.SIGN_OFF in running) is (burst.state is State.RESOLVED)


def the_workaround_is_aimed_for_while_none_stands(
    burst: Burst, _log: Sequence[Entry], _now: datetime
) -> None:
    wanted = burst.state in LIVE and burst.workaround == "none" and burst.policy.workaround is not None
    running = [
        clock.state is ClockState.ARMED
        for clock in burst.clocks
        if clock.kind is ClockKind.WORKAROUND and clock.state in {ClockState.ARMED, ClockState.PAUSED}
    ]
    assert running == ([True] if wanted else [])


def a_milestone_stays_where_it_is(burst: Burst, _log: Sequence[Entry], _now: datetime) -> None:
    for clock in burst.clocks:
        if clock.kind is ClockKind.MILESTONE:
            assert clock.promise == str(burst.needed_on)
            assert (clock.due_at - timedelta(minutes=1)).date() == burst.needed_on
            assert (clock.state is ClockState.ARMED) is (burst.state in LIVE)


def a_step_fires_once_for_each_due_time(burst: Burst, _log: Sequence[Entry], _now: datetime) -> None:
    for clock in burst.clocks:
        steps = [fired.step for fired in clock.fired]
        assert len(steps) == len(set(steps))


def the_clinical_co_lead_is_never_the_owner(burst: Burst, _log: Sequence[Entry], _now: datetime) -> None:
    assert burst.clinical_lead is None or burst.clinical_lead != burst.owner
    assert burst.clinical_lead is None or burst.clinical_lead != burst.technical_lead


def what_was_resolved_is_proven_and_signed_by_those_who_did_not_own_it(
    burst: Burst, _log: Sequence[Entry], _now: datetime
) -> None:
    if burst.outcome is Outcome.RESOLVED:
        assert missing_evidence(burst) == ()
        assert open_blocking_items(burst) == ()
        assert {s.seat for s in valid_sign_offs(burst)} >= set(required_seats(burst))


def a_sev1_is_never_paused(burst: Burst, _log: Sequence[Entry], _now: datetime) -> None:
    assert not (burst.severity is Severity.SEV1 and burst.state is State.PAUSED)


def looking_again_changes_nothing(burst: Burst, _log: Sequence[Entry], now: datetime) -> None:
    again = ladder.with_wakes(burst, now)
    due = [clock for clock in again.clocks if clock.wake_at is not None and clock.wake_at <= now]
    assert due == [c for c in burst.clocks if c.wake_at is not None and c.wake_at <= now]


ALWAYS: tuple[Check, ...] = (
    *ACCOUNTS,
    the_log_tells_everything,
    nothing_stays_armed_after_the_end_but_what_was_to_follow,
    what_is_to_follow_is_promised_once_it_is_closed,
    only_armed_clocks_wake_the_sweep,
    the_state_has_the_clocks_that_belong_to_it,
    the_workaround_is_aimed_for_while_none_stands,
    a_milestone_stays_where_it_is,
    a_step_fires_once_for_each_due_time,
    the_clinical_co_lead_is_never_the_owner,
    what_was_resolved_is_proven_and_signed_by_those_who_did_not_own_it,
    a_sev1_is_never_paused,
    looking_again_changes_nothing,
)
