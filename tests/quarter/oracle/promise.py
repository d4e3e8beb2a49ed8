"""A promise that runs: what of it is used, when it is due, and when the steps of its ladder come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from tests.quarter.oracle.book import Step, Terms
from tests.quarter.oracle.minutes import Minutes

LADDERED = ("accept", "update", "resolve")
# A step that comes later than this after its moment is late: it waits for everybody who was asked.
PUNCTUAL = timedelta(minutes=1)


@dataclass
class Fired:
    """A step that fired: when it was due, when it did, whom it reached.

    ``answers`` has those who answered, and whether by taking it up; ``held`` are the seconds for which the
    ladder had been held until then; ``said`` is when it was said last. ``is_of_ladder`` says whether the ladder that
    holds has it.
    """

    step: Step
    due: datetime
    at: datetime
    reached: tuple[str, ...]
    held: int
    said: datetime
    answers: dict[str, bool] = field(default_factory=dict)
    answered: dict[str, datetime] = field(default_factory=dict)
    is_of_ladder: bool = True

    @property
    def silent(self) -> list[str]:
        """Those who were asked and have not answered."""
        return [user for user in self.reached if user not in self.answers]

    @property
    def is_answered(self) -> bool:
        """Whether it counts as answered: by one of them, or by all where all must."""
        return bool(self.reached) and (not self.silent if self.step.needs_all else bool(self.answers))

    def answer(self, user: str, now: datetime, *, by_take_up: bool = False) -> None:
        """Somebody answers, if they were asked; the first answer of each counts."""
        if user in self.reached:
            self.answered.setdefault(user, now)
            self.answers[user] = self.answers.get(user, True) and by_take_up


@dataclass(frozen=True)
class Aside:
    """What had been told of a promise when other terms set it aside ``at`` that time."""

    at: datetime
    missed: datetime | None
    warned: frozenset[str]
    fired: tuple[Fired, ...]


@dataclass
class Promise:
    """One clock of a burst.

    ``length`` is its working seconds on ``table``, the minutes of the site where it is due first;
    ``fixed_due`` when those are over if it never stands still; ``points`` are moments of warning that nothing
    moves. It stood still in the times ``stood``, and stands still since ``stopped``;
    its ladder was held for ``held_before``, and is held since ``held_since``. ``aside`` has what was told of it
    when it was due at other times, for when it is due then again.
    """

    number: int
    kind: str
    armed: datetime
    promise: str
    table: Minutes
    length: int
    fixed_due: datetime
    points: dict[str, datetime] = field(default_factory=dict)
    is_running: bool = True
    is_first: bool = False
    is_silent: bool = False  # what its end told has nothing to say any more
    silenced: list[datetime] = field(default_factory=list)  # since when it has not
    stopped: datetime | None = None
    stood: list[tuple[datetime, datetime]] = field(default_factory=list)
    ended: list[datetime] = field(default_factory=list)  # when what was told of it was over
    revived: dict[datetime, datetime] = field(
        default_factory=dict
    )  # when that held again, by when it was over
    held_since: datetime | None = None
    held_before: int = 0
    missed: datetime | None = None
    warned: set[str] = field(default_factory=set)
    fired: list[Fired] = field(default_factory=list)
    aside: dict[datetime, Aside] = field(default_factory=dict)

    @property
    def is_armed(self) -> bool:
        """Whether it can ring."""
        return self.is_running and self.stopped is None

    @property
    def was_told(self) -> bool:
        """Whether anybody has heard of it."""
        return bool(self.warned or self.fired) or self.missed is not None

    @property
    def stood_for(self) -> int:
        """The seconds for which it stood still, of the minutes that count now."""
        return sum(self.table.between(since, until) for since, until in self.stood)

    @property
    def due(self) -> datetime:
        """When it is due: later by the working time for which it stood still, before that or after; a day stays."""
        if self.kind == "milestone":
            return self.fixed_due
        return self.table.after(self.fixed_due, self.stood_for)

    def used(self, seconds: int) -> datetime:
        """When so many working seconds of the promise are used; time in which it stood still counts for nothing."""
        return self.table.moment(self.table.seconds(self.armed) + seconds + self.stood_for)

    def share(self, share: Fraction) -> datetime:
        """When a share of the whole promise is used; above 1 it lies after the due time.

        A promise in which nobody works (needed by Sunday, on Friday night) has no shares but its end.
        """
        return self.used(int(self.length * share)) if self.length else self.due

    def held(self, now: datetime) -> int:
        """The working seconds for which the ladder was held until now."""
        held = self.table.between(self.held_since, now) if self.held_since is not None else 0
        return self.held_before + held

    def hold(self, now: datetime) -> None:
        """Somebody looks after it: the ladder stands."""
        self.held_since = now

    def release(self, now: datetime) -> None:
        """The ladder goes on."""
        self.held_before, self.held_since = self.held(now), None

    def stop(self, now: datetime) -> None:
        """It stands still from now on; there is nothing to hold any more."""
        self.release(now)
        self.stopped = now

    def go_on(self, now: datetime) -> None:
        """It runs again, where it stood: nobody's time to answer has passed meanwhile."""
        if not self.is_running:
            self.aside.clear()  # it was kept
        self.is_running = True
        if self.stopped is not None:
            stood = self.table.between(self.stopped, now)
            self.stood.append((self.stopped, now))
            self.stopped = None
            for fired in self.fired:
                fired.due = self.table.after(fired.due, stood)

    def set_aside(self, now: datetime) -> None:
        """Remember what was told of it as it is due now: it will be due at another time."""
        if self.was_told:
            self.aside[self.due] = Aside(now, self.missed, frozenset(self.warned), tuple(self.fired))

    @property
    def asked(self) -> list[Fired]:
        """Every step that fired, and those that were set aside."""
        return [*self.fired, *(one for aside in self.aside.values() for one in aside.fired)]

    def as_told(self, steps: list[Step], now: datetime) -> None:
        """If it was due at this time before, what was told of it then counts, and reaches whom it had not reached."""
        known = self.aside.pop(self.due, None)
        if known is not None:
            self.revived[known.at] = now
            self.missed = self.missed or known.missed
            self.warned |= known.warned
            fired = {one.step.name: one for one in (*known.fired, *self.fired)}
            self.fired = [fired[step.name] for step in steps if step.name in fired]
            self.climb(steps)

    def climb(self, steps: list[Step]) -> None:
        """What fired is judged by this ladder; of what it has not, nothing follows."""
        named = {step.name: step for step in steps}
        for one in self.fired:
            one.is_of_ladder = one.step.name in named
            one.step = named.get(one.step.name, one.step)

    def over(self, now: datetime) -> None:
        """It is kept, or nobody has to keep it any more."""
        self.release(now)
        self.stopped = self.stopped or now
        self.is_running = False
        self.ended.append(now)

    def warnings(self, terms: Terms) -> dict[str, datetime]:
        """The moments at which its owner is warned, by what is written for them."""
        if self.kind in LADDERED:
            return {f"{round(share * 100)}%": self.share(share) for share in terms.warn_at}
        return self.points

    def steps(self, terms: Terms) -> list[Step]:
        """The ladder that it climbs."""
        return [step for step in terms.ladder if step.clock == self.kind]


def next_step(clock: Promise, terms: Terms, now: datetime) -> tuple[datetime, Step] | None:
    """The step whose moment is the earliest among those still to fire, as it looks at ``now``."""
    if not clock.is_armed or clock.held_since is not None or clock.kind not in LADDERED:
        return None
    steps = clock.steps(terms)
    coming = [
        (due, number)
        for number, step in enumerate(steps)
        if all(fired.step.name != step.name for fired in clock.fired)
        and (due := step_due(clock, steps, number, now)) is not None
    ]
    if not coming:
        return None
    due, number = min(coming)
    return due, steps[number]


def step_due(clock: Promise, steps: list[Step], number: int, now: datetime) -> datetime | None:
    """When a step comes, with the time for which the ladder was held; None when it does not come."""
    how, _, length = steps[number].at.partition(" ")
    held = clock.held(now)
    if how == "fraction":
        share = Fraction(length)
        if share < 1 and now >= clock.due:
            return None  # it speaks of time that is left
        return clock.table.after(clock.share(share), held)
    if how == "unanswered":
        asking = [step.name for step in steps[:number] if step.notify]
        before = next((one for one in clock.fired if asking and one.step.name == asking[-1]), None)
        if before is None or before.is_answered:
            return None
        due = clock.table.add(before.due, length) if before.reached else before.due
        return clock.table.after(due, held - before.held)
    late = how.removeprefix("due").removeprefix("+")
    due = clock.table.add(clock.due, late) if late else clock.due
    return clock.table.after(due, held)


def gates(clock: Promise) -> list[datetime]:
    """Until when the people of its steps have time to answer; in that time no other step of it fires."""
    asked = [fired for fired in clock.fired if fired.reached and fired.is_of_ladder]
    return [clock.table.add(fired.at, fired.step.answer_within) for fired in asked]


def next_repeat(clock: Promise, now: datetime) -> tuple[datetime, Fired, int] | None:
    """What is to be said again next: when, of which step, for the how-manyth time."""
    if not clock.is_armed or clock.held_since is not None:
        return None
    coming = [(at, fired, number) for fired in clock.fired for at, number in _repeats(clock, fired, now)]
    return min(coming, key=lambda one: one[0], default=None)


def _repeats(clock: Promise, fired: Fired, now: datetime) -> list[tuple[datetime, int]]:
    """The next time at which a step is said again; of those that were slept through, the latest alone."""
    how, _, share = fired.step.at.partition(" ")
    speaks_of_time_left = how == "fraction" and Fraction(share) < 1 and now >= clock.due
    is_over = fired.is_answered or not fired.is_of_ladder or speaks_of_time_left
    if not fired.step.every or not fired.reached or is_over:
        return []
    earliest = clock.table.add(fired.said, fired.step.every) - PUNCTUAL
    times, at = [], fired.due
    for number in range(1, fired.step.times + 1):
        at = clock.table.add(at, fired.step.every)
        due = clock.table.after(at, clock.held(now) - fired.held)
        if due >= earliest:
            times.append((due, number))
    passed = [one for one in times if one[0] <= now]
    return passed[-1:] or times[:1]
