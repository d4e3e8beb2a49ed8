"""Working time: when a promise's clock runs.

An instant is working time when the local wall clock of the calendar's zone lies inside one of the
day's intervals and the day is no holiday. So an interval that the clocks jump over in spring counts
less, and one that they repeat in autumn counts twice. Everything in and out is aware UTC.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.taskforce.durations import Duration

Span = tuple[datetime, datetime]
Interval: TypeAlias = tuple[str, str]
Day: TypeAlias = tuple[Interval, ...]
Holidays: TypeAlias = tuple[date, ...] | Literal["run"]
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta()
_ALL_DAY = ((0, 24 * 60),)


class Week:
    """The working spans of one local week, in UTC and in order, and their sum: whole weeks are passed at once."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        lengths = [closes - opens for opens, closes in spans]
        self._opens = [opens for opens, _ in spans]
        self._closes = [closes for _, closes in spans]
        # The working time up to the end of each span, and up to its beginning.
        self._by_end = [*accumulate(lengths)]
        self._by_start = [_NOTHING, *self._by_end][: len(spans)]
        self.worked = sum(lengths, _NOTHING)

    def worked_before(self, moment: datetime) -> timedelta:
        """The working time of the week that lies before ``moment``."""
        place = bisect_right(self._closes, moment)
        if place == len(self._closes):
            return self.worked
        return self._by_start[place] + max(moment - self._opens[place], _NOTHING)

    def after(self, left: timedelta) -> datetime:
        """When ``left`` of the week's time has passed: above nothing, and no more than ``worked``."""
        place = bisect_left(self._by_end, left)
        return self._opens[place] + (left - self._by_start[place])

    def before_its_end(self, left: timedelta) -> datetime:
        """When ``left`` of the week's time is still to come: above nothing, and no more than ``worked``."""
        passed = self.worked - left
        place = bisect_right(self._by_start, passed) - 1
        return self._opens[place] + (passed - self._by_start[place])


class Calendar:
    """The working time of one site: add durations to an instant, measure between two.

    ``week`` and ``holidays`` as in a frozen ``CalendarSpec``, which knows its calendar: equal ones share
    one, and with it the spans of the weeks that were looked at already.
    """

    def __init__(self, zone: str, week: tuple[Day, ...], holidays: Holidays) -> None:
        self.zone = ZoneInfo(zone)
        self._week = tuple(tuple((_minutes(start), _minutes(end)) for start, end in day) for day in week)
        self._holidays = frozenset() if holidays == "run" else frozenset(holidays)
        # Nobody has to look at weeks that have no breaks.
        self._never_stops = not self._holidays and all(day == _ALL_DAY for day in self._week)
        self._known: dict[date, tuple[Span, ...]] = {}
        self._weeks: dict[date, Week] = {}

    def add(self, start: datetime, length: Duration | timedelta) -> datetime:
        """The instant at which ``length`` of working time has passed since ``start``.

        A length that is used up exactly when an interval ends is due at that end. A negative length
        counts back. Business days count days that have working hours: the same local time on the
        n-th of them, or the last end of work before it where nobody works at that time.
        """
        if isinstance(length, Duration):
            elapsed_for = length.elapsed_for
            if elapsed_for is None:
                return self._add_days(start, length.amount)
            length = elapsed_for
        if not length:
            return start
        if self._never_stops:
            return start + length
        if length < _NOTHING:
            return self._back(start, -length)
        return self._forward(start, length)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from ``start`` to ``end``; negative when ``end`` is the earlier one."""
        if self._never_stops:
            return end - start
        if end < start:
            return -self.between(end, start)
        monday, last = self._monday(start), self._monday(end)
        worked = self._week_of(last).worked_before(end) - self._week_of(monday).worked_before(start)
        while monday < last:
            worked += self._week_of(monday).worked
            monday += _WEEK
        return worked

    def end_of(self, day: date) -> datetime:
        """The instant at which the local ``day`` is over."""
        return datetime.combine(day + _DAY, time(), self.zone).astimezone(UTC)

    def opens_before(self, day: date, count: int) -> datetime:
        """When work begins on the ``count``-th working day before the local ``day``; ``count`` is at least 1."""
        while count:
            day -= _DAY
            count -= bool(self.spans(day))
        return self.spans(day)[0][0]

    def _forward(self, start: datetime, left: timedelta) -> datetime:
        monday = self._monday(start)
        week = self._week_of(monday)
        left += week.worked_before(start)
        while left > week.worked:
            left -= week.worked
            monday += _WEEK
            week = self._week_of(monday)
        return week.after(left)

    def _back(self, end: datetime, left: timedelta) -> datetime:
        monday = self._monday(end)
        week = self._week_of(monday)
        left += week.worked - week.worked_before(end)
        while left > week.worked:
            left -= week.worked
            monday -= _WEEK
            week = self._week_of(monday)
        return week.before_its_end(left)

    def _add_days(self, start: datetime, amount: int) -> datetime:
        spans = self._spans_from(start)
        begins = max(next(spans)[0], start)
        local = begins.astimezone(self.zone)
        day = local.date()
        while amount:
            day += _DAY
            amount -= bool(self.spans(day))
        wanted = local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)
        _, closes = next(self._spans_before(wanted))
        return min(closes, wanted)

    def _spans_from(self, start: datetime) -> Iterator[Span]:
        day = start.astimezone(self.zone).date()
        while True:
            for span in self.spans(day):
                if span[1] > start:
                    yield span
            day += _DAY

    def _spans_before(self, end: datetime) -> Iterator[Span]:
        day = end.astimezone(self.zone).date()
        while True:
            for span in reversed(self.spans(day)):
                if span[0] < end:
                    yield span
            day -= _DAY

    def _monday(self, moment: datetime) -> date:
        day = moment.astimezone(self.zone).date()
        return day - day.weekday() * _DAY

    def _week_of(self, monday: date) -> "Week":
        found = self._weeks.get(monday)
        if found is None:
            days = (monday + number * _DAY for number in range(7))
            found = self._weeks[monday] = Week(tuple(span for day in days for span in self.spans(day)))
        return found

    def spans(self, day: date) -> tuple[Span, ...]:
        """The working spans of one local day, in UTC, in order, none of them empty."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = () if day in self._holidays else tuple(sorted(self._spans_of(day)))
        return found

    def _spans_of(self, day: date) -> Iterator[Span]:
        midnight = datetime.combine(day, time())
        for start, end in self._week[day.weekday()]:
            opens, closes = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
            for since, until, offset in self._offsets_of(day):
                span = (
                    max(opens.replace(tzinfo=UTC) - offset, since),
                    min(closes.replace(tzinfo=UTC) - offset, until),
                )
                if span[0] < span[1]:
                    yield span

    def _offsets_of(self, day: date) -> Iterator[tuple[datetime, datetime, timedelta]]:
        """The pieces of a wide window around ``day`` in which the zone keeps one offset from UTC."""
        since = datetime.combine(day - _DAY, time(), UTC)
        until = since + 3 * _DAY
        first, last = self._offset_at(since), self._offset_at(until)
        if first == last:
            yield since, until, first
            return
        change = self._change_between(since, until)
        yield since, change, first
        yield change, until, last

    def _offset_at(self, moment: datetime) -> timedelta:
        return moment.astimezone(self.zone).utcoffset() or timedelta()

    def _change_between(self, since: datetime, until: datetime) -> datetime:
        first = self._offset_at(since)
        while until - since > _SECOND:
            middle = since + timedelta(seconds=(until - since) // _SECOND // 2)
            if self._offset_at(middle) == first:
                since = middle
            else:
                until = middle
        return until


@lru_cache(maxsize=256)
def shared(zone: str, week: tuple[Day, ...], holidays: Holidays) -> Calendar:
    """The one calendar of these hours in ``zone``; the week has working hours on at least one day."""
    return Calendar(zone, week, holidays)


def _minutes(written: str) -> int:
    hours, minutes = written.split(":")
    return int(hours) * 60 + int(minutes)
