"""The small words of a programme file: identifiers, hours, zones. Their errors say what is allowed."""

import re
from collections.abc import Callable
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator

from bot.programme.nearest import did_you_mean
from bot.programme.quiet import checked_quiet
from bot.taskforce.calendar import Day
from bot.taskforce.policy import check_day

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"\s*(\d\d:\d\d)\s*-\s*(\d\d:\d\d)\s*", re.ASCII)
HOURS_ALLOWED = "hours such as 08:00-17:00, or 08:00-12:00, 13:00-17:00"


def written_as(pattern: str, allowed: str) -> Callable[[str], str]:
    """A check that a text matches ``pattern`` as a whole; otherwise ``ValueError`` says what is allowed."""
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f"found '{text}'; allowed is {allowed}")
        return text

    return check


def parse_hours(text: str) -> Day:
    """The working intervals of one day; raises ``ValueError`` for what is no time."""
    day: list[tuple[str, str]] = []
    for part in text.split(","):
        found = _HOURS.fullmatch(part)
        if found is None:
            raise ValueError(f"found '{text}'; allowed are {HOURS_ALLOWED}")
        day.append((found[1], found[2]))
    return tuple(day)


def parse_days(text: str) -> tuple[int, ...]:
    """The weekdays (0 is Monday) of ``mon`` or ``mon-fri``; raises ``ValueError``."""
    first, dash, last = text.partition("-")
    if first in WEEKDAYS and (not dash or last in WEEKDAYS):
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if start <= end:
            return tuple(range(start, end + 1))
    raise ValueError(f"found '{text}'; allowed is a day ({', '.join(WEEKDAYS)}) or days such as mon-fri")


def _checked_hours(text: str) -> str:
    check_day(parse_hours(text))
    return text


def _checked_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        near = did_you_mean(zone, available_timezones())
        raise ValueError(
            f"found '{zone}'; allowed is an IANA time zone such as Europe/London{near}"
        ) from fault
    return zone


SiteCode: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"[A-Z0-9]{2,6}", "2 to 6 capital letters or digits, such as NGH"))
]
UserId: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"[UW][A-Z0-9]{2,20}", "a Slack user id, such as U01AB2CD3"))
]
ChannelId: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"[CG][A-Z0-9]{2,20}", "a Slack channel id, such as C01AB2CD3"))
]
GroupId: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"S[A-Z0-9]{2,20}", "a Slack user group id, such as S01AB2CD3"))
]
Email: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,60}", "an e-mail address"))
]
PersonKey: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"[a-z][a-z0-9_.-]{0,59}", "a short name in small letters, such as priya"))
]
Hours: TypeAlias = Annotated[str, AfterValidator(_checked_hours)]
QuietHours: TypeAlias = Annotated[str, AfterValidator(checked_quiet)]
Zone: TypeAlias = Annotated[str, AfterValidator(_checked_zone)]
TimeOfDay: TypeAlias = Annotated[
    str, AfterValidator(written_as(r"(?:[01]\d|2[0-3]):[0-5]\d", "a time of day such as 08:00"))
]
