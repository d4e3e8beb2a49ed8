"""A step that is said again while nobody answers it: how often, when, to whom, and when no more."""

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind
from tests.unit.taskforce.cases import (
    CLINICAL,
    LEAD,
    NEWS,
    OWNER,
    REACH,
    TECHNICAL,
    accepted,
    at,
    effects,
    logged,
    opened,
    policy,
    step,
)
from tests.unit.taskforce.climbing import about, run, steps

AGAIN = {"every": "15m", "times": 3}
REPEATED = step("accept_owner", "accept", "due", "owner", repeat=AGAIN)
AFTER = step("accept_lead", "accept", "unanswered 40m", "workstream_lead")
PAIR = step("accept_pair", "accept", "due", "clinical_lead", "technical_lead", answer="all", repeat=AGAIN)


def asked(*ladder: dict[str, object]) -> Burst:
    """A burst whose only other promises lie far ahead."""
    return opened(policy=policy(ladder=list(ladder), first_update="20h", resolve="40h"))


def test_a_step_is_said_again_from_its_due_time_on_and_so_often() -> None:
    _, told = run(asked(REPEATED), 600)
    assert steps(told) == [
        (20, "accept_owner"),
        (35, "accept_owner again 1"),
        (50, "accept_owner again 2"),
        (65, "accept_owner again 3"),
    ]


def test_silence_is_counted_from_the_first_time() -> None:
    _, told = run(asked(REPEATED, AFTER), 600)
    assert steps(told) == [
        (20, "accept_owner"),
        (35, "accept_owner again 1"),
        (50, "accept_owner again 2"),
        (60, "accept_lead"),
        (65, "accept_owner again 3"),
    ]


def test_it_ends_when_the_promise_is_kept() -> None:
    burst, _ = run(asked(REPEATED), 40)
    burst = lifecycle.accept(burst, OWNER, now=at(41)).after
    _, told = run(burst, 600)
    assert steps(told) == []


def test_it_ends_with_an_answer() -> None:
    half = step("half", "resolve", "due", "clinical_lead", repeat=AGAIN)
    burst, _ = run(accepted(policy=policy(ladder=[half], first_update="40h")), 500)
    burst = lifecycle.post_update(burst, CLINICAL, NEWS, now=at(505)).after
    _, told = run(burst, 2000)
    assert about(told, "half") == []


def test_where_all_must_answer_only_the_silent_are_asked_again() -> None:
    burst, _ = run(asked(PAIR), 21)
    burst = lifecycle.post_update(burst, CLINICAL, NEWS, now=at(25)).after
    decision = lifecycle.ring(burst, 1, REACH, now=at(35))
    pings = effects(decision, EffectKind.PING)
    assert [ping.subject["user"] for ping in pings] == [TECHNICAL.user]
    assert pings[0].subject["repeat"] == 1
    entry = logged(decision, "escalated")
    assert (entry.body["repeat"], entry.body["reached"]) == (1, [TECHNICAL.user])


def test_a_repeat_puts_no_second_card_before_the_steering_cell() -> None:
    cell = step("accept_cell", "accept", "due", "steering_cell", repeat=AGAIN)
    burst, _ = run(asked(cell), 21)
    decision = lifecycle.ring(burst, 1, REACH, now=at(35))
    assert effects(decision, EffectKind.POST_ESCALATION) == []
    assert effects(decision, EffectKind.PING)


def test_a_step_that_reached_nobody_is_not_said_again() -> None:
    _, told = run(asked(REPEATED), 600, {})
    assert steps(told) == [(20, "nobody for accept_owner")]


def test_while_somebody_has_it_nothing_is_said_again_and_the_time_is_added() -> None:
    burst, _ = run(asked(REPEATED), 22)
    burst = lifecycle.take_up(burst, LEAD, now=at(25)).after
    _, told = run(burst, 600)
    assert told[:1] == [(35, "take_up missed")]
    assert steps(told) == [
        (45, "accept_owner again 1"),
        (60, "accept_owner again 2"),
        (75, "accept_owner again 3"),
    ]


def test_what_was_slept_through_is_made_up_for_once() -> None:
    burst, _ = run(asked(REPEATED), 21)
    _, told = run(burst, 600, awake_from=57)
    assert steps(told) == [(57, "accept_owner again 2")], "the third would come eight minutes later"


def test_a_late_repeat_waits_for_the_step_that_is_late_too() -> None:
    burst, _ = run(asked(REPEATED, AFTER), 21)
    _, told = run(burst, 600, awake_from=300)
    assert steps(told) == [(300, "accept_lead"), (310, "accept_owner again 3")]


def test_a_step_that_fired_late_is_not_said_again_at_once() -> None:
    _, told = run(asked(REPEATED), 600, awake_from=49)
    assert steps(told) == [(49, "accept_owner"), (65, "accept_owner again 3")]


def test_how_late_a_repeat_is_is_logged() -> None:
    burst, _ = run(asked(REPEATED), 21)
    assert logged(lifecycle.ring(burst, 1, REACH, now=at(37)), "escalated").body["late_seconds"] == 120


def test_what_speaks_of_the_time_left_is_not_repeated_after_it() -> None:
    soon = step("soon", "accept", "fraction 0.5", "owner", repeat={"every": "5m", "times": 9})
    _, told = run(asked(soon), 600)
    assert about(told, "soon") == [(10, "soon"), (15, "soon again 1")]


def test_repeats_run_on_the_calendar_of_the_clock() -> None:
    office = policy(ladder=[REPEATED], calendar="business", accept="4h", first_update="40h", resolve="80h")
    _, told = run(opened(policy=office), 7 * 24 * 60)
    assert [minute for minute, words in told if "again" in words] == [255, 270, 285]


def test_every_repeat_is_kept_with_the_step() -> None:
    burst, _ = run(asked(REPEATED), 51)
    (clock,) = (one for one in burst.clocks if one.kind is ClockKind.ACCEPT)
    assert clock.fired[0].repeated_at == (at(35), at(50))
