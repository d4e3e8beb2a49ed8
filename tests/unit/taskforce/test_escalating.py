"""Climbing by hand, and taking up."""

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, Notify, Severity
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NOON,
    OWNER,
    REACH,
    STEERING,
    accepted,
    at,
    closed,
    effects,
    logged,
    opened,
    opening,
    pinged,
    policy,
    resolved,
)
from tests.unit.taskforce.climbing import about, run, steps


class TestByHand:
    """Climbing without waiting."""

    def test_the_first_step_that_reaches_somebody_new_fires_now(self) -> None:
        decision = lifecycle.escalate(opened(), CLINICAL, "The list is growing", REACH, now=at(5))
        entry = logged(decision, "escalated")
        assert (entry.actor, entry.body["step"], entry.body["reason"]) == (
            CLINICAL.user,
            "accept_lead",
            "The list is growing",
        )
        assert pinged(decision) == {LEAD.user: "step"}

    def test_what_follows_is_counted_from_then(self) -> None:
        burst = lifecycle.escalate(opened(), CLINICAL, "The list is growing", REACH, now=at(5)).after
        _, told = run(burst, 600)
        assert steps(about(told, "accept")) == [(15, "accept_cell"), (25, "accept_owner")]

    def test_an_accepted_burst_climbs_the_ladder_of_its_resolve_clock(self) -> None:
        decision = lifecycle.escalate(accepted(), OWNER, "We need the vendor", REACH, now=at(6))
        assert logged(decision, "escalated").body["step"] == "resolve_half"

    def test_a_missed_update_comes_before_the_resolve_clock(self) -> None:
        burst, _ = run(accepted(), 31)
        decision = lifecycle.escalate(burst, CLINICAL, "Nobody says anything", REACH, now=at(32))
        assert logged(decision, "escalated").body["step"] == "update_lead"

    def test_the_next_clocks_ladder_follows_when_one_is_climbed(self) -> None:
        burst = opened()
        climbed = []
        for minute in range(1, 6):
            decision = lifecycle.escalate(burst, OWNER, "Still nothing", REACH, now=at(minute))
            climbed.append(logged(decision, "escalated").body["step"])
            burst = decision.after
        assert climbed == ["accept_lead", "accept_cell", "resolve_half", "resolve_duty", "resolve_missed"]

    def test_at_the_top_it_says_so(self) -> None:
        with pytest.raises(Refused, match="Everybody on the ladder was asked"):
            lifecycle.escalate(opened(), OWNER, "Help", {Notify.OWNER: (OWNER.user,)}, now=at(1))

    def test_held_time_does_not_shift_what_was_fired_by_hand(self) -> None:
        burst, _ = run(opened(policy=policy(first_update="8h")), 25)
        burst = lifecycle.take_up(burst, LEAD, now=at(25)).after
        burst, _ = run(burst, 35)
        decision = lifecycle.escalate(burst, OWNER, "Now", REACH, now=at(36))
        assert logged(decision, "escalated").body["late_seconds"] == 0
        _, told = run(decision.after, 47)
        assert steps(told) == [(46, "accept_cell")]


class TestTakingUp:
    """Who may take up what."""

    def test_nothing_to_take_up(self) -> None:
        with pytest.raises(Refused, match="Nothing of BURST-42 is escalated"):
            lifecycle.take_up(opened(), STEERING, now=at(1))

    @pytest.mark.parametrize("burst", [resolved(), closed()], ids=["resolved", "closed"])
    def test_nothing_is_taken_up_at_the_end(self, burst: Burst) -> None:
        with pytest.raises(Refused) as refused:
            lifecycle.take_up(burst, STEERING, now=at(90))
        assert refused.value.code == "wrong_state"

    @pytest.mark.parametrize("burst", [resolved(), closed()], ids=["resolved", "closed"])
    def test_nothing_is_escalated_at_the_end(self, burst: Burst) -> None:
        with pytest.raises(Refused) as refused:
            lifecycle.escalate(burst, OWNER, "Help", REACH, now=at(90))
        assert refused.value.code == "wrong_state"

    def test_it_is_taken_up_once(self) -> None:
        burst, _ = run(opened(), 25)
        taken = lifecycle.take_up(burst, STEERING, now=at(25)).after
        with pytest.raises(Refused, match="You have taken up"):
            lifecycle.take_up(taken, STEERING, now=at(26))
        with pytest.raises(Refused, match="Somebody has taken up"):
            lifecycle.take_up(taken, LEAD, now=at(26))

    def test_it_is_logged_with_what_is_held_and_until_when(self) -> None:
        burst, _ = run(opened(), 25)
        entry = logged(lifecycle.take_up(burst, STEERING, now=at(25)), "taken_up")
        assert entry.body["held"] == [1]
        assert entry.body["stale_at"] == at(35).isoformat()

    def test_the_cells_cards_show_it(self) -> None:
        burst, _ = run(opened(), 41)
        decision = lifecycle.take_up(burst, Actor("U_DUTY"), now=at(42))
        assert effects(decision, EffectKind.REFRESH_ESCALATION)

    def test_going_stale_tells_whoever_had_it(self) -> None:
        burst, _ = run(opened(), 25)
        burst = lifecycle.take_up(burst, STEERING, now=at(25)).after
        (hold,) = (clock for clock in burst.clocks if clock.kind is ClockKind.TAKE_UP)
        decision = lifecycle.ring(burst, hold.number, REACH, now=at(35))
        assert pinged(decision) == {STEERING.user: "missed"}
        assert decision.after.taken_up_by is None


def test_the_ladder_of_a_sev4_runs_in_office_hours() -> None:
    office = policy(Severity.SEV4, calendar="business", accept="1bd")
    monday = opening(severity=Severity.SEV4, policy=office)
    burst = lifecycle.open_burst(monday, now=NOON).after
    _, told = run(burst, 7 * 24 * 60)
    assert steps(about(told, "accept")) == [
        (24 * 60, "accept_owner"),
        (24 * 60 + 10, "accept_lead"),
        (24 * 60 + 20, "accept_cell"),
    ]
