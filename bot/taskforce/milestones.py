"""Milestones: the day by which the work is needed, and the warnings some business days before it."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.calendar import Calendar
from bot.taskforce.durations import Duration
from bot.taskforce.response_clock import ResponseClock, WarningPoint
from bot.taskforce.terms import ClockKind


def day_of(burst: Burst) -> date | None:
    """The day that the burst works towards: needed by, else the stage's next; None in stages without milestones."""
    rule = burst.policy.milestone
    if rule is None or burst.stage not in rule.stages:
        return None
    if burst.needed_on is not None:
        return burst.needed_on
    return burst.milestone.on if burst.milestone is not None else None


def promise(burst: Burst, now: datetime) -> Burst:
    """The burst with a clock to the end of its day, if it has one; at several sites, of the first to end it.

    The clock's promise is the day itself, ISO 8601. Neither pauses nor severities move it.
    """
    day = day_of(burst)
    if day is None:
        return burst
    name, due_at = clocks.end_of_day(burst.policy, day)
    burst, _ = clocks.arm(
        burst, ClockKind.MILESTONE, day.isoformat(), now=now, due_at=due_at, calendar_name=name
    )
    return burst


def warnings(burst: Burst, clock: ResponseClock) -> Mapping[WarningPoint, datetime]:
    """When the owner is warned of a milestone; what lay in the past when it was opened is not made up for."""
    rule, day = burst.policy.milestone, date.fromisoformat(clock.promise)
    calendar = clocks.clock_calendar(burst, clock)
    points = rule.warn_before if rule is not None else ()
    moments = {point: _before(calendar, clock, day, Duration.parse(point)) for point in points}
    return {point: at for point, at in moments.items() if at > clock.armed_at}


def _before(calendar: Calendar, clock: ResponseClock, day: date, length: Duration) -> datetime:
    """Business days before the day when work begins, hours before its end."""
    if length.elapsed_for is None:
        return calendar.opens_before(day, length.amount)
    return calendar.add(clock.due_at, -length.elapsed_for)
