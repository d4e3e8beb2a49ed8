"""More time that was given: how often, and how much in all."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.reports.durations import local_time, site_zone, worked
from bot.reports.words import CLOCK
from bot.taskforce.burst import Burst
from bot.taskforce.terms import ClockKind


def extended_words(burst: Burst, kind: ClockKind) -> str:
    """How often promises of this kind were extended, and by how much working time in all; empty when never."""
    given = [extension.added_for for extension in burst.extensions if extension.kind is kind]
    if not given:
        return ""
    often = "once" if len(given) == 1 else f"{len(given)} times"
    return f"extended {often}, by {worked(sum(given, timedelta()))} of working time"


def extended_lines(burst: Burst) -> list[str]:
    """The same of every kind that was extended, a line each, with what it is called."""
    kinds = dict.fromkeys(extension.kind for extension in burst.extensions)
    return [f"{CLOCK[kind]}: {extended_words(burst, kind)}" for kind in kinds]


def ended_words(burst: Burst, ended: Iterable[tuple[ClockKind, datetime]]) -> str:
    """Which extensions, each to its time (aware UTC), a change of severity has ended; empty without any."""
    zone = site_zone(burst)
    named = [f"{CLOCK[kind].lower()} to {local_time(until, zone)}" for kind, until in ended]
    return f"no longer extended: {', '.join(named)}" if named else ""
