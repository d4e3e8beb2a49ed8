"""Whatever was told of a clock that says nothing any more is out of date, however that came about."""

from collections.abc import Callable

import pytest

from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind, Outcome, PauseReason, Seat
from tests.unit.taskforce.cases import (
    CLINICAL,
    FIX,
    JOINER,
    LEAD,
    NEWS,
    OWNER,
    REACH,
    STEERING,
    at,
    effects,
    pinged,
    proven,
    resolved,
)

REASON = PauseReason.AWAITING_REQUESTER


def settled(decision: Decision) -> list[dict[str, str | int]]:
    """What the decision says is out of date."""
    return [dict(one.subject) for one in effects(decision, EffectKind.SETTLE_PINGS)]


def rung(burst: Burst, kind: ClockKind, minutes: float) -> Burst:
    """The burst after that clock rang at this moment."""
    return lifecycle.ring(burst, clocks.current(burst, kind).number, REACH, now=at(minutes)).after


def after_a_pause() -> Burst:
    """A burst of which the owner and the co-leads were told that its pause is over."""
    paused = lifecycle.pause(proven(), OWNER, REASON, at(60), "", now=at(30)).after
    return rung(paused, ClockKind.PAUSE, 60)


def asked_above() -> Burst:
    """A burst that the steering cell was asked about, because it is late."""
    return rung(proven(), ClockKind.RESOLVE, 480)


@pytest.mark.parametrize(
    "act",
    [
        lambda b: lifecycle.pause(b, OWNER, REASON, at(200), "", now=at(70)),
        lambda b: lifecycle.resolve(b, OWNER, FIX, now=at(70)),
        lambda b: lifecycle.cancel(b, OWNER, Outcome.WITHDRAWN, "No longer wanted", now=at(70)),
    ],
    ids=["paused anew", "resolved", "withdrawn"],
)
def test_the_end_of_a_pause_is_no_news_any_more(act: Callable[[Burst], Decision]) -> None:
    burst = after_a_pause()
    ended = clocks.latest(burst, ClockKind.PAUSE)
    assert ended is not None
    assert {"clock": ended.number} in settled(act(burst))


def test_a_pause_leaves_what_was_told_of_the_clock_that_goes_on_later() -> None:
    burst = asked_above()
    resolve = clocks.current(burst, ClockKind.RESOLVE).number
    decision = lifecycle.pause(burst, OWNER, REASON, at(600), "", now=at(490))
    assert {"clock": resolve} not in settled(decision)


def test_who_asks_for_more_is_asked_no_more_themselves() -> None:
    burst = asked_above()
    clock = clocks.current(burst, ClockKind.RESOLVE).number
    decision = lifecycle.ask_for_more(burst, STEERING, "What does the vendor say?", now=at(485))
    assert {"clock": clock, "step": "resolve_missed", "user": STEERING.user} in settled(decision)


def test_a_question_from_above_ends_with_the_work_that_it_was_about() -> None:
    asked = lifecycle.ask_for_more(asked_above(), STEERING, "What does the vendor say?", now=at(485)).after
    assert {"ask": "more"} in settled(lifecycle.resolve(asked, OWNER, FIX, now=at(490)))
    answered = lifecycle.post_update(asked, CLINICAL, f"{NEWS} Since Monday.", now=at(486)).after
    assert {"ask": "more"} not in settled(lifecycle.resolve(answered, OWNER, FIX, now=at(490)))


def test_a_take_up_that_went_stale_is_no_news_once_it_is_taken_up_again() -> None:
    stale = rung(lifecycle.take_up(asked_above(), STEERING, now=at(485)).after, ClockKind.TAKE_UP, 515)
    gone = clocks.latest(stale, ClockKind.TAKE_UP)
    assert gone is not None
    assert {"clock": gone.number} in settled(lifecycle.take_up(stale, LEAD, now=at(520)))


def test_what_went_on_after_it_was_sent_back_is_settled_when_it_is_resolved() -> None:
    back = lifecycle.send_back(resolved(), CLINICAL, "It still hangs", now=at(70)).after
    number = clocks.current(back, ClockKind.RESOLVE).number
    assert {"clock": number} in settled(lifecycle.resolve(back, OWNER, FIX, now=at(80)))


def test_another_co_lead_is_asked_to_sign_off_and_nobody_twice() -> None:
    """The one who had the seat has nothing to sign any more; the other co-lead was asked before."""
    burst = resolved()
    asked = clocks.current(burst, ClockKind.SIGN_OFF).number
    decision = lifecycle.fill_seat(burst, OWNER, Seat.CLINICAL_LEAD, JOINER.user, now=at(65))
    assert pinged(decision) == {JOINER.user: "asked"}
    assert settled(decision) == [{"clock": asked, "user": CLINICAL.user, "ask": "sign_off"}]


def test_a_clock_that_ends_while_it_stands_still_speaks_no_more() -> None:
    paused = lifecycle.pause(asked_above(), OWNER, REASON, at(600), "", now=at(490)).after
    withdrawn = lifecycle.cancel(paused, LEAD, Outcome.WITHDRAWN, "No longer wanted", now=at(500))
    number = clocks.current(paused, ClockKind.RESOLVE).number
    assert {"clock": number} in settled(withdrawn)
