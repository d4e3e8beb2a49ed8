"""Lines that several views share: what a burst is, how it stands, how its clocks stand, who is asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.reports.durations import lasting, site_zone, worked
from bot.reports.labels import Labels
from bot.reports.words import CLOCK, OUTCOME, PAUSE, STATE
from bot.slack.views.parts import inline, person, quote
from bot.slack.views.times import moment, until
from bot.taskforce import ladder
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.durations import Duration
from bot.taskforce.response_clock import ResponseClock, WarningPoint
from bot.taskforce.terms import ENDED, ClockKind, ClockState, State

_RUNNING = frozenset({ClockState.ARMED, ClockState.PAUSED})


def named(burst: Burst) -> str:
    """The key as it starts a message; a drill says so everywhere."""
    return f"DRILL {burst.key}" if burst.drill else burst.key


def headline(burst: Burst) -> str:
    """Key and title, unescaped, for a header of plain text."""
    return f"{named(burst)} · {burst.title}"


def severity_words(burst: Burst, labels: Labels | None = None) -> str:
    """The severity with the two inputs that it follows from; with ``labels``, also with what raised it."""
    reason = (labels or Labels()).severity_reason(burst)
    return f"{burst.severity} {inline(burst.policy.label, 40)} ({inline(reason, 300)})"


def state_words(burst: Burst) -> str:
    """How the burst stands, in words, safe for mrkdwn."""
    if burst.state is State.PAUSED and burst.pause is not None:
        reference = f" ({inline(burst.pause.reference, 80)})" if burst.pause.reference else ""
        until_when = moment(burst.pause.until, site_zone(burst))
        return f"Paused until {until_when} · {PAUSE[burst.pause.reason]}{reference}"
    if burst.state in ENDED and burst.outcome is not None:
        return f"{STATE[burst.state]} · {OUTCOME[burst.outcome]}"
    return STATE[burst.state]


def impact_words(burst: Burst, limit: int) -> str:
    """What people cannot do, as the raiser wrote it; a burst opened by one line may not say yet."""
    said = quote(burst.workflow_impact, limit) if burst.workflow_impact.strip() else "Not said yet."
    return f"*What people cannot do*\n{said}"


def sites_words(burst: Burst, labels: Labels) -> str:
    """The burst's sites, escaped."""
    return inline(", ".join(labels.site(code) for code in burst.sites), 300)


def owner_words(burst: Burst) -> str:
    """Who owns the burst, whether they accepted, and why this person."""
    if burst.owner is None:
        return "Nobody yet"
    accepted = "accepted" if burst.accepted_at is not None else "has not accepted yet"
    why = f" · {inline(burst.owner_reason, 160)}" if burst.owner_reason else ""
    return f"{person(burst.owner)} ({accepted}){why}"


def seat_words(user: str | None) -> str:
    """Who sits in a co-lead's seat."""
    return person(user) if user else "Seat is empty"


def running_clocks(burst: Burst) -> tuple[ResponseClock, ...]:
    """The clocks that run or stand still, the most urgent first."""
    running = (clock for clock in burst.clocks if clock.state in _RUNNING)
    return tuple(sorted(running, key=lambda clock: (clock.state is not ClockState.ARMED, clock.due_at)))


def clock_words(burst: Burst, clock: ResponseClock, now: datetime) -> str:
    """One clock: what is promised, when it is due, how it stands."""
    name = clock_name(burst, clock)
    if clock.state is ClockState.PAUSED:
        rest = f", {worked(clock.left_for)} of working time left" if clock.left_for is not None else ""
        return f"*{name}* · stands still{rest}"
    due = f"due {moment(clock.due_at, site_zone(burst))}"
    ahead = f" ({until(clock.due_at, now)})" if now < clock.due_at else ""
    return f"*{name}* · {due}{ahead} · {_how(clock, now)}{_ended_by(burst, clock)}"


def clock_lines(burst: Burst, shown: Iterable[ResponseClock], now: datetime) -> list[str]:
    """Each clock in a line, with the time at which its ladder climbs next unless somebody does something."""
    return [f"{clock_words(burst, clock, now)}{_climbs(burst, clock, now)}" for clock in shown]


def _climbs(burst: Burst, clock: ResponseClock, now: datetime) -> str:
    step = ladder.next_step(burst, clock, now)
    if step is None or step.not_before <= now or step.not_before == clock.due_at:
        return ""
    return f" · the ladder climbs {moment(step.not_before, site_zone(burst))}"


def kept_words(burst: Burst, clock: ResponseClock, met_at: datetime) -> str:
    """That a clock's promise was kept: what, when, and whether in time."""
    late_for = met_at - clock.due_at
    how = f"{lasting(late_for)} late" if late_for > timedelta() else "in time"
    return f"{CLOCK[clock.kind]} done {moment(met_at, site_zone(burst))}, {how}."


def clock_name(burst: Burst, clock: ResponseClock) -> str:
    """What the clock is called, safe for mrkdwn: a milestone by its name, others by what they are about."""
    name = CLOCK[clock.kind]
    if clock.kind is ClockKind.MILESTONE and burst.milestone is not None:
        return f"{name} {inline(burst.milestone.label, 80)}"
    return name if clock.subject is None else f"{name} {clock.subject}"


def intake_item(burst: Burst) -> ChecklistItem | None:
    """The item of the checklist that asks for what the intake lacked, while it is open."""
    return next((one for one in burst.checklist if one.source == "intake" and one.done_at is None), None)


def opened_at_once(burst: Burst) -> str:
    """The answer to a blocker that was raised in one line: what it became, and what is still to be said."""
    item = intake_item(burst)
    rest = f" Then say there what is missing, and tick item {item.number} of the checklist." if item else ""
    return f"{named(burst)} is open; its channel is being made.{rest}"


def _ended_by(burst: Burst, clock: ResponseClock) -> str:
    item = intake_item(burst) if clock.kind is ClockKind.INTAKE else None
    return f" · ticking item {item.number} of the checklist ends it" if item is not None else ""


def _how(clock: ResponseClock, now: datetime) -> str:
    if now >= clock.due_at:
        return f":red_circle: missed by {lasting(now - clock.due_at)}"
    if clock.warned:
        return f":large_orange_circle: warned {_point(clock.warned[-1])}"
    return ":large_green_circle: on time"


def _point(point: WarningPoint) -> str:
    return f"{inline(Duration.parse(point).words)} before" if isinstance(point, str) else f"at {point:.0%}"


def checklist_count(burst: Burst) -> str:
    """How much of the checklist is done: "3 of 8"."""
    done = sum(item.done_at is not None for item in burst.checklist)
    return f"{done} of {len(burst.checklist)}"
