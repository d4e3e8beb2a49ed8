"""One burst's clocks beside a stopwatch: what ran, stood still and was held, counted minute by minute.

It is told of every decision and remembers when each clock changed; nothing here asks the bot's
calendars. Acts of people fall on whole minutes; where the bot itself acts between two, a minute of
tolerance is given.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.durations import Duration
from bot.taskforce.effects import EffectKind
from bot.taskforce.moot import is_moot
from bot.taskforce.policy import Step, TriggerKind
from bot.taskforce.response_clock import FiredStep, ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, EntryKind
from tests.unit.taskforce.cases import NOON
from tests.unit.taskforce.minute_counter import MINUTE, Hours, MinuteCounter

HORIZON = NOON + timedelta(days=70)
_WINDOW_FROM = NOON - timedelta(days=5)
_WINDOW_MINUTES = 120 * 24 * 60


@dataclass
class _Watch:
    """What a bystander noted about one clock."""

    ran: list[tuple[datetime, datetime]] = field(default_factory=list)
    runs_since: datetime | None = None
    held_for: int = 0


class Chronicle:
    """The clocks of one burst as they changed, and the checks that follow from it."""

    def __init__(self) -> None:
        self._watches: defaultdict[int, _Watch] = defaultdict(_Watch)
        self._fired: Counter[tuple[int, str, datetime, int]] = Counter()
        self._policies = 0

    def take(self, decision: Decision, now: datetime) -> None:
        """Note what the decision did to the clocks at ``now``."""
        before = {clock.number: clock for clock in decision.before.clocks} if decision.before else {}
        if decision.before is None or decision.before.policy is not decision.after.policy:
            self._policies += 1
        for clock in decision.after.clocks:
            self._note(decision.after, before.get(clock.number), clock, now)
        for clock, fired in _new_steps(before, decision.after.clocks):
            identity = (clock.number, fired.step, clock.due_at, self._policies)
            self._fired[identity] += 1
            assert self._fired[identity] == 1, "a step fired twice for one due time"

    def _note(self, burst: Burst, old: ResponseClock | None, clock: ResponseClock, now: datetime) -> None:
        watch = self._watches[clock.number]
        if clock.state is ClockState.ARMED and watch.runs_since is None:
            watch.runs_since = now if old is not None else clock.armed_at
        elif clock.state is not ClockState.ARMED and watch.runs_since is not None:
            watch.ran.append((watch.runs_since, now))
            watch.runs_since = None
        if old is not None and old.held_since is not None and clock.held_since is None:
            watch.held_for += counted(burst, clock, old.held_since, now)

    def check(self, burst: Burst, now: datetime) -> None:
        """What the stopwatch says is what the clocks say."""
        for clock in burst.clocks:
            self._runs_only_while_it_is_armed(burst, clock, now)
            assert clock.held_for == self._watches[clock.number].held_for * MINUTE

    def _runs_only_while_it_is_armed(self, burst: Burst, clock: ResponseClock, now: datetime) -> None:
        """The promise is the time that the clock ran and the time that is left: nothing else counts."""
        watch = self._watches[clock.number]
        if clock.kind is ClockKind.MILESTONE:  # a day goes by whether it runs or not
            return
        ran = sum(counted(burst, clock, since, until) for since, until in watch.ran)
        if watch.runs_since is not None:
            left = counted(burst, clock, watch.runs_since, clock.due_at)
        elif clock.left_for is not None:
            left = _minutes(clock.left_for)
        else:
            return
        assert ran + left == _minutes(clock.total_for), (clock, watch)


def check_steps(decision: Decision, now: datetime) -> None:
    """Every step that the decision fired by itself was due by the policy, and its people had their time."""
    burst = decision.after
    before = {clock.number: clock for clock in decision.before.clocks} if decision.before else {}
    by_itself = {
        (entry.body["clock"], entry.body["step"])
        for entry in decision.entries
        if entry.kind is EntryKind.ESCALATED and entry.actor == SYSTEM
    }
    for clock, fired in _new_steps(before, burst.clocks):
        if (clock.number, fired.step) in by_itself:
            _was_due(burst, clock, fired, now)
            _others_had_their_time(burst, clock, fired)


def _was_due(burst: Burst, clock: ResponseClock, fired: FiredStep, now: datetime) -> None:
    step, before = _step_and_predecessor(burst, clock, fired.step)
    trigger = step.trigger
    if trigger.kind is TriggerKind.FRACTION:
        share = trigger.fraction or 0.0
        wanted = clock.total_for / MINUTE * (share - 1)
        held_for = fired.held_for
        given = counted(burst, clock, clock.due_at, fired.due_at)
    else:
        start, held_for = clock.due_at, fired.held_for
        wait_for = trigger.wait_for
        if trigger.kind is TriggerKind.UNANSWERED:
            assert before is not None
            assert before.answered_at is None
            start, held_for = before.due_at, held_for - before.held_for
            wait_for = wait_for if before.reached else None
        wanted = _length(wait_for)
        given = counted(burst, clock, start, fired.due_at)
    wanted += _minutes(held_for)
    assert abs(given - wanted) <= 1, (step.id, given, wanted)
    assert fired.due_at <= now, "a step before its time"


def _others_had_their_time(burst: Burst, clock: ResponseClock, fired: FiredStep) -> None:
    if not fired.reached:
        return
    for other in clock.fired:
        if other is not fired and other.reached and other.fired_at <= fired.fired_at:
            step, _ = _step_and_predecessor(burst, clock, other.step)
            waited = counted(burst, clock, other.fired_at, fired.fired_at)
            assert waited >= _length(step.answer_for) - 1, "people had no time to answer"


def check_pings(decision: Decision) -> None:
    """Nobody is told about a promise that was kept or void before, and what is told still holds."""
    before = {clock.number: clock for clock in decision.before.clocks} if decision.before else {}
    after = {clock.number: clock for clock in decision.after.clocks}
    for effect in decision.effects:
        if effect.kind is not EffectKind.PING:
            continue
        number = effect.subject.get("clock")
        if isinstance(number, int):
            told = (before.get(number, after[number]), after[number])
            assert any(clock.state is ClockState.ARMED for clock in told), "told about what was over"
            assert after[number].kind is not ClockKind.WORKAROUND, "a target calls nobody"
        assert not is_moot(decision.after, effect.subject), "a ping that is dropped before it is sent"


def counted(burst: Burst, clock: ResponseClock, start: datetime, end: datetime) -> int:
    """Working minutes of the clock's calendar from ``start`` to ``end``, negative backwards; seconds are cut off."""
    if end < start:
        return -counted(burst, clock, end, start)
    spec = burst.policy.calendars[clock.calendar]
    holidays = () if spec.holidays == "run" else spec.holidays
    counter = _counter(spec.zone, tuple(spec.week), frozenset(holidays))
    return counter.between(_minute(start), _minute(end))


@cache
def _counter(zone: str, week: tuple[Hours, ...], holidays: frozenset[date]) -> MinuteCounter:
    return MinuteCounter(zone, week, holidays, _WINDOW_FROM, _WINDOW_MINUTES)


def _minute(at: datetime) -> int:
    return (at - _WINDOW_FROM) // MINUTE


def _minutes(length: timedelta) -> int:
    return round(length / MINUTE)


def _length(length: Duration | None) -> int:
    """Minutes of a step's duration: the ladders of these tests are written in minutes."""
    if length is None:
        return 0
    assert length.elapsed_for is not None
    return _minutes(length.elapsed_for)


def _new_steps(
    before: dict[int, ResponseClock], clocks: Iterable[ResponseClock]
) -> Iterable[tuple[ResponseClock, FiredStep]]:
    for clock in clocks:
        known = before[clock.number].fired if clock.number in before else ()
        known_at = {(fired.step, fired.fired_at) for fired in known}
        yield from ((clock, fired) for fired in clock.fired if (fired.step, fired.fired_at) not in known_at)


def _step_and_predecessor(burst: Burst, clock: ResponseClock, step_id: str) -> tuple[Step, FiredStep | None]:
    steps = burst.policy.steps[ClockKind(clock.kind)]
    position = next(number for number, step in enumerate(steps) if step.id == step_id)
    earlier = steps[position - 1].id if position else ""
    return steps[position], next((fired for fired in clock.fired if fired.step == earlier), None)
