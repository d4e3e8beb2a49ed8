"""Response clocks: how a promise is armed, kept, paused, moved, and when it next needs attention.

Every function takes a burst and returns the next one; clocks are numbered within their burst and
never leave it, so that promises kept and missed can be counted later. ``wake_at`` is not set here
but by ``ladder.with_wakes``, after everything else is decided.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.taskforce.burst import Burst
from bot.taskforce.calendar import Calendar
from bot.taskforce.durations import Duration
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock, Standstill
from bot.taskforce.terms import ClockKind, ClockState

RUNNING = frozenset({ClockState.ARMED, ClockState.PAUSED})
# Clocks that may go on after they stopped, and for which the time between does not count.
_GO_ON = frozenset({ClockKind.RESOLVE, ClockKind.WORKAROUND})


def calendar(policy: Policy, name: str) -> Calendar:
    """The calendar called ``name`` that is frozen with the policy."""
    return policy.calendars[name].calendar


def clock_calendar(burst: Burst, clock: ResponseClock) -> Calendar:
    """The calendar that the clock runs on."""
    return calendar(burst.policy, clock.calendar)


def by_number(burst: Burst, number: int) -> ResponseClock:
    """The clock with this number; raises ``LookupError`` when the burst has none."""
    for clock in burst.clocks:
        if clock.number == number:
            return clock
    raise LookupError(f"{burst.key} has no clock {number}")


def running(burst: Burst, kind: ClockKind, subject: int | None = None) -> ResponseClock | None:
    """The clock of this kind (and subject) that is armed or paused, if there is one."""
    return next(
        (
            clock
            for clock in burst.clocks
            if clock.kind is kind and clock.subject == subject and clock.state in RUNNING
        ),
        None,
    )


def current(burst: Burst, kind: ClockKind) -> ResponseClock:
    """The running clock of a kind that a burst in this state always has; ``LookupError`` without one."""
    clock = running(burst, kind)
    if clock is None:
        raise LookupError(f"{burst.key} has no running {kind} clock")
    return clock


def latest(burst: Burst, kind: ClockKind) -> ResponseClock | None:
    """The latest clock of this kind, whatever became of it; None when there was none."""
    return next((clock for clock in reversed(burst.clocks) if clock.kind is kind), None)


def last(burst: Burst, kind: ClockKind) -> ResponseClock:
    """The latest clock of a kind that every burst has; raises ``LookupError`` when there was none."""
    clock = latest(burst, kind)
    if clock is None:
        raise LookupError(f"{burst.key} never had a {kind} clock")
    return clock


def promise_for(policy: Policy, kind: ClockKind, *, first: bool = False, workaround: str = "none") -> str:
    """How long a clock of ``kind`` runs; kinds without a promise of their own borrow the one to accept."""
    return policy.promise(kind, first=first, workaround=workaround) or policy.accept


def arm(
    burst: Burst,
    kind: ClockKind,
    promise: str,
    *,
    now: datetime,
    due_at: datetime | None = None,
    calendar_name: str | None = None,
    subject: int | None = None,
) -> tuple[Burst, ResponseClock]:
    """A new clock of ``kind`` from ``now``, due when ``promise`` is used up, or at ``due_at`` if given.

    It runs on the calendar of the site where the promise is used up first, unless another is named.
    """
    if due_at is not None and calendar_name is not None:
        name, due = calendar_name, due_at
    else:
        name, due = strictest(burst.policy, now, promise)
        due = due_at or due
    clock = ResponseClock(
        number=len(burst.clocks) + 1,
        kind=kind,
        state=ClockState.ARMED,
        promise=promise,
        calendar=name,
        armed_at=now,
        due_at=due,
        wake_at=None,
        subject=subject,
        total_for=calendar(burst.policy, name).between(now, due),
    )
    return burst.having(clocks=(*burst.clocks, clock)), clock


def strictest(policy: Policy, start: datetime, promise: str) -> tuple[str, datetime]:
    """On which site's calendar ``promise`` from ``start`` is due first, and when; the first site's among equals."""
    length = Duration.parse(promise)
    names = policy.everywhere(policy.calendar)
    return min(((name, calendar(policy, name).add(start, length)) for name in names), key=lambda due: due[1])


def resolve_due(policy: Policy, start: datetime, needed_on: date | None) -> datetime:
    """When the resolve clock is due: the policy's promise, or the end of the needed-by day if earlier."""
    _, due = strictest(policy, start, policy.resolve)
    return due if needed_on is None else min(due, end_of_day(policy, needed_on)[1])


def grace_end(policy: Policy, start: datetime) -> datetime:
    """When a channel whose grace begins at ``start`` is archived: hours by the wall, business days the site's."""
    grace = Duration.parse(policy.grace)
    if grace.elapsed_for is not None:
        return start + grace.elapsed_for
    return calendar(policy, "business").add(start, grace)


def end_of_day(policy: Policy, day: date) -> tuple[str, datetime]:
    """The calendar of the site where ``day`` is over first, and when that is; the first site's among equals."""
    ends = ((name, calendar(policy, name).end_of(day)) for name in policy.everywhere("business"))
    return min(ends, key=lambda end: end[1])


def put(burst: Burst, clock: ResponseClock) -> Burst:
    """The burst with this clock in place of the one with the same number."""
    return burst.having(clocks=tuple(clock if old.number == clock.number else old for old in burst.clocks))


def meet(burst: Burst, clock: ResponseClock, now: datetime) -> Burst:
    """The promise is kept."""
    return put(burst, replace(_stopped(burst, clock, now), state=ClockState.MET, met_at=now))


def disarm(burst: Burst, clock: ResponseClock, now: datetime) -> Burst:
    """The promise is void: nobody has to keep it any more."""
    return put(burst, replace(_stopped(burst, clock, now), state=ClockState.DISARMED))


def disarm_kinds(burst: Burst, *kinds: ClockKind, now: datetime) -> Burst:
    """Disarm every running clock of these kinds."""
    for clock in burst.clocks:
        if clock.kind in kinds and clock.state in RUNNING:
            burst = disarm(burst, clock, now)
    return burst


def pause(burst: Burst, clock: ResponseClock, now: datetime) -> Burst:
    """The clock stands still from ``now``, keeping what is left of it; nothing needs to hold its ladder."""
    return put(burst, replace(_stopped(burst, clock, now), state=ClockState.PAUSED, paused_at=now))


def left(burst: Burst, clock: ResponseClock, now: datetime) -> timedelta:
    """The working time until the clock is due; negative when it is late."""
    return clock_calendar(burst, clock).between(now, clock.due_at)


def released(burst: Burst, clock: ResponseClock, now: datetime) -> ResponseClock:
    """The clock without a hold on its ladder; the working time it was held is remembered."""
    if clock.held_since is None:
        return clock
    held_for = clock_calendar(burst, clock).between(clock.held_since, now)
    # Nothing was held when the clock was set back behind the moment at which it began.
    return replace(clock, held_since=None, held_for=clock.held_for + max(held_for, timedelta()))


def _stopped(burst: Burst, clock: ResponseClock, now: datetime) -> ResponseClock:
    """The clock as it stands when it stops: what is left is remembered, in case it runs again."""
    left_for = clock.left_for if clock.state is ClockState.PAUSED else left(burst, clock, now)
    stood = clock.stood
    if clock.kind in _GO_ON and clock.state is ClockState.ARMED:
        stood = (*stood, Standstill(now))
    return replace(released(burst, clock, now), left_for=left_for, paused_at=None, stood=stood)


def run_again(burst: Burst, clock: ResponseClock, now: datetime) -> Burst:
    """A clock that stopped goes on where it stood, its ladder too; a milestone stays where it is."""
    working = clock_calendar(burst, clock)
    still_left = left(burst, clock, now)
    is_day = clock.kind is ClockKind.MILESTONE
    stood_for = timedelta() if is_day or clock.left_for is None else clock.left_for - still_left
    return put(
        burst,
        replace(
            clock,
            state=ClockState.ARMED,
            due_at=working.add(clock.due_at, stood_for),
            fired=tuple(replace(step, due_at=working.add(step.due_at, stood_for)) for step in clock.fired),
            left_for=None,
            stood=tuple(one if one.until else replace(one, until=now) for one in clock.stood),
            set_aside=clock.set_aside if clock.state is ClockState.PAUSED else (),
            paused_at=None,
            met_at=None,
        ),
    )


def stood_for(clock: ResponseClock, calendar: Calendar) -> timedelta:
    """The working time of ``calendar`` for which the clock stood still, without a standstill that lasts."""
    spans = (calendar.between(one.since, one.until) for one in clock.stood if one.until is not None)
    return sum(spans, timedelta())


def restart_update(burst: Burst, now: datetime) -> Burst:
    """A substantive update is there: its clock is met and the next one runs."""
    burst = meet(burst, current(burst, ClockKind.UPDATE), now)
    promise = promise_for(burst.policy, ClockKind.UPDATE, workaround=burst.workaround)
    return arm(burst, ClockKind.UPDATE, promise, now=now)[0]


def share_at(burst: Burst, clock: ResponseClock, share: float) -> datetime:
    """When ``share`` of the clock's working time is used; above 1 it lies after the due time.

    A share that is used up exactly when work ends is used at that end, not when work begins again.
    """
    working = clock_calendar(burst, clock)
    if share > 1 or not clock.total_for:
        return working.add(clock.due_at, clock.total_for * max(share - 1, 0))
    return working.add(working.add(clock.due_at, -clock.total_for), clock.total_for * share)
