"""Quiet hours: when a person is not told of what can wait until they end."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

NEVER = "never"
_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)")


def checked_quiet(text: str) -> str:
    """``text`` when it names quiet hours; raises ``ValueError`` for anything else."""
    found = _HOURS.fullmatch(text)
    if text != NEVER and (found is None or found[1] == found[2]):
        raise ValueError(f"found '{text}'; allowed are hours such as 20:00-07:00, or never")
    return text


def quiet_until(hours: str, zone: str, at: datetime) -> datetime | None:
    """When the quiet ``hours`` that hold at ``at`` end, aware UTC and later than ``at``; None outside them.

    ``zone`` is an IANA name. Slack may know one that this machine does not; UTC stands in for it.
    """
    found = _HOURS.fullmatch(hours)
    if found is None:
        return None
    start, end = time.fromisoformat(found[1]), time.fromisoformat(found[2])
    local = at.astimezone(_zone(zone))
    now = local.time()
    quiet = start <= now < end if start < end else now >= start or now < end
    if not quiet:
        return None
    day = local.date() + timedelta(days=1) if now >= end else local.date()
    ends_at = datetime.combine(day, end, local.tzinfo)
    if ends_at.astimezone(UTC) <= at:
        # The clocks were put back: the hour comes twice, and this is the second time.
        ends_at = ends_at.replace(fold=1)
    return ends_at.astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # the last for half a name, which is a folder of the database
        return UTC
