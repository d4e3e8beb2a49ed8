"""The steering cell's cards follow the burst: what they say of it, and whether they still offer anything."""

import pytest

from bot.taskforce import clocks, ladder, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind, Outcome, Seat, Severity
from tests.unit.taskforce.cases import (
    ADMIN,
    JOINER,
    LADDER,
    LEAD,
    OWNER,
    STEERING,
    at,
    effects,
    opened,
    policy,
)
from tests.unit.taskforce.climbing import run

WITHOUT_CELL = [one for one in LADDER if one["notify"] != ["steering_cell"]]


@pytest.fixture
def burst() -> Burst:
    """Nobody has accepted it, and the cell was asked."""
    found, _ = run(opened(), 45)
    assert any(ladder.asks_cell(found, step) for clock in found.clocks for step in clock.fired)
    return found


def is_shown(decision: Decision) -> bool:
    return len(effects(decision, EffectKind.REFRESH_ESCALATION)) == 1


def cancelled(burst: Burst) -> Decision:
    return lifecycle.cancel(burst, STEERING, Outcome.MISTAKE, "Wrong site", now=at(60))


def test_its_end_shows(burst: Burst) -> None:
    assert is_shown(cancelled(burst))


def test_its_end_shows_when_it_was_accepted_long_before(burst: Burst) -> None:
    accepted = lifecycle.accept(burst, OWNER, now=at(46))
    assert is_shown(accepted)
    assert is_shown(cancelled(accepted.after))


def test_its_end_shows_when_the_ladder_had_started_over(burst: Burst) -> None:
    number = clocks.current(burst, ClockKind.ACCEPT).number
    longer = lifecycle.extend(burst, LEAD, at(900), "Parts", clock_number=number, now=at(46)).after
    assert is_shown(cancelled(lifecycle.accept(longer, OWNER, now=at(47)).after))


@pytest.mark.parametrize("steps", [LADDER, WITHOUT_CELL])
def test_another_severity_shows_also_where_its_ladder_asks_no_cell(
    burst: Burst, steps: list[dict[str, object]]
) -> None:
    milder = policy(Severity.SEV3, accept="4h", ladder=steps)
    decision = lifecycle.change_severity(
        burst, LEAD, 2, 2, Severity.SEV3, milder, "One room only", now=at(46)
    )
    assert is_shown(decision)
    assert is_shown(cancelled(decision.after))


def test_another_policy_shows(burst: Burst) -> None:
    decision = lifecycle.rebase(
        burst, ADMIN, policy(accept="2h", ladder=WITHOUT_CELL), "Reviewed", now=at(46)
    )
    assert effects(decision, EffectKind.REFRESH_ESCALATION)


def test_who_leads_shows(burst: Burst) -> None:
    accepted = lifecycle.accept(burst, OWNER, now=at(46)).after
    assert is_shown(lifecycle.fill_seat(accepted, OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(50)))


def test_of_a_burst_that_was_never_before_it_there_is_nothing_to_show() -> None:
    accepted = lifecycle.accept(opened(), OWNER, now=at(5))
    assert not is_shown(accepted)
    assert not is_shown(cancelled(accepted.after))
