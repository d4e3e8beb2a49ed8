"""Lengths of time and moments in plain words, for documents and messages alike."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.taskforce.burst import Burst


def lasting(length: timedelta) -> str:
    """A length of time to two units: "3 h 12 min", "2 d 4 h", "under a minute"; negative lengths count as none."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {left} min" if left else f"{hours} h"
    return f"{left} min"


def worked(length: timedelta) -> str:
    """A length of working time: "27 h 5 min", "under a minute". Its days would be no days of 24 hours."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    hours, left = divmod(minutes, 60)
    return " ".join(f"{amount} {unit}" for amount, unit in ((hours, "h"), (left, "min")) if amount)


def percents(lengths: Iterable[timedelta]) -> tuple[int, ...]:
    """Each length's share of them all in whole per cent, adding up to 100; nothing of nothing is 0.

    What rounding down leaves over goes to those that lost most by it.
    """
    parts = list(lengths)
    whole = sum(parts, timedelta())
    if not whole:
        return (0,) * len(parts)
    down = [100 * part // whole for part in parts]
    by_loss = sorted(range(len(parts)), key=lambda number: -(100 * parts[number] % whole))
    up = set(by_loss[: 100 - sum(down)])
    return tuple(share + (number in up) for number, share in enumerate(down))


def site_zone(burst: Burst) -> ZoneInfo:
    """The time zone of the burst's site: the one its working days are counted in."""
    return ZoneInfo(burst.policy.calendars["business"].zone)


def local_time(at: datetime, zone: ZoneInfo | None = None) -> str:
    """A moment in local time with its zone, "Thu 4 Dec 2026 10:42 GMT"; in UTC without a zone."""
    local = at.astimezone(zone or UTC)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M %Z}"
