"""With which weight people are told when a clock rings: a reminder is no reproach."""

from datetime import datetime

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState
from tests.unit.taskforce.cases import LEAD, OWNER, REACH, at, kinds, opened, paused, pinged, working


def running(burst: Burst, kind: ClockKind) -> ResponseClock:
    """The clock of this kind that runs."""
    (clock,) = (one for one in burst.clocks if one.kind is kind and one.state is ClockState.ARMED)
    return clock


def rung(burst: Burst, kind: ClockKind, now: datetime) -> Decision:
    return lifecycle.ring(burst, running(burst, kind).number, REACH, now=now)


@pytest.mark.parametrize(
    ("burst", "kind"), [(opened(), ClockKind.ACCEPT), (working(), ClockKind.UPDATE)], ids=["accept", "update"]
)
def test_a_warning_reminds_the_owner_of_the_clock_that_is_running_out(burst: Burst, kind: ClockKind) -> None:
    clock = running(burst, kind)
    assert clock.wake_at is not None
    assert clock.wake_at < clock.due_at

    decision = rung(burst, kind, clock.wake_at)

    assert kinds(decision) == ["warned"]
    assert pinged(decision) == {OWNER.user: "reminder"}


def test_the_end_of_a_pause_reminds_the_owner_that_work_goes_on() -> None:
    decision = rung(paused(), ClockKind.PAUSE, at(150))

    assert kinds(decision) == ["resumed"]
    assert pinged(decision)[OWNER.user] == "reminder"


def test_who_took_it_up_and_did_nothing_is_told_so() -> None:
    missed = rung(opened(), ClockKind.ACCEPT, running(opened(), ClockKind.ACCEPT).due_at).after
    taken = lifecycle.take_up(missed, LEAD, now=at(16)).after
    clock = running(taken, ClockKind.TAKE_UP)

    decision = rung(taken, ClockKind.TAKE_UP, clock.due_at)

    assert pinged(decision)[LEAD.user] == "missed"
    assert decision.after.taken_up_by is None
