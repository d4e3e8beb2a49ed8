"""Due times worked out again: from the promise, its start, the calendars and what the log says happened.

Nothing is taken from the rows, and of the log's own due times each is held against the one before
it. So a due time that the row and the log have alike, and wrong, is found as well.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.taskforce import clocks, ladder
from bot.taskforce.auditing.disagreement import Account, Disagreement
from bot.taskforce.calendar import Calendar
from bot.taskforce.decision import Detail, Entry
from bot.taskforce.durations import Duration
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState
from bot.taskforce.told_clocks import Told

# Due at a time that somebody names, which the log then says.
_NAMED = frozenset({ClockKind.PAUSE, ClockKind.DECISION, ClockKind.FOLLOW_UP})
# Whose time the policy gives: another policy gives another.
_BY_POLICY = ladder.PROMISED | {ClockKind.WORKAROUND, ClockKind.INTAKE, ClockKind.STAFFING}


def wrong_due_times(entries: Iterable[Entry], policies: Mapping[str, Policy]) -> Iterator[Disagreement]:
    """Every due time and promise in a whole log that does not follow from what the log says besides.

    ``policies`` are those that the log names, by digest. What an earlier version logged without its
    policy, or without telling a clock whole, is left out.
    """
    account = _Account(policies)
    for entry in entries:
        yield from account.hear(entry)


@dataclass(slots=True)
class _Account:
    policies: Mapping[str, Policy]
    told: Told = field(default_factory=Told)
    known: dict[int, ResponseClock] = field(default_factory=dict)
    policy: Policy | None = None
    needed_on: date | None = None
    bodies: list[Mapping[str, Detail]] = field(default_factory=list)  # of the decision that is being read
    stops: dict[int, list[datetime]] = field(default_factory=dict)  # when each stopped, and ran again

    def hear(self, entry: Entry) -> Iterator[Disagreement]:
        body, before = entry.body, self.policy
        if isinstance(needed := body.get("needed_on"), str):
            self.needed_on = date.fromisoformat(needed)
        self.bodies.append(body)
        if "clocks" not in body and "policy" not in body:
            return
        if "policy" in body:
            self.policy = self.policies.get(str(body["policy"]))
        numbers = self.told.hear(body)
        old = dict(self.known)
        self.known |= {number: clock for number in numbers if (clock := self.told.clock(number))}
        if self.policy is not None:
            for number in self.known if self.policy is not before else numbers:
                if before is None and number in old:
                    continue  # it moved away from a policy that is not known
                yield from self._checked(old.get(number), number, before or self.policy, entry.showed_at)
        for number in numbers:
            self._note_stop(number, entry.showed_at)
        self.bodies.clear()

    def _note_stop(self, number: int, at: datetime) -> None:
        clock, stops = self.known.get(number), self.stops.setdefault(number, [])
        if clock is not None and (clock.state is ClockState.ARMED) == bool(len(stops) % 2):
            stops.append(at)

    def _checked(
        self, old: ResponseClock | None, number: int, before: Policy, at: datetime
    ) -> Iterator[Disagreement]:
        clock, policy = self.known.get(number), self.policy
        if clock is None or policy is None:
            return
        right = self._armed(clock, policy) if old is None else self._moved(old, clock, before, policy, at)
        if clock.due_at not in right:
            told = clock.due_at.isoformat()
            yield Disagreement(number, "due_at", told, min(right).isoformat(), Account.PROMISE)
        is_given = old is None or (policy is not before and old.state in clocks.RUNNING)
        promises = _promises(policy, clock.kind)
        if is_given and promises and clock.promise not in promises:
            yield Disagreement(number, "promise", clock.promise, promises[0], Account.PROMISE)

    def _armed(self, clock: ResponseClock, policy: Policy) -> Collection[datetime]:
        """When a new clock may be due."""
        if clock.kind is ClockKind.MILESTONE:
            return (min(_ends(policy, date.fromisoformat(clock.promise))),)
        length = Duration.parse(clock.promise)
        if clock.kind is ClockKind.PRIVACY and length.elapsed_for is not None:
            return (clock.armed_at + length.elapsed_for,)
        promised = self._promised(clock, policy)
        return (promised, *self._named(policy)) if clock.kind in _NAMED else (promised,)

    def _moved(
        self, old: ResponseClock, clock: ResponseClock, before: Policy, policy: Policy, at: datetime
    ) -> Collection[datetime]:
        """When a known clock may be due after what happened ``at`` that moment."""
        if clock.kind is ClockKind.MILESTONE:
            return (old.due_at,)
        due_at, left_for = old.due_at, old.left_for
        runs_again = old.state not in clocks.RUNNING and clock.state in clocks.RUNNING
        if runs_again and left_for is not None:
            due_at = _later(clocks.calendar(policy, old.calendar), due_at, at, left_for)
        is_given = policy is not before and clock.state in clocks.RUNNING
        if clock.kind in _BY_POLICY and (is_given or clock.promise != old.promise):
            # As if the new promise had held from the start, later by the time for which the clock stood still.
            stops = [*self.stops[clock.number], *((at,) if runs_again else ())]
            spans = list(zip(stops[::2], stops[1::2], strict=False))
            if len(spans) > sum(one.until is not None for one in clock.stood):
                return (clock.due_at,)  # an earlier version told no standstills: by how much is not known
            calendar = clocks.calendar(policy, clock.calendar)
            stood_for = sum((calendar.between(*span) for span in spans), timedelta())
            due_at = calendar.add(self._promised(clock, policy), stood_for)
            if old.paused_at is not None:
                left_for = calendar.between(old.paused_at, due_at)
        if old.state is ClockState.PAUSED and clock.state is ClockState.ARMED and left_for is not None:
            due_at = _later(clocks.calendar(policy, clock.calendar), due_at, at, left_for)
        return (due_at, *self._named(policy))

    def _promised(self, clock: ResponseClock, policy: Policy) -> datetime:
        """The end of the promise at the site where it ends first, or of the needed-by day if that is earlier."""
        length = Duration.parse(clock.promise)
        names = policy.everywhere(policy.calendar)
        ends = [clocks.calendar(policy, name).add(clock.armed_at, length) for name in names]
        if clock.kind is ClockKind.RESOLVE and self.needed_on is not None:
            ends += _ends(policy, self.needed_on)
        return min(ends)

    def _named(self, policy: Policy) -> list[datetime]:
        """The times that the decision's entries name: a time until which, or the end of a day by which."""
        found: list[datetime] = []
        for value in (value for body in self.bodies for value in body.values() if isinstance(value, str)):
            with suppress(ValueError):
                found += _ends(policy, date.fromisoformat(value))
                continue
            with suppress(ValueError):
                moment = datetime.fromisoformat(value)
                found += [moment] if moment.tzinfo else []
        return found


def _later(calendar: Calendar, due_at: datetime, at: datetime, left_for: timedelta) -> datetime:
    """When a clock with ``left_for`` is due that runs again ``at`` that moment: later by the time it stood still."""
    return calendar.add(due_at, left_for - calendar.between(at, due_at))


def _ends(policy: Policy, day: date) -> list[datetime]:
    return [clocks.calendar(policy, name).end_of(day) for name in policy.everywhere("business")]


def _promises(policy: Policy, kind: ClockKind) -> tuple[str, ...]:
    """The durations that the policy promises for this kind; empty where clocks of it borrow theirs."""
    match kind:
        case ClockKind.ACCEPT:
            return (policy.accept,)
        case ClockKind.UPDATE:
            stretched = policy.update_every_after_workaround
            return (policy.first_update, policy.update_every, *((stretched,) if stretched else ()))
        case ClockKind.RESOLVE:
            return (policy.resolve,)
        case ClockKind.WORKAROUND:
            return (policy.workaround,) if policy.workaround else ()
        case _:
            return ()
