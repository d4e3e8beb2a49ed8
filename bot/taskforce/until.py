"""Until when: the moment that a person means by ``2h``, ``3bd``, ``14:30`` or ``2026-12-01 14:30``.

Times of day and dates are the site's own. Minutes and hours pass by the clock on the wall; business
days are the site's. A day without a time lasts until the site's work ends on it.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.errors import Refused
from bot.taskforce.calendar import Calendar
from bot.taskforce.durations import Duration, Unit

ALLOWED = "`2h`, `45m`, `3bd` (business days of the site), `14:30`, `2026-12-01` or `2026-12-01 14:30`"
LONGEST_FOR = timedelta(days=366)

_LENGTH = re.compile(r"([1-9][0-9]{0,4})\s?(m|h|bd)", re.ASCII)
_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"([0-9]{1,2}:[0-9]{2})"
_MOMENT = re.compile(rf"{_DATE}(?:\s+{_TIME})?|{_TIME}", re.ASCII)
_MOST_DAYS = 260  # the working days of a year
_DAY = timedelta(days=1)


def parse_until(written: str, *, now: datetime, calendar: Calendar) -> datetime:
    """The moment that ``written`` means, aware UTC, later than ``now`` by at most a year.

    ``calendar`` is the site's business calendar: its zone and its working days are meant. Raises
    ``Refused`` (field ``until``) with what is allowed, or saying that the moment has passed.
    """
    text = written.strip().lower()
    length, moment = _LENGTH.fullmatch(text), _MOMENT.fullmatch(text)
    if length is not None:
        found = _after(Duration(int(length[1]), Unit(length[2])), now, calendar)
    elif moment is not None:
        found = _local(moment[1], moment[2] or moment[3], now, calendar)
    else:
        raise _refused("bad_until", f"Please say until when as {ALLOWED}.")
    if found <= now:
        raise _refused("past", "That time has passed; give one that lies ahead.")
    if found - now > LONGEST_FOR:
        raise _refused("too_far", "That is more than a year ahead; give an earlier time.")
    return found


def _after(length: Duration, now: datetime, calendar: Calendar) -> datetime:
    if length.elapsed_for is not None:
        return now + length.elapsed_for
    if length.amount > _MOST_DAYS:
        raise _refused("too_far", "That is more than a year ahead; give an earlier time.")
    return calendar.add(now, length)


def _local(written_day: str | None, written_time: str | None, now: datetime, calendar: Calendar) -> datetime:
    try:
        if written_day is None:
            return _next(_time(written_time or ""), now, calendar)
        day = date.fromisoformat(written_day)
        return _on(day, _time(written_time), calendar) if written_time else _end_of_work(day, calendar)
    except (ValueError, OverflowError):
        raise _refused("bad_until", f"There is no such day or time; allowed is {ALLOWED}.") from None


def _time(written: str) -> time:
    hours, minutes = written.split(":")
    return time(int(hours), int(minutes))


def _on(day: date, at: time, calendar: Calendar) -> datetime:
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)


def _next(at: time, now: datetime, calendar: Calendar) -> datetime:
    """The next time the wall clocks of the site show ``at``: today, else tomorrow."""
    today = now.astimezone(calendar.zone).date()
    soon = _on(today, at, calendar)
    return soon if soon > now else _on(today + _DAY, at, calendar)


def _end_of_work(day: date, calendar: Calendar) -> datetime:
    spans = calendar.spans(day)
    return spans[-1][1] if spans else calendar.end_of(day)


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, field="until")
