"""A burst as the oracle keeps it: its seats, its promises, and what they are when something changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from tests.quarter.oracle.book import Terms
from tests.quarter.oracle.promise import Promise, step_due

BEGINNING = datetime.min.replace(tzinfo=UTC)
LIVE = ("open", "accepted", "working", "paused")
UNDER_WAY = (*LIVE, "resolved")
# The clocks whose time the severity gives.
BY_SEVERITY = ("accept", "update", "resolve", "workaround", "intake", "staffing")


@dataclass
class Burst:
    """Everything about one burst on which its promises, and whom they reach, depend."""

    number: int
    family: str
    sites: tuple[str, ...]
    stage: str
    severity: str
    level: tuple[int, int]
    stream: str
    private: bool
    raiser: str
    terms: Terms
    opened: datetime
    needed_on: date | None
    workaround: str
    owner: str | None = None
    owner_role: str = ""
    clinical: str | None = None
    technical: str | None = None
    # Whoever takes part, with the role that brought them, if one did; and the roles of the technical side.
    members: dict[str, str] = field(default_factory=dict)
    technical_roles: frozenset[str] = frozenset()
    vendors: tuple[str, ...] = ()
    state: str = "open"
    is_accepted: bool = False
    said: set[str] = field(default_factory=set)
    declined: set[str] = field(default_factory=set)
    taken_by: str | None = None
    evidence: set[int] = field(default_factory=set)
    signed: dict[str, str] = field(default_factory=dict)
    raiser_said: bool = False
    clocks: list[Promise] = field(default_factory=list)
    seen: datetime = BEGINNING

    @property
    def is_live(self) -> bool:
        """Whether work on it goes on."""
        return self.state in LIVE

    def running(self, kind: str) -> Promise | None:
        """The clock of a kind that runs or is paused."""
        return next((clock for clock in self.clocks if clock.kind == kind and clock.is_running), None)

    def arm(
        self, kind: str, promise: str, now: datetime, due: datetime | None = None, **more: Any
    ) -> Promise:
        """A new clock, at the site where its promise is used up first; due then, or at ``due``."""
        first, table = self.terms.strictest(now, promise)
        due = first if due is None else due
        length = table.between(now, due)
        clock = Promise(len(self.clocks) + 1, kind, now, promise, table, length, due, **more)
        self.clocks.append(clock)
        return clock

    def end(self, now: datetime, *kinds: str) -> None:
        """Whatever runs of these kinds is over."""
        for clock in self.clocks:
            if clock.kind in kinds and clock.is_running:
                clock.over(now)

    def arm_resolve(self, now: datetime) -> None:
        """The resolve clock: a needed-by date makes it due earlier, never later."""
        self.arm("resolve", self.terms.resolve, now, self.resolve_due(now))

    def resolve_due(self, armed: datetime) -> datetime:
        """When it is to be resolved if it never stands still."""
        due, _ = self.terms.strictest(armed, self.terms.resolve)
        if self.needed_on is None:
            return due
        day = self.needed_on
        return min(due, *(table.day_ends(day) for table in self.terms.business))

    def expect_news(self, now: datetime, *, first: bool = False) -> None:
        """Another update is promised."""
        self.end(now, "update")
        self.arm("update", self.terms.update(self.workaround, first=first), now, is_first=first)

    def aim(self, now: datetime, since: datetime) -> None:
        """The target for a workaround: met while one stands, else running, from where it stood or from ``since``."""
        known = [clock for clock in self.clocks if clock.kind == "workaround"]
        if self.workaround != "none":
            self.end(now, "workaround")
        elif self.terms.workaround and self.running("workaround") is None:
            if not known:
                self.arm("workaround", self.terms.workaround, since)
            else:
                known[-1].go_on(now)
                self._as_if_always(known[-1], now)

    def work_towards(self, day: date, warn_before: Sequence[str], now: datetime) -> None:
        """A milestone: the end of a day, at the site where it ends first."""
        due, number = min((table.day_ends(day), number) for number, table in enumerate(self.terms.business))
        table = self.terms.business[number]
        moments = {point: table.opens_before(day, int(point.removesuffix("bd"))) for point in warn_before}
        clock = Promise(len(self.clocks) + 1, "milestone", now, "", table, table.between(now, due), due)
        clock.points = {point: at for point, at in moments.items() if at > now}
        self.clocks.append(clock)

    def retarget(self, terms: Terms, now: datetime) -> None:
        """Other terms: each clock is due when it would have been under them from the start, later by its stops.

        What was done counts as long as its moment still lies in the past.
        """
        self.terms = terms
        if not terms.workaround:
            self.end(now, "workaround")
        for clock in self.clocks:
            if clock.is_running and clock.kind in BY_SEVERITY:
                self._as_if_always(clock, now)
        self.aim(now, self.opened)

    def _as_if_always(self, clock: Promise, now: datetime) -> None:
        terms, before = self.terms, replace(clock)
        clock.promise = {
            "resolve": terms.resolve,
            "workaround": terms.workaround,
            "update": terms.update(self.workaround, first=clock.is_first),
        }.get(clock.kind, terms.accept)
        due, clock.table = terms.strictest(clock.armed, clock.promise)
        clock.fixed_due = self.resolve_due(clock.armed) if clock.kind == "resolve" else due
        clock.length = clock.table.between(clock.armed, clock.fixed_due)
        if clock.due == before.due:
            clock.climb(clock.steps(terms))
            return
        self._still_past(clock, now)
        before.set_aside(now)
        clock.as_told(clock.steps(terms), now)

    def _still_past(self, clock: Promise, now: datetime) -> None:
        was_told = clock.was_told
        if clock.due > now:
            clock.missed = None
        clock.warned = {
            point for point in clock.warned if clock.share(Fraction(int(point.removesuffix("%")), 100)) <= now
        }
        fired, clock.fired = clock.fired, []
        steps = clock.steps(self.terms)
        for number, step in enumerate(steps):
            known = next((one for one in fired if one.step.name == step.name), None)
            if known is None:
                continue
            due = step_due(clock, steps, number, clock.armed)
            if due is not None and due <= now:
                known.step = step
                clock.fired.append(known)
        if was_told and not clock.was_told:
            clock.ended.append(now)  # what was told of it is still to come now


def is_leading(burst: Burst, user: str) -> bool:
    """Whether somebody is the owner or a co-lead."""
    return user in (burst.owner, burst.clinical, burst.technical)
