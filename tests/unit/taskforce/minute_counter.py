"""Working time by brute force: looks at the wall clock of every single minute, and knows nothing of the bot."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

Hours = tuple[tuple[str, str], ...]
MINUTE = timedelta(minutes=1)


class MinuteCounter:
    """So many minutes from ``start`` (aware UTC), of which those count whose local wall clock lies in hours.

    ``week`` has the hours of seven days, Monday first, as ``HH:MM``; on ``holidays`` no minute counts.
    """

    def __init__(
        self, zone: str, week: Sequence[Hours], holidays: Collection[date], start: datetime, minutes: int
    ) -> None:
        self._start = start
        days = [bytearray(24 * 60) for _ in range(7)]
        for day, hours in zip(days, week, strict=True):
            for opens, closes in hours:
                day[_minutes(opens) : _minutes(closes)] = b"\1" * (_minutes(closes) - _minutes(opens))
        local_zone = ZoneInfo(zone)

        def counts(minute: int) -> int:
            local = (start + minute * MINUTE).astimezone(local_zone)
            works = days[local.weekday()][local.hour * 60 + local.minute]
            return works if works and local.date() not in holidays else 0

        self._counted = [0, *accumulate(counts(minute) for minute in range(minutes))]

    def between(self, first: int, last: int) -> int:
        """How many minutes count from minute ``first`` of the window to minute ``last``."""
        return self._counted[last] - self._counted[first]

    def ahead(self, first: int) -> int:
        """How many minutes count from minute ``first`` to the window's end."""
        return self._counted[-1] - self._counted[first]

    def due(self, first: int, length: int) -> datetime:
        """The end of the minute that is the ``length``-th to count after minute ``first``."""
        return self._start + bisect_left(self._counted, self._counted[first] + length) * MINUTE

    def begun(self, last: int, length: int) -> datetime:
        """The latest start from which ``length`` minutes count until minute ``last``."""
        return self._start + (bisect_right(self._counted, self._counted[last] - length) - 1) * MINUTE


def _minutes(written: str) -> int:
    hours, minutes = written.split(":")
    return int(hours) * 60 + int(minutes)
