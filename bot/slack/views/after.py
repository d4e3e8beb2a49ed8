"""What the one who ran a command hears when it is done: short, since the burst's channel shows the change."""

from datetime import datetime

from bot.reports.durations import site_zone
from bot.reports.extensions import ended_words
from bot.reports.words import CLOCK
from bot.slack.views.parts import Rendered, inline, section
from bot.slack.views.standing import named, running_clocks
from bot.slack.views.times import brief_time, moment, until
from bot.taskforce import targets
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState


def done(burst: Burst, words: str, *, now: datetime) -> Rendered:
    """``words`` say what was done; what is promised next, and by when, follows by itself."""
    running = (clock for clock in running_clocks(burst) if clock.state is ClockState.ARMED)
    promised = next(running, None)
    start = f"{named(burst)} · {inline(words, 400)}"
    if promised is None:
        return Rendered(text=start, blocks=[section(start)])
    return Rendered(
        text=f"{start} {CLOCK[promised.kind]} {_by(promised, now)} {brief_time(promised.due_at, now, site_zone(burst))}.",
        blocks=[section(f"{start}\n{_next(burst, promised, now)}")],
    )


def severity_changed(before: Burst, after: Burst) -> str:
    """The severity that a burst has now, and the extensions that ended with the one before."""
    now = f"It is {after.severity} now."
    if after.severity is before.severity:
        return now
    ended = ended_words(after, ((clock.kind, clock.due_at) for clock in targets.extended(before)))
    return f"{now} {ended[0].upper()}{ended[1:]}." if ended else now


def _next(burst: Burst, promised: ResponseClock, now: datetime) -> str:
    due = moment(promised.due_at, site_zone(burst))
    return f"*{CLOCK[promised.kind]}* {_by(promised, now)} {due} ({until(promised.due_at, now)})."


def _by(promised: ResponseClock, now: datetime) -> str:
    if now >= promised.due_at:
        return "was due"
    return "is" if promised.kind is ClockKind.PAUSE else "by"
