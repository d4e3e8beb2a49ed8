"""A pause that is extended, what is remembered of pauses, and the time that a burst took."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.errors import Refused
from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst, PastPause
from bot.taskforce.causes import suggest
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle.replay import facts_of, replay
from bot.taskforce.permissions import Actor
from bot.taskforce.spent import Spent, paused_for, paused_share, spent
from bot.taskforce.terms import ClockKind, Outcome, PauseReason, Severity, State
from tests.unit.taskforce.cases import (
    CLINICAL,
    FIX,
    JOINER,
    LEAD,
    NOON,
    OWNER,
    REACH,
    STEERING,
    TECHNICAL,
    accepted,
    armed,
    at,
    logged,
    opening,
    paused,
    pinged,
    policy,
    proven,
    working,
)

VENDOR, APPROVAL = PauseReason.AWAITING_VENDOR, PauseReason.AWAITING_APPROVAL


LATER = at(300)


def extended(
    actor: Actor = CLINICAL, until: datetime = LATER, reason: PauseReason = VENDOR, **fields: object
) -> Decision:
    """A pause from minute 30 until 150 that is to have more time, in minute 100."""
    return lifecycle.pause(paused(**fields), actor, reason, until, "CASE-8", now=at(100))


def resolve_time(burst: Burst, now: datetime) -> Spent:
    return spent(burst, clocks.last(burst, ClockKind.RESOLVE), now)


class TestExtending:
    """A co-lead or the steering cell gives a pause more time."""

    @pytest.mark.parametrize("actor", [CLINICAL, TECHNICAL, STEERING], ids=lambda actor: actor.user)
    def test_it_stands_still_until_later(self, actor: Actor) -> None:
        decision = extended(actor)
        assert decision.after.state is State.PAUSED
        assert armed(decision.after)[ClockKind.PAUSE] == at(300)
        pause = decision.after.pause
        assert pause is not None
        assert (pause.until, pause.reference) == (at(300), "CASE-8")
        body = logged(decision, "paused").body
        assert (body["extended"], body["reference"]) == (True, "CASE-8")
        assert [effect.kind for effect in decision.effects] == ["post_notice", "refresh_card"]

    def test_the_resolve_clock_has_what_it_had(self) -> None:
        resumed = lifecycle.ring(extended().after, 5, REACH, now=at(300)).after
        assert armed(resumed)[ClockKind.RESOLVE] == at(480 + 270)

    def test_an_owner_who_is_technical_co_lead_extends_it(self) -> None:
        assert extended(OWNER, technical_lead=OWNER.user).after.state is State.PAUSED

    @pytest.mark.parametrize(
        ("actor", "until", "reason", "code", "words"),
        [
            (
                OWNER,
                at(300),
                VENDOR,
                "not_allowed",
                "Only a co-lead or the steering cell can extend a pause.",
            ),
            (LEAD, at(300), VENDOR, "not_allowed", "Only a co-lead or the steering cell"),
            (JOINER, at(300), VENDOR, "not_allowed", "Only a co-lead or the steering cell"),
            (CLINICAL, at(150), VENDOR, "already_done", "is paused until then already"),
            (CLINICAL, at(60), VENDOR, "already_done", "is paused until then already"),
            (CLINICAL, at(8 * 24 * 60), VENDOR, "until", "at most 5 business days"),
        ],
    )
    def test_it_is_refused(
        self, actor: Actor, until: datetime, reason: PauseReason, code: str, words: str
    ) -> None:
        with pytest.raises(Refused, match=words) as refused:
            extended(actor, until, reason=reason)
        assert refused.value.code == code

    def test_its_reason_needs_its_reference_too(self) -> None:
        with pytest.raises(Refused, match="who approves"):
            lifecycle.pause(paused(), CLINICAL, APPROVAL, at(300), " ", now=at(100))

    def test_five_business_days_are_counted_anew(self) -> None:
        burst = paused()
        for day in range(1, 4):
            now = NOON + timedelta(days=day)
            burst = lifecycle.pause(burst, CLINICAL, VENDOR, now + timedelta(days=5), "CASE-7", now=now).after
        assert armed(burst)[ClockKind.PAUSE] == NOON + timedelta(days=8)

    def test_its_end_reminds_the_owner_and_both_co_leads(self) -> None:
        decision = lifecycle.ring(extended().after, 5, REACH, now=at(300))
        assert pinged(decision) == {
            OWNER.user: "reminder",
            CLINICAL.user: "reminder",
            TECHNICAL.user: "reminder",
        }


class TestWhatIsRemembered:
    """A pause that is over still counts."""

    def test_a_resumed_pause_is_kept_with_its_reason(self) -> None:
        resumed = lifecycle.resume(paused(), OWNER, now=at(90)).after
        assert resumed.pauses == (PastPause(VENDOR, at(30), at(90)),)

    def test_an_extension_for_another_reason_begins_another_stretch(self) -> None:
        burst = extended(reason=APPROVAL).after
        assert paused_for(burst, at(180)) == {APPROVAL: timedelta(minutes=80), VENDOR: timedelta(minutes=70)}
        assert list(paused_for(burst, at(180))) == [APPROVAL, VENDOR]

    @pytest.mark.parametrize(
        "ended",
        [
            lambda: lifecycle.resolve(
                lifecycle.pause(proven(), OWNER, VENDOR, at(150), "CASE-7", now=at(30)).after,
                OWNER,
                FIX,
                now=at(90),
            ),
            lambda: lifecycle.cancel(paused(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(90)),
            lambda: lifecycle.change_severity(
                paused(), OWNER, 1, 1, Severity.SEV1, policy(Severity.SEV1), "Worse", now=at(90)
            ),
        ],
        ids=["resolved", "cancelled", "raised to sev1"],
    )
    def test_however_it_ends(self, ended: Callable[[], Decision]) -> None:
        burst = ended().after
        assert (burst.pause, burst.pauses) == (None, (PastPause(VENDOR, at(30), at(90)),))

    def test_a_clock_that_was_set_back_makes_it_none(self) -> None:
        resumed = lifecycle.resume(paused(), OWNER, now=at(20)).after
        assert resumed.pauses == (PastPause(VENDOR, at(30), at(30)),)

    def test_the_log_tells_the_same(self) -> None:
        decisions = [lifecycle.open_burst(opening(), now=NOON)]
        life: tuple[Callable[[Burst], Decision], ...] = (
            lambda burst: lifecycle.accept(burst, OWNER, now=at(5)),
            lambda burst: lifecycle.pause(burst, OWNER, VENDOR, at(90), "CASE-7", now=at(30)),
            lambda burst: lifecycle.pause(burst, CLINICAL, APPROVAL, at(150), "The board", now=at(60)),
            lambda burst: lifecycle.resume(burst, OWNER, now=at(100)),
            lambda burst: lifecycle.pause(burst, OWNER, VENDOR, at(150), "CASE-7", now=at(110)),
            lambda burst: lifecycle.cancel(burst, OWNER, Outcome.MISTAKE, "Wrong site", now=at(120)),
        )
        for act in life:
            decisions.append(act(decisions[-1].after))
        told = replay([entry for decision in decisions for entry in decision.entries])
        assert told.pauses == facts_of(decisions[-1].after).pauses
        assert [past.reason for past in told.pauses] == [VENDOR, APPROVAL, VENDOR]

    def test_the_suggested_cause_counts_an_extended_pause_once(self) -> None:
        opened = lifecycle.open_burst(opening(), now=NOON)
        taken = lifecycle.accept(opened.after, OWNER, now=at(5))
        stood = lifecycle.pause(taken.after, OWNER, VENDOR, at(90), "CASE-7", now=at(40))
        longer = lifecycle.pause(stood.after, CLINICAL, VENDOR, at(150), "CASE-7", now=at(60))
        entries = [entry for one in (opened, taken, stood, longer) for entry in one.entries]
        found = suggest(longer.after, entries, now=at(100))
        assert found is not None
        assert found.why == "60% of the time it waited for the vendor."


class TestTimeTaken:
    """Net working time and the time by the clock on the wall, both kept."""

    def test_while_it_runs(self) -> None:
        assert resolve_time(working(), at(60)) == Spent(at(60) - NOON, timedelta(hours=8), at(60) - NOON)

    def test_a_pause_counts_on_the_wall_alone(self) -> None:
        expected = Spent(timedelta(minutes=30), timedelta(hours=8), timedelta(minutes=100))
        assert resolve_time(paused(), at(100)) == expected
        resumed = lifecycle.resume(paused(), OWNER, now=at(90)).after
        assert resolve_time(resumed, at(100)).net_for == timedelta(minutes=40)

    def test_nights_and_weekends_count_on_the_wall_alone(self) -> None:
        burst = accepted(policy=policy(calendar="business", resolve="3bd"))
        friday = NOON + timedelta(days=5)
        assert resolve_time(burst, friday) == Spent(
            timedelta(hours=5 + 9 * 4), timedelta(hours=27), timedelta(days=5)
        )

    def test_it_stops_when_it_is_resolved_and_goes_on_when_that_did_not_hold(self) -> None:
        burst = lifecycle.resolve(proven(), OWNER, FIX, now=at(60)).after
        assert resolve_time(burst, at(500)) == Spent(
            timedelta(hours=1), timedelta(hours=8), timedelta(hours=1)
        )
        back = lifecycle.send_back(burst, CLINICAL, "It hangs", now=at(90)).after
        assert resolve_time(back, at(100)) == Spent(
            timedelta(minutes=70), timedelta(hours=8), timedelta(minutes=100)
        )

    def test_one_that_was_cancelled_stopped_then(self) -> None:
        burst = lifecycle.cancel(working(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(90)).after
        assert resolve_time(burst, at(500)).wall_for == timedelta(minutes=90)

    def test_the_paused_share_is_of_the_whole_life(self) -> None:
        assert paused_share(paused(), NOON) == 0
        assert paused_share(lifecycle.resume(paused(), OWNER, now=at(90)).after, at(120)) == 0.5
        assert paused_share(paused(), at(90)) == pytest.approx(2 / 3)
        ended = lifecycle.cancel(paused(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(60)).after
        assert paused_share(ended, at(600)) == 0.5

    def test_time_for_which_it_was_closed_is_no_life(self) -> None:
        ended = lifecycle.cancel(paused(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(60)).after
        again = lifecycle.reopen(ended, OWNER, "It was right", now=at(660)).after
        assert paused_share(again, at(660)) == 0.5
        assert paused_share(again, at(720)) == 0.25
        twice = lifecycle.cancel(again, OWNER, Outcome.MISTAKE, "It was wrong", now=at(720)).after
        third = lifecycle.reopen(twice, OWNER, "It was not", now=at(900)).after
        assert paused_share(third, at(900)) == 0.25
