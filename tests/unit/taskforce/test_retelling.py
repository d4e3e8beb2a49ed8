"""A severity that comes back brings its promise back, with what was told of it."""

from datetime import date

from bot.taskforce import clocks, ladder, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, PauseReason, Severity
from tests.unit.taskforce.cases import LEAD, NEWS, OWNER, at, effects, opened, policy
from tests.unit.taskforce.climbing import run

SEV2 = policy()
SEV3 = policy(Severity.SEV3, calendar="business", accept="4h", resolve="3bd")
LEVELS = {Severity.SEV1: (1, 1), Severity.SEV2: (1, 2), Severity.SEV3: (2, 2)}


def moved(burst: Burst, to: Policy, minutes: float) -> Decision:
    return lifecycle.change_severity(
        burst, LEAD, *LEVELS[to.severity], to.severity, to, "Seen anew", now=at(minutes)
    )


def accept(burst: Burst) -> ResponseClock:
    return clocks.current(burst, ClockKind.ACCEPT)


def missed() -> Burst:
    """Nobody accepted in time, and the first step of the ladder has fired."""
    burst, _ = run(opened(policy=SEV2), 21)
    assert accept(burst).missed_at is not None
    assert accept(burst).fired
    return burst


def test_everything_that_was_told_counts_again() -> None:
    before = missed()
    aside = moved(before, SEV3, 22).after
    assert (accept(aside).missed_at, accept(aside).fired) == (None, ())
    back = moved(aside, SEV2, 25).after
    assert accept(back) == accept(before)


def test_nobody_is_told_twice_and_the_messages_hold_again() -> None:
    back = moved(moved(missed(), SEV3, 22).after, SEV2, 25)
    assert effects(back, EffectKind.PING) == []
    assert [effect.subject for effect in effects(back, EffectKind.REVIVE_PINGS)] == [
        {"clock": accept(back.after).number, "set_aside": at(22).isoformat()}
    ]


def test_what_still_holds_names_the_time_that_it_is_due_now() -> None:
    sooner = policy(Severity.SEV1, accept="10m")
    for before in (missed(), opened(policy=SEV2)):
        raised = moved(before, sooner, 22)
        assert accept(raised.after).due_at < accept(before).due_at
        assert {"clock": accept(before).number} in [
            effect.subject for effect in effects(raised, EffectKind.REFRESH_PINGS)
        ]


def test_what_is_taken_back_or_due_when_it_was_is_not_told_anew() -> None:
    taken_back = moved(missed(), SEV3, 22)
    assert {"clock": accept(taken_back.after).number} not in [
        effect.subject for effect in effects(taken_back, EffectKind.REFRESH_PINGS)
    ]
    assert effects(moved(missed(), policy(Severity.SEV1), 22), EffectKind.REFRESH_PINGS) == []


def test_the_cell_sees_its_cards_as_they_stand() -> None:
    burst, _ = run(opened(policy=SEV2), 200)
    asked = {step.step for step in accept(burst).fired if ladder.asks_cell(burst, step)}
    assert asked
    back = moved(moved(burst, SEV3, 201).after, SEV2, 202)
    refreshed = {effect.subject.get("step") for effect in effects(back, EffectKind.REFRESH_ESCALATION)}
    assert asked <= refreshed


def test_a_promise_that_was_given_more_time_is_another() -> None:
    aside = moved(missed(), SEV3, 22).after
    longer = lifecycle.extend(aside, LEAD, at(900), "Parts", clock_number=accept(aside).number, now=at(23))
    back = moved(longer.after, SEV2, 25)
    assert accept(back.after).missed_at is None
    assert effects(back, EffectKind.REVIVE_PINGS) == []


def test_what_went_stale_meanwhile_has_answered_nothing() -> None:
    before = missed()
    (fired,) = accept(before).fired
    taken = lifecycle.take_up(before, Actor(fired.reached[0], steering=True), now=at(21.5)).after
    assert accept(taken).fired[0].answered_at is not None
    stale, _ = run(moved(taken, SEV3, 22).after, 300)
    assert stale.taken_up_by is None
    again = accept(moved(stale, SEV2, 301).after).fired[0]
    assert (again.step, again.answers, again.answered_at) == (fired.step, (), None)


def test_whoever_worked_meanwhile_has_answered() -> None:
    before = missed()
    (fired,) = accept(before).fired
    aside = moved(before, SEV3, 22).after
    told = lifecycle.post_update(aside, Actor(fired.reached[0], leads=LEAD.leads), NEWS, now=at(23)).after
    again = accept(moved(told, SEV2, 25).after).fired[0]
    assert (again.step, again.answered_at) == (fired.step, at(23))


def test_a_warning_is_not_repeated() -> None:
    warned, _ = run(lifecycle.accept(opened(policy=SEV2), OWNER, now=at(5)).after, 245)
    resolve = clocks.current(warned, ClockKind.RESOLVE)
    assert resolve.warned == (0.5,)
    back = moved(moved(warned, SEV3, 246).after, SEV2, 250).after
    assert clocks.current(back, ClockKind.RESOLVE) == resolve


def test_there_and_back_again_and_again() -> None:
    before = burst = missed()
    for minutes in (22, 23, 24):
        burst = moved(moved(burst, SEV3, minutes).after, SEV2, minutes + 0.5).after
    assert accept(burst) == accept(before)
    assert len(accept(moved(burst, SEV3, 25).after).set_aside) == 1


def test_a_promise_that_both_severities_have_alike_is_the_same_all_along() -> None:
    """Needed by today: the resolution is due tonight in both, of which only the first asks at half of the time."""
    milder = policy(Severity.SEV3, calendar="business", accept="4h", resolve="3bd", ladder=[])
    burst, told = run(opened(policy=policy(resolve="2bd"), needed_on=date(2026, 3, 2)), 375)
    assert (360, "resolve_half") in told
    back = moved(moved(burst, milder, 376).after, policy(resolve="2bd"), 377).after
    resolve = clocks.current(back, ClockKind.RESOLVE)
    assert resolve.fired == clocks.current(burst, ClockKind.RESOLVE).fired
    assert not [line for line in run(back, 378)[1] if line[1].startswith("resolve")]


def test_a_pause_that_ends_with_the_severity_that_is_back_leaves_its_messages_holding() -> None:
    """A sev1 never pauses: it goes on with what was told of it, later by the pause."""
    sev1 = policy(Severity.SEV1, resolve="4h")
    warned, _ = run(
        lifecycle.accept(opened(policy=sev1, severity=Severity.SEV1), OWNER, now=at(5)).after, 125
    )
    number = clocks.current(warned, ClockKind.RESOLVE).number
    assert clocks.by_number(warned, number).warned == (0.5,)
    milder = moved(warned, SEV2, 126).after
    paused = lifecycle.pause(milder, OWNER, PauseReason.AWAITING_REQUESTER, at(900), "", now=at(130)).after
    back = lifecycle.change_severity(paused, LEAD, 1, 1, Severity.SEV1, sev1, "Worse", now=at(190))
    resolve = clocks.by_number(back.after, number)
    assert (resolve.due_at, resolve.warned) == (at(240 + 60), (0.5,))
    revived = [effect.subject["clock"] for effect in effects(back, EffectKind.REVIVE_PINGS)]
    assert number in revived
