"""The ladder where two things meet: a pause, a take-up, a step by hand, two steps at once."""

from datetime import timedelta

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.clocks import current
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind, PauseReason, Severity
from tests.unit.taskforce.cases import (
    CLINICAL,
    LADDER,
    LEAD,
    NEWS,
    OWNER,
    REACH,
    STEERING,
    accepted,
    at,
    effects,
    logged,
    opened,
    policy,
    step,
)
from tests.unit.taskforce.climbing import run


def paused_after_a_step() -> Burst:
    """A burst whose co-leads were asked by hand, and whose clock was paused before they answered."""
    asked = lifecycle.escalate(accepted(), OWNER, "We need the vendor", REACH, now=at(6)).after
    reason = PauseReason.AWAITING_REQUESTER
    return lifecycle.pause(asked, OWNER, reason, at(150), "", now=at(8)).after


def test_an_answer_counts_while_the_clock_is_paused() -> None:
    burst = lifecycle.post_update(paused_after_a_step(), CLINICAL, NEWS, now=at(20)).after

    (fired,) = current(burst, ClockKind.RESOLVE).fired
    assert (fired.answered_by, fired.answered_at) == (CLINICAL.user, at(20))


def test_the_time_to_answer_stands_still_with_the_clock() -> None:
    burst = lifecycle.resume(paused_after_a_step(), OWNER, now=at(108)).after

    (fired,) = current(burst, ClockKind.RESOLVE).fired
    assert fired.due_at == at(106)


def test_a_take_up_has_the_time_of_the_shorter_of_two_steps_that_fired_together() -> None:
    slow = step("update_owner", "update", "due", "owner", answer_within="2h")
    ladder = [slow if one["id"] == "update_owner" else one for one in LADDER]
    missed, _ = run(opened(policy=policy(accept="30m", first_update="30m", ladder=ladder)), 30)

    taken = lifecycle.take_up(missed, LEAD, now=at(31)).after

    assert current(taken, ClockKind.TAKE_UP).due_at == at(31) + timedelta(minutes=10)


def test_a_step_by_hand_is_never_late() -> None:
    """Not even at night, after a take-up has held the ladder by day."""
    missed, _ = run(opened(policy=policy(calendar="business")), 21)
    taken = lifecycle.take_up(missed, STEERING, now=at(21)).after
    stale, _ = run(taken, 35)
    night = at(8 * 60)

    decision = lifecycle.escalate(stale, CLINICAL, "Still nobody", REACH, now=night)

    assert logged(decision, "escalated").body["late_seconds"] == 0


def test_what_was_told_of_a_promise_is_taken_back_when_it_is_still_to_come() -> None:
    """Half of four hours is not half of three days: nobody should read it in the morning."""
    warned, _ = run(accepted(policy=policy(resolve="4h")), 125)
    clock = current(warned, ClockKind.RESOLVE)
    assert clock.warned == (0.5,)

    longer = policy(Severity.SEV3, calendar="business", resolve="3bd")
    decision = lifecycle.change_severity(
        warned, LEAD, 2, 2, Severity.SEV3, longer, "It can wait", now=at(126)
    )

    settled = [effect.subject["clock"] for effect in effects(decision, EffectKind.SETTLE_PINGS)]
    assert clock.number in settled
