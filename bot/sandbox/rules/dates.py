"""Dates in mrkdwn: ``<!date^timestamp^{tokens}^link|fallback>``.

Source: docs.slack.dev/messaging/formatting-message-text, "Date formatting".
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo

_DATE = re.compile(r"!date\^(?P<timestamp>[0-9]{1,11})\^(?P<format>[^^]+)(?:\^(?P<link>.+))?")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def shown_date(token: str, fallback: str, zone: tzinfo, today: date | None = None) -> str:
    """A date as a reader in `zone` sees it; `token` is what stands before the bar.

    The pretty forms say "today", "yesterday" and "tomorrow" where it is known what `today` is in that zone; else every
    form names its day, so that the same text always reads the same. ``{ago}`` reads as date and time for the same
    reason. What Slack cannot format reads as its `fallback`; one that forgot its fallback reads as the raw token, so
    that it is noticed.
    """
    raw = f"<{token}>"
    found = _DATE.fullmatch(token)
    if found is None:
        return fallback or raw
    at = datetime.fromtimestamp(int(found["timestamp"]), UTC).astimezone(zone)
    unknown = [name for name in re.findall(r"\{(\w*)\}", found["format"]) if name not in _FORMS]
    if unknown or not fallback:
        return fallback or raw
    near = None if today is None else _NEAR.get((at.date() - today).days)
    return re.sub(
        r"\{(\w+)\}",
        lambda name: near if near and name[1].endswith("_pretty") else _FORMS[name[1]](at),
        found["format"],
    )


def _ordinal(day: int) -> str:
    endings = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
    return f"{day}{endings.get(day, 'th')}"


def _number(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _full(at: datetime) -> str:
    return f"{_MONTHS[at.month - 1]} {_ordinal(at.day)}, {at.year}"


def _short(at: datetime) -> str:
    return f"{_MONTHS[at.month - 1][:3]} {at.day}, {at.year}"


def _long(at: datetime) -> str:
    return f"{_DAYS[at.weekday()]}, {_full(at)}"


def _time(at: datetime) -> str:
    return f"{at:%H:%M}"


def _seconds(at: datetime) -> str:
    return f"{at:%H:%M:%S}"


def _moment(at: datetime) -> str:
    return f"{_number(at)} {_time(at)}"


_FORMS: Mapping[str, Callable[[datetime], str]] = {
    "date_num": _number,
    "date": _full,
    "date_pretty": _full,
    "date_short": _short,
    "date_short_pretty": _short,
    "date_long": _long,
    "date_long_pretty": _long,
    "time": _time,
    "time_secs": _seconds,
    "ago": _moment,
}
