"""Working time, minute by minute: which minutes of a long window count, and how many there are before each."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = timedelta(days=1)
# Every zone of the hospitals changes its offset on a quarter of an hour, and differs from UTC by quarters.
QUARTER = 15
Hours = Sequence[tuple[int, int]]


class Minutes:
    """One site's working minutes from ``begins`` (midnight UTC) on, by ``week`` (Monday first) without ``holidays``."""

    def __init__(
        self, zone: str, week: Sequence[Hours], holidays: Collection[date], begins: datetime, days: int
    ) -> None:
        self.zone = ZoneInfo(zone)
        self._begins = begins
        masks = [bytearray(24 * 60) for _ in range(7)]
        for mask, hours in zip(masks, week, strict=True):
            for opens, closes in hours:
                mask[opens:closes] = b"\1" * (closes - opens)
        idle = bytes(QUARTER)
        works = bytearray()
        self._worked_on: set[date] = set()
        for quarter in range(days * 24 * 60 // QUARTER):
            local = (begins + timedelta(minutes=quarter * QUARTER)).astimezone(self.zone)
            first = local.hour * 60 + local.minute
            day = local.date()
            minutes = idle if day in holidays else masks[local.weekday()][first : first + QUARTER]
            if any(minutes):
                self._worked_on.add(day)
            works += minutes
        self._works = bytes(works)
        self._counted = [0, *accumulate(self._works)]

    def seconds(self, at: datetime) -> int:
        """The working seconds of the window before ``at``."""
        minute, second = divmod(round((at - self._begins).total_seconds()), 60)
        return self._counted[minute] * 60 + (second if self._works[minute] else 0)

    def moment(self, seconds: int) -> datetime:
        """The first moment before which there are so many working seconds."""
        minute = bisect_left(self._counted, -(-seconds // 60))
        return self._begins + timedelta(seconds=minute * 60 - (self._counted[minute] * 60 - seconds))

    def between(self, start: datetime, end: datetime) -> int:
        """The working seconds from one moment to a later one."""
        return self.seconds(end) - self.seconds(start)

    def after(self, start: datetime, seconds: int) -> datetime:
        """When so many working seconds have passed; at once when there are none to pass."""
        return self.moment(self.seconds(start) + seconds) if seconds else start

    def add(self, start: datetime, duration: str) -> datetime:
        """When a duration such as ``15m``, ``4h`` or ``3bd`` from ``start`` is over."""
        if duration.endswith("bd"):
            return self._working_days(start, int(duration.removesuffix("bd")))
        unit = 3600 if duration.endswith("h") else 60
        return self.after(start, int(duration.rstrip("hm")) * unit)

    def day_ends(self, day: date) -> datetime:
        """The moment at which the local day is over."""
        return datetime.combine(day + DAY, datetime.min.time(), self.zone).astimezone(UTC)

    def opens_before(self, day: date, number: int) -> datetime:
        """When work begins on the n-th working day before a local day."""
        while number:
            day -= DAY
            number -= day in self._worked_on
        return self._at_work(datetime.combine(day, datetime.min.time(), self.zone).astimezone(UTC))

    def _working_days(self, start: datetime, number: int) -> datetime:
        """The same local time on the n-th working day; the end of work before it, where nobody works then."""
        local = self._at_work(start).astimezone(self.zone)
        day = local.date()
        while number:
            day += DAY
            number -= day in self._worked_on
        wanted = datetime.combine(day, local.time(), self.zone).astimezone(UTC)
        return self.moment(self.seconds(wanted))

    def _at_work(self, start: datetime) -> datetime:
        """``start``, or the moment at which the next work begins."""
        minute = round((start - self._begins).total_seconds()) // 60
        if self._works[minute]:
            return start
        return self._begins + timedelta(minutes=self._works.index(1, minute))


def week_of(hours: Mapping[str, str]) -> list[Hours]:
    """Seven days of working hours, from a file's ``{mon-thu: "08:00-12:30, 13:30-18:00", ...}``."""
    week: list[Hours] = [()] * 7
    for days, written in hours.items():
        first, _, last = days.partition("-")
        for day in range(DAY_NAMES.index(first), DAY_NAMES.index(last or first) + 1):
            week[day] = intervals(written)
    return week


def intervals(written: str) -> Hours:
    """Minutes of the day from ``07:00-12:00, 13:00-19:00``."""
    spans = (span.strip().split("-") for span in written.split(","))
    return tuple((_minute(opens), _minute(closes)) for opens, closes in spans)


def _minute(written: str) -> int:
    hours, minutes = written.split(":")
    return int(hours) * 60 + int(minutes)
