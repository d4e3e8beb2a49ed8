"""What the watchdog sees: promises that did not fire, and promises that nothing would ever fire."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.auditing.watching import Alarm, Found, look
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.lifecycle import facts_of, replay
from bot.taskforce.terms import ClockKind, ClockState, PauseReason, State
from tests.unit.taskforce.cases import LEAD, NOON, OWNER, REACH, STEERING, at, opening

NOT_FIRED, NEVER_ARMED = Alarm.NOT_FIRED, Alarm.NEVER_ARMED


def lived(*acts: Callable[[Burst], Decision]) -> tuple[Burst, list[Entry]]:
    """A burst to which these things happened, and its log."""
    decision = lifecycle.open_burst(opening(), now=NOON)
    log = list(decision.entries)
    for act in acts:
        decision = act(decision.after)
        log += decision.entries
    return decision.after, log


def seen(burst: Burst, log: list[Entry], now: datetime) -> set[tuple[Alarm, ClockKind]]:
    return {(one.alarm, one.kind) for one in look(burst, replay(log), burst.policy, now)}


def accept(burst: Burst) -> Decision:
    return lifecycle.accept(burst, OWNER, now=at(1))


def ring_accept(burst: Burst) -> Decision:
    return lifecycle.ring(burst, 1, REACH, now=at(20))


def test_nothing_is_wrong_at_first() -> None:
    assert seen(*lived(), at(1)) == set()


@pytest.mark.parametrize(
    ("minutes", "wrong"),
    [
        (11.9, set()),
        (12, {ClockKind.ACCEPT}),  # the warning at half of 20 minutes
        (17, {ClockKind.ACCEPT, ClockKind.UPDATE}),
    ],
)
def test_a_warning_that_nobody_gave_is_seen_two_minutes_later(minutes: float, wrong: set[ClockKind]) -> None:
    assert seen(*lived(), at(minutes)) == {(NOT_FIRED, kind) for kind in wrong}


def test_a_due_time_that_passed_unsaid_is_seen() -> None:
    assert (NOT_FIRED, ClockKind.ACCEPT) in seen(*lived(), at(22))


def test_what_fired_late_is_no_finding() -> None:
    burst, log = lived(ring_accept, lambda b: lifecycle.ring(b, 2, REACH, now=at(20)))
    assert seen(burst, log, at(20)) == set()


def test_a_step_of_the_ladder_that_did_not_fire_is_seen() -> None:
    burst, log = lived(ring_accept, lambda b: lifecycle.ring(b, 2, REACH, now=at(25)))
    assert seen(burst, log, at(31)) == set()
    assert (NOT_FIRED, ClockKind.ACCEPT) in seen(burst, log, at(32))


def test_a_ladder_that_is_held_owes_nothing() -> None:
    burst, log = lived(ring_accept, lambda b: lifecycle.take_up(b, STEERING, now=at(21)))
    assert (NOT_FIRED, ClockKind.ACCEPT) not in seen(burst, log, at(32))
    assert (NOT_FIRED, ClockKind.TAKE_UP) in seen(burst, log, at(60))


def test_a_clock_that_stands_still_owes_nothing_but_its_end() -> None:
    until, reason = at(600), PauseReason.AWAITING_REQUESTER
    burst, log = lived(accept, lambda b: lifecycle.pause(b, OWNER, reason, until, "", now=at(2)))
    assert {kind for _, kind in seen(burst, log, at(599))} == {ClockKind.UPDATE}
    assert (NOT_FIRED, ClockKind.PAUSE) in seen(burst, log, at(602))


@pytest.mark.parametrize("wake_at", [None, at(400)])
def test_a_row_that_will_not_wake_in_time_is_seen(wake_at: datetime | None) -> None:
    burst, log = lived(accept)
    resolve = burst.clocks[2]
    clocks = tuple(replace(c, wake_at=wake_at) if c is resolve else c for c in burst.clocks)
    found = list(look(replace(burst, clocks=clocks), replay(log), burst.policy, at(2)))
    assert found == [Found(burst.id, NEVER_ARMED, ClockKind.RESOLVE, 3)]


def test_a_row_that_wakes_early_or_a_minute_late_is_no_finding() -> None:
    burst, log = lived(accept)
    for moved in (-timedelta(hours=1), timedelta(minutes=1)):
        clocks = tuple(replace(c, wake_at=c.wake_at + moved if c.wake_at else None) for c in burst.clocks)
        assert seen(replace(burst, clocks=clocks), log, at(2)) == set()


@pytest.mark.parametrize("row", [ClockState.MET, None])
def test_a_clock_that_is_armed_in_the_log_alone_is_seen(row: ClockState | None) -> None:
    burst, log = lived(accept)
    update = burst.clocks[1]
    clocks = tuple(c for c in burst.clocks if c is not update)
    if row is not None:
        clocks = (*clocks, replace(update, state=row, wake_at=None))
    assert seen(replace(burst, clocks=clocks), log, at(2)) == {(NEVER_ARMED, ClockKind.UPDATE)}


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.OPEN, ClockKind.ACCEPT),
        (State.OPEN, ClockKind.UPDATE),
        (State.OPEN, ClockKind.RESOLVE),
        (State.PAUSED, ClockKind.PAUSE),
        (State.RESOLVED, ClockKind.SIGN_OFF),
    ],
)
def test_a_state_without_a_clock_that_belongs_to_it_is_seen(state: State, kind: ClockKind) -> None:
    burst, log = lived()
    clocks = {n: c for n, c in replay(log).clocks.items() if c.kind is not kind}
    facts = replace(replay(log), state=state, clocks=clocks)
    assert Found(burst.id, NEVER_ARMED, kind) in set(look(burst, facts, burst.policy, at(1)))


def test_an_empty_seat_without_a_clock_is_seen() -> None:
    burst, log = lived()
    facts = replace(replay(log), technical_lead=None)
    assert Found(burst.id, NEVER_ARMED, ClockKind.STAFFING) in set(look(burst, facts, burst.policy, at(1)))


def test_of_what_an_earlier_version_logged_nothing_is_said() -> None:
    burst, _ = lived(lambda b: lifecycle.hand_over(b, LEAD, lifecycle.Candidate("U_NEW"), "", now=at(1)))
    facts = replace(facts_of(burst), clocks={}, unknown_clocks={clock.number for clock in burst.clocks})
    assert list(look(burst, facts, burst.policy, at(100))) == []
