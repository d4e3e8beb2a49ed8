"""While a seat is empty a promise to fill it runs."""

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.lifecycle.staffing import empty_seats
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, Seat
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    OWNER,
    REACH,
    TECHNICAL,
    armed,
    at,
    opened,
    pinged,
    resolved,
    working,
)


def staffing(burst: Burst) -> ResponseClock:
    """The latest staffing clock, whatever became of it."""
    return [clock for clock in burst.clocks if clock.kind is ClockKind.STAFFING][-1]


@pytest.mark.parametrize("seat", ["clinical_lead", "technical_lead"])
def test_an_empty_co_lead_s_seat_has_a_clock_beside_the_owner_s(seat: str) -> None:
    burst = opened(**{seat: None})
    assert empty_seats(burst) == (Seat(seat),)
    assert (armed(burst)[ClockKind.STAFFING], armed(burst)[ClockKind.ACCEPT]) == (at(20), at(20))


def test_with_every_seat_filled_none_runs() -> None:
    assert ClockKind.STAFFING not in {clock.kind for clock in opened().clocks}


def test_filling_the_seat_keeps_the_promise() -> None:
    burst = lifecycle.fill_seat(
        opened(clinical_lead=None), OWNER, Seat.CLINICAL_LEAD, "U_NEW", now=at(12)
    ).after
    assert (staffing(burst).state, staffing(burst).met_at) == (ClockState.MET, at(12))


def test_it_runs_until_the_last_seat_is_filled() -> None:
    burst = opened(clinical_lead=None, technical_lead=None)
    burst = lifecycle.fill_seat(burst, OWNER, Seat.CLINICAL_LEAD, "U_NEW", now=at(5)).after
    assert armed(burst)[ClockKind.STAFFING] == at(20)
    burst = lifecycle.fill_seat(burst, OWNER, Seat.TECHNICAL_LEAD, "U_OTHER", now=at(6)).after
    assert ClockKind.STAFFING not in armed(burst)


def test_a_co_lead_who_is_gone_leaves_a_promise_behind() -> None:
    burst = lifecycle.vacate(working(), CLINICAL.user, "Deactivated", None, now=at(30)).after
    assert armed(burst)[ClockKind.STAFFING] == at(50)


def test_an_owner_who_is_gone_starts_it_anew() -> None:
    burst = opened(clinical_lead=None)
    burst = lifecycle.vacate(burst, OWNER.user, "Deactivated", None, now=at(10)).after
    assert armed(burst)[ClockKind.STAFFING] == at(30)
    burst = lifecycle.hand_over(burst, LEAD, Candidate("U_NEXT"), "", now=at(15)).after
    assert armed(burst)[ClockKind.STAFFING] == at(30), "the clinical seat is still empty"


def test_when_it_is_missed_the_workstream_s_lead_is_told() -> None:
    burst = opened(clinical_lead=None)
    decision = lifecycle.ring(burst, staffing(burst).number, REACH, now=at(20))
    assert pinged(decision) == {LEAD.user: "missed"}


def test_it_does_not_outlive_the_work() -> None:
    assert ClockKind.STAFFING not in armed(resolved(technical_lead=None))


def test_work_that_goes_on_with_an_empty_seat_promises_it_again() -> None:
    burst = lifecycle.vacate(resolved(), TECHNICAL.user, "Deactivated", None, now=at(61)).after
    assert ClockKind.STAFFING not in armed(burst)
    burst = lifecycle.send_back(burst, CLINICAL, "It is still there", now=at(62)).after
    assert armed(burst)[ClockKind.STAFFING] == at(82)
