"""Cancelled, kept open, archived, reopened; and that nothing stays armed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Place
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, Outcome, Severity, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    FIX,
    LEAD,
    OWNER,
    RAISER,
    REACH,
    STEERING,
    STRANGER,
    accepted,
    archived,
    armed,
    at,
    closed,
    effects,
    kinds,
    logged,
    opened,
    opening,
    paused,
    pinged,
    policy,
    resolved,
    working,
)

DAY = 24 * 60
STATES = {
    "opened": opened(),
    "accepted": accepted(),
    "working": working(),
    "paused": paused(),
    "resolved": resolved(),
}


def refusal(call: Callable[[], Decision]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


class TestCancelling:
    """Ending what should not be."""

    @pytest.mark.parametrize("name", list(STATES))
    def test_nothing_stays_armed(self, name: str) -> None:
        after = lifecycle.cancel(STATES[name], OWNER, Outcome.MISTAKE, "It was the cable", now=at(90)).after
        assert (after.state, after.outcome, after.closed_at) == (State.CLOSED, Outcome.MISTAKE, at(90))
        assert armed(after) == {}
        assert all(clock.wake_at is None and clock.state in {"met", "disarmed"} for clock in after.clocks)
        assert after.pause is None

    def test_one_notice_tells_why_and_a_summary_follows(self) -> None:
        burst = working()
        decision = lifecycle.cancel(burst, OWNER, Outcome.WITHDRAWN, "No longer needed", now=at(20))
        assert kinds(decision) == ["cancelled", "closed"]
        (notice,) = effects(decision, EffectKind.POST_NOTICE)
        assert notice.subject == {"entry": burst.log_count + 1}
        assert len(effects(decision, EffectKind.POST_SUMMARY)) == 1
        assert decision.after.archive_at == at(20 + DAY)

    def test_a_duplicate_names_the_other_burst(self) -> None:
        decision = lifecycle.cancel(working(), OWNER, Outcome.DUPLICATE, "Same rule", 12, now=at(20))
        assert (decision.after.outcome, decision.after.duplicate_of) == (Outcome.DUPLICATE, 12)
        assert logged(decision, "cancelled").body["duplicate_of"] == 12

    def test_the_ping_that_asked_the_owner_is_settled(self) -> None:
        decision = lifecycle.cancel(opened(), RAISER, Outcome.MISTAKE, "Wrong site", now=at(3))
        assert [e.subject for e in effects(decision, EffectKind.SETTLE_PINGS)] == [{"clock": 1}]

    def test_so_is_every_other_one_that_was_sent(self) -> None:
        burst = lifecycle.ring(working(), 4, REACH, now=at(40)).after
        decision = lifecycle.cancel(burst, OWNER, Outcome.MISTAKE, "Wrong site", now=at(41))
        assert [e.subject for e in effects(decision, EffectKind.SETTLE_PINGS)] == [{"clock": 4}]

    def test_a_sign_off_that_was_asked_for_is_void(self) -> None:
        after = lifecycle.cancel(resolved(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(61)).after
        (clock,) = (clock for clock in after.clocks if clock.kind is ClockKind.SIGN_OFF)
        assert clock.state == "disarmed"

    @pytest.mark.parametrize(
        ("burst", "actor", "outcome", "other", "code"),
        [
            (working(), RAISER, Outcome.MISTAKE, None, "not_allowed"),
            (working(), CLINICAL, Outcome.MISTAKE, None, "not_allowed"),
            (working(), OWNER, Outcome.RESOLVED, None, "outcome"),
            (working(), OWNER, Outcome.DUPLICATE, None, "duplicate_of"),
            (working(), OWNER, Outcome.DUPLICATE, 42, "duplicate_of"),
            (working(), OWNER, Outcome.MISTAKE, 12, "duplicate_of"),
            (closed(), OWNER, Outcome.MISTAKE, None, "wrong_state"),
            (archived(), STEERING, Outcome.MISTAKE, None, "wrong_state"),
        ],
    )
    def test_it_is_refused(
        self, burst: Burst, actor: Actor, outcome: Outcome, other: int | None, code: str
    ) -> None:
        assert refusal(lambda: lifecycle.cancel(burst, actor, outcome, "Why", other, now=at(90))) == code

    def test_it_needs_a_reason(self) -> None:
        assert refusal(lambda: lifecycle.cancel(working(), LEAD, Outcome.MISTAKE, "", now=at(9))) == "empty"


class TestGrace:
    """The channel stays as long as the policy says that the burst was opened under."""

    @pytest.mark.parametrize(
        ("grace", "until"),
        [
            ("90m", at(70 + 90)),
            ("48h", at(70 + 2 * DAY)),
            # Closed on a Monday at 13:10: the third working day after it is Thursday.
            ("3bd", at(70 + 3 * DAY)),
            # Ten working days run over two week-ends.
            ("10bd", at(70 + 14 * DAY)),
        ],
    )
    def test_it_runs_from_the_closing(self, grace: str, until: object) -> None:
        assert closed(policy=policy(grace=grace)).archive_at == until

    def test_without_a_word_it_is_a_day(self) -> None:
        assert closed().archive_at == at(70 + DAY)

    def test_keep_open_gives_another(self) -> None:
        burst = closed(policy=policy(grace="2h"))
        assert lifecycle.keep_open(burst, CLINICAL, now=at(100)).after.archive_at == at(100 + 120)


class TestKeepingOpen:
    """The channel stays a while longer."""

    def test_another_day_from_now(self) -> None:
        decision = lifecycle.keep_open(closed(), CLINICAL, now=at(70 + 600))
        assert decision.after.archive_at == at(70 + 600 + DAY)
        assert logged(decision, "kept_open").body["until"] == at(670 + DAY).isoformat()

    @pytest.mark.parametrize("seconds", [0, 59])
    def test_a_second_click_finds_it_done(self, seconds: int) -> None:
        again = at(70) + timedelta(seconds=seconds)
        assert refusal(lambda: lifecycle.keep_open(closed(), CLINICAL, now=again)) == "already_done"

    def test_a_minute_is_worth_it(self) -> None:
        assert lifecycle.keep_open(closed(), CLINICAL, now=at(71)).after.archive_at == at(71 + DAY)

    @pytest.mark.parametrize(
        ("burst", "actor", "code"),
        [
            (closed(), OWNER, "not_allowed"),
            (working(), CLINICAL, "wrong_state"),
            (archived(), CLINICAL, "wrong_state"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, code: str) -> None:
        assert refusal(lambda: lifecycle.keep_open(burst, actor, now=at(2000))) == code


class TestArchiving:
    """The end of the channel."""

    def test_after_the_grace_the_channel_goes(self) -> None:
        burst = replace(closed(), place=Place("C1"))
        decision = lifecycle.mark_archived(burst, now=at(70 + DAY))
        assert (decision.after.state, decision.after.archived_at) == (State.ARCHIVED, at(70 + DAY))
        assert [effect.kind for effect in decision.effects] == [
            EffectKind.COMPLETE_TRANSCRIPT,
            EffectKind.ARCHIVE_CHANNEL,
        ]
        assert logged(decision, "archived").body["by_hand"] is False

    @pytest.mark.parametrize("place", [None, Place("C1", "1.2"), Place("C1", ours=False)])
    def test_a_channel_that_is_not_ours_stays(self, place: Place | None) -> None:
        decision = lifecycle.mark_archived(replace(closed(), place=place), now=at(70 + DAY))
        assert [effect.kind for effect in decision.effects] == [EffectKind.COMPLETE_TRANSCRIPT]

    def test_somebody_archived_it_by_hand(self) -> None:
        decision = lifecycle.mark_archived(replace(closed(), place=Place("C1")), now=at(71), gone=True)
        assert decision.after.state is State.ARCHIVED
        assert [effect.kind for effect in decision.effects] == [EffectKind.COMPLETE_TRANSCRIPT]

    @pytest.mark.parametrize(
        ("burst", "minutes", "code"),
        [
            (closed(), 69 + DAY, "too_early"),
            (replace(closed(), archive_at=None), 99 + DAY, "too_early"),
            (resolved(), 99 + DAY, "wrong_state"),
            (archived(), 99 + DAY, "already_done"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, minutes: float, code: str) -> None:
        assert refusal(lambda: lifecycle.mark_archived(burst, now=at(minutes))) == code


class TestReopening:
    """It was not over after all."""

    @pytest.mark.parametrize("actor", [RAISER, OWNER, CLINICAL, LEAD, STEERING], ids=lambda actor: actor.user)
    def test_within_the_grace_the_clock_goes_on_where_it_stood(self, actor: Actor) -> None:
        decision = lifecycle.reopen(closed(), actor, "It is back", now=at(100))
        burst = decision.after
        assert (burst.state, burst.outcome, burst.closed_at, burst.archive_at) == (
            State.WORKING,
            None,
            None,
            None,
        )
        assert armed(burst) == {ClockKind.RESOLVE: at(480 + 40), ClockKind.UPDATE: at(160)}
        assert logged(decision, "reopened").body["reason"] == "It is back"
        assert pinged(decision) == {OWNER.user: "reminder"}

    def test_a_burst_that_never_had_a_home_is_given_one(self) -> None:
        homeless = replace(closed(), place=None)
        decision = lifecycle.reopen(homeless, RAISER, "It is back", now=at(100))
        kinds = [effect.kind for effect in decision.effects]
        assert kinds.index(EffectKind.OPEN_CHANNEL) < kinds.index(EffectKind.POST_CARD)

    def test_a_burst_that_has_its_channel_keeps_it(self) -> None:
        housed = replace(closed(), place=Place("C1"))
        decision = lifecycle.reopen(housed, RAISER, "It is back", now=at(100))
        assert EffectKind.OPEN_CHANNEL not in {effect.kind for effect in decision.effects}

    def test_a_burst_that_was_cancelled_before_it_was_accepted_must_be_accepted(self) -> None:
        cancelled = lifecycle.cancel(opened(), RAISER, Outcome.DUPLICATE, "Same", 12, now=at(10)).after
        decision = lifecycle.reopen(cancelled, RAISER, "It is not the same", now=at(30))
        assert (decision.after.state, decision.after.duplicate_of) == (State.OPEN, None)
        assert armed(decision.after) == {
            ClockKind.RESOLVE: at(500),
            ClockKind.UPDATE: at(90),
            ClockKind.ACCEPT: at(50),
        }
        assert pinged(decision) == {OWNER.user: "assigned"}

    def test_a_burst_that_was_cancelled_in_its_pause_has_what_was_left(self) -> None:
        cancelled = lifecycle.cancel(paused(), OWNER, Outcome.MISTAKE, "Wrong site", now=at(60)).after
        after = lifecycle.reopen(cancelled, OWNER, "It was right", now=at(100)).after
        assert armed(after)[ClockKind.RESOLVE] == at(100 + 450)

    @pytest.mark.parametrize(
        ("burst", "actor", "code"),
        [
            (closed(), ANALYST, "not_allowed"),
            (closed(), STRANGER, "not_allowed"),
            (working(), OWNER, "already_done"),
            (resolved(), OWNER, "already_done"),
            (archived(), OWNER, "wrong_state"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, code: str) -> None:
        assert refusal(lambda: lifecycle.reopen(burst, actor, "Back", now=at(2000))) == code

    def test_it_needs_a_reason(self) -> None:
        assert refusal(lambda: lifecycle.reopen(closed(), OWNER, " ", now=at(99))) == "empty"

    def test_an_archived_burst_notes_who_follows_it(self) -> None:
        decision = lifecycle.note_reopened(archived(), RAISER, "It is back", 77, now=at(5000))
        assert decision.after.state is State.ARCHIVED
        assert logged(decision, "reopened").body["successor"] == 77
        assert decision.effects == ()

    @pytest.mark.parametrize(
        ("burst", "actor", "code"), [(closed(), RAISER, "wrong_state"), (archived(), ANALYST, "not_allowed")]
    )
    def test_noting_it_is_refused(self, burst: Burst, actor: Actor, code: str) -> None:
        assert refusal(lambda: lifecycle.note_reopened(burst, actor, "Back", 77, now=at(5000))) == code


def test_a_plain_life_takes_few_effects() -> None:
    """Open to archived, four members, three updates: every effect is a call or so, and 25 is the limit.

    Reading the transcript tells nobody anything, and takes as many calls as there is to read.
    """
    decision = lifecycle.open_burst(opening(severity=Severity.SEV3), now=at(0))
    counted, burst = len(decision.effects), decision.after

    def update(minute: float) -> Callable[[Burst], Decision]:
        text = f"Seen on another scanner after {minute} minutes."
        return lambda b: lifecycle.post_update(b, OWNER, text, now=at(minute))

    steps: list[Callable[[Burst], Decision]] = [
        lambda b: lifecycle.accept(b, OWNER, now=at(5)),
        *(update(minute) for minute in (10, 20, 25)),
        lambda b: lifecycle.add_evidence(b, OWNER, "header", "All five", now=at(26)),
        lambda b: lifecycle.add_evidence(b, OWNER, "queue", "12 to 0", now=at(27)),
        lambda b: lifecycle.resolve(b, OWNER, FIX, now=at(28)),
        lambda b: lifecycle.sign_off(b, CLINICAL, now=at(29)),
        lambda b: lifecycle.mark_archived(replace(b, place=Place("C1")), now=at(29 + DAY)),
    ]
    for step in steps:
        decision = step(burst)
        counted += len(decision.effects)
        burst = decision.after
    counted -= 2  # the transcript is completed at the closing and before the channel goes
    counted -= 1  # what was solved before is posted only where something was
    # The settled asks of the end are two messages, one effect.
    assert counted + 1 <= 25
