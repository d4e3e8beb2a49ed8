"""What is still to be done when a burst is closed: promised then, reported when done, told above when it is late."""

from datetime import timedelta

from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, Outcome, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    FIX,
    LEAD,
    OWNER,
    RAISER,
    REACH,
    STRANGER,
    TECHNICAL,
    at,
    effects,
    kinds,
    pinged,
    proven,
)
from tests.unit.taskforce.refusals import refusal

DAY = 24 * 60
DOER = Actor("U_DOER")
DUE = at(3 * DAY)
TO_DO = (
    FollowUp(1, "Tell the vendor", DOER.user, DUE),
    FollowUp(2, "Check the others", OWNER.user, at(5 * DAY)),
)


def resolved(*to_do: FollowUp, **fields: object) -> Burst:
    return lifecycle.resolve(proven(**fields), OWNER, FIX, to_do, now=at(60)).after


def closing(*to_do: FollowUp) -> Decision:
    burst = lifecycle.sign_off(resolved(*to_do), CLINICAL, now=at(65)).after
    return lifecycle.sign_off(burst, TECHNICAL, now=at(70))


def closed() -> Burst:
    return closing(*TO_DO).after


def clock_of(burst: Burst, number: int) -> ResponseClock:
    return next(c for c in burst.clocks if c.kind is ClockKind.FOLLOW_UP and c.subject == number)


def rung(burst: Burst, minutes: float) -> Decision:
    """What becomes of the first action's clock at that moment."""
    return lifecycle.ring(burst, clock_of(burst, 1).number, REACH, now=at(minutes))


class TestAgreeing:
    """What the resolution says is to be done."""

    def test_begins_when_the_burst_closes(self) -> None:
        assert clocks.running(resolved(*TO_DO), ClockKind.FOLLOW_UP, 1) is None
        assert clock_of(closed(), 1).due_at == DUE

    def test_is_asked_of_whoever_does_it(self) -> None:
        asked = {str(one.subject["user"]) for one in effects(closing(*TO_DO), EffectKind.PING)}
        assert {DOER.user, OWNER.user} <= asked

    def test_stands_in_the_log_with_its_time(self) -> None:
        assert kinds(closing(*TO_DO))[-2:] == ["follow_up", "follow_up"]

    def test_of_nothing_asks_nothing(self) -> None:
        assert "follow_up" not in kinds(closing())

    def test_is_void_when_the_fix_is_sent_back(self) -> None:
        back = lifecycle.send_back(resolved(*TO_DO), CLINICAL, "It hangs again", now=at(65)).after
        assert back.follow_ups == ()

    def test_in_a_private_burst_is_for_its_people(self) -> None:
        refused = refusal(lambda: lifecycle.resolve(proven(private=True), OWNER, FIX, TO_DO, now=at(60)))
        assert refused.field == "follow_up"
        assert "is private" in refused.message


class TestTheClock:
    """It runs on when everything else has stopped."""

    def test_reminds_whoever_does_it_on_the_business_day_before(self) -> None:
        burst = closed()
        wake_at = clock_of(burst, 1).wake_at
        assert wake_at is not None
        assert timedelta() < DUE - wake_at <= timedelta(days=2)
        assert pinged(lifecycle.ring(burst, clock_of(burst, 1).number, REACH, now=wake_at)) == {
            DOER.user: "reminder"
        }

    def test_tells_the_workstreams_lead_when_it_is_missed(self) -> None:
        assert pinged(rung(closed(), 3 * DAY)) == {DOER.user: "missed", LEAD.user: "missed"}

    def test_is_missed_once(self) -> None:
        missed = rung(closed(), 3 * DAY).after
        assert rung(missed, 4 * DAY).entries == ()

    def test_runs_on_after_the_channel_is_archived_and_draws_no_card_there(self) -> None:
        burst = lifecycle.mark_archived(closed(), now=at(2 * DAY)).after
        missed = rung(burst, 3 * DAY)
        assert missed.after.state is State.ARCHIVED
        assert clock_of(missed.after, 1).missed_at is not None
        assert effects(missed, EffectKind.REFRESH_CARD) == []

    def test_runs_on_when_the_burst_is_reopened(self) -> None:
        burst = lifecycle.reopen(closed(), RAISER, "It hangs again", now=at(100)).after
        assert [one.number for one in burst.follow_ups] == [1, 2]
        assert clock_of(burst, 1).state is ClockState.ARMED

    def test_stops_when_the_reopened_burst_turns_out_to_be_a_mistake(self) -> None:
        burst = lifecycle.reopen(closed(), RAISER, "It hangs again", now=at(100)).after
        burst = lifecycle.cancel(burst, OWNER, Outcome.MISTAKE, "Another scanner", now=at(110)).after
        assert clock_of(burst, 1).state is ClockState.DISARMED


class TestFinishing:
    """Somebody says that it is done."""

    def test_meets_its_clock_and_settles_what_was_asked(self) -> None:
        done = lifecycle.finish_follow_up(closed(), DOER, 1, now=at(DAY))
        assert clock_of(done.after, 1).state is ClockState.MET
        assert done.after.follow_ups[0].done_by == DOER.user
        assert [one.subject for one in effects(done, EffectKind.SETTLE_PINGS)] == [
            {"clock": clock_of(done.after, 1).number}
        ]

    def test_by_a_co_lead_for_somebody_else(self) -> None:
        done = lifecycle.finish_follow_up(closed(), CLINICAL, 1, now=at(DAY))
        assert done.after.follow_ups[0].done_by == CLINICAL.user

    def test_is_not_for_anybody(self) -> None:
        for stranger in (STRANGER, ANALYST):
            refused = refusal(lambda who=stranger: lifecycle.finish_follow_up(closed(), who, 1, now=at(DAY)))  # type: ignore[misc]
            assert refused.message.startswith("Only the person whose action it is")

    def test_twice_is_said_to_be_done_already(self) -> None:
        done = lifecycle.finish_follow_up(closed(), DOER, 1, now=at(DAY)).after
        assert refusal(lambda: lifecycle.finish_follow_up(done, DOER, 1, now=at(DAY))).code == "already_done"

    def test_what_the_burst_does_not_have(self) -> None:
        refused = refusal(lambda: lifecycle.finish_follow_up(closed(), OWNER, 9, now=at(DAY)))
        assert refused.message.endswith("has no follow-up action 9.")

    def test_before_the_burst_is_closed(self) -> None:
        refused = refusal(lambda: lifecycle.finish_follow_up(resolved(*TO_DO), DOER, 1, now=at(61)))
        assert refused.code == "not_promised"

    def test_after_the_burst_was_cancelled(self) -> None:
        refused = refusal(lambda: lifecycle.finish_follow_up(cancelled(), DOER, 1, now=at(DAY)))
        assert refused.message == "BURST-42 was cancelled, and nobody has to do that any more."


def cancelled() -> Burst:
    """It was closed, reopened, and cancelled then."""
    again = lifecycle.reopen(closed(), OWNER, "It is back", now=at(70)).after
    return lifecycle.cancel(again, OWNER, Outcome.MISTAKE, "Wrong site", now=at(80)).after


def test_what_was_void_while_it_was_cancelled_is_promised_when_it_closes_after_all() -> None:
    again = lifecycle.reopen(cancelled(), OWNER, "Not wrong after all", now=at(90)).after
    fixed = lifecycle.resolve(again, OWNER, FIX, now=at(100)).after
    once = lifecycle.sign_off(fixed, CLINICAL, now=at(101)).after
    over = lifecycle.sign_off(once, TECHNICAL, now=at(102)).after
    assert over.state is State.CLOSED
    actions = {one.number for one in over.follow_ups}
    assert {
        clock.subject for clock in over.clocks if clock.kind is ClockKind.FOLLOW_UP and clock.wake_at
    } == actions
