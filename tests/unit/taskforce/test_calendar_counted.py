"""Random calendars of ten years, held against a counter that looks at every single minute."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.taskforce.calendar import Calendar
from tests.unit.taskforce.minute_counter import MINUTE, Hours, MinuteCounter

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
DECADE_MINUTES = 3652 * 24 * 60
WINDOW_MINUTES = 16 * 24 * 60
# Whole and half hours, changes by half an hour, at midnight and backwards in spring, and none at all.
ZONES = (
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "America/Havana",
    "America/Nuuk", "Africa/Casablanca", "Pacific/Chatham", "Asia/Kathmandu",
)  # fmt: skip


class Drawn:
    """A calendar of random hours and holidays in one zone, as the bot and as the counter read it."""

    def __init__(self, draw: random.Random, zone: str) -> None:
        self.zone = zone
        self.week = (_hours(draw, 2), *(_hours(draw, draw.choice((0, 2, 4, 6))) for _ in range(6)))
        self.holidays = frozenset(
            FIRST.date() + timedelta(days=draw.randrange(3652)) for _ in range(draw.choice((0, 200)))
        )
        self.calendar = Calendar(zone, self.week, tuple(sorted(self.holidays)))

    def counter(self, start: datetime, minutes: int) -> MinuteCounter:
        return MinuteCounter(self.zone, self.week, self.holidays, start, minutes)


def _hours(draw: random.Random, bounds: int) -> Hours:
    """Intervals between so many times of one day; some of them reach to its midnights."""
    times = sorted(draw.sample(range(1441), bounds))
    if times and draw.random() < 0.3:
        times[0] = 0
    if times and draw.random() < 0.3:
        times[-1] = 1440
    texts = [f"{time // 60:02}:{time % 60:02}" for time in times]
    return tuple(zip(texts[::2], texts[1::2], strict=True))


def _changes(zone: str) -> list[datetime]:
    """Noon of the days in the ten years on which the zone's offset is another than at noon of the day before."""
    noons = [datetime(2025, 1, 1, 12, tzinfo=ZoneInfo(zone)) + timedelta(days=day) for day in range(3652)]
    return [
        after.astimezone(UTC) for before, after in pairwise(noons) if before.utcoffset() != after.utcoffset()
    ]


def _agree(drawn: Drawn, draw: random.Random, start: datetime, minutes: int, samples: int) -> int:
    """Ask calendar and counter the same in a window; says how often they were asked."""
    counter = drawn.counter(start, minutes)
    asked = 0
    for _ in range(samples):
        first, last = sorted(draw.sample(range(minutes + 1), 2))
        begin, end, counted = start + first * MINUTE, start + last * MINUTE, counter.between(first, last)
        assert drawn.calendar.between(begin, end) == counted * MINUTE, (drawn.zone, begin, end)
        if counted:
            length = draw.choice((counted, draw.randint(1, counted)))
            assert drawn.calendar.add(begin, length * MINUTE) == counter.due(first, length)
            assert drawn.calendar.add(end, -length * MINUTE) == counter.begun(last, length)
            asked += 1
    return asked


@pytest.mark.parametrize("zone", ZONES)
def test_random_calendars_agree_with_the_counter(zone: str) -> None:
    draw = random.Random(zone)  # noqa: S311  drawn the same each time, guards nothing
    changes = _changes(zone)
    asked = 0
    for number in range(12):
        middle = FIRST + draw.randrange(DECADE_MINUTES) * MINUTE
        if changes and number % 3:
            middle = draw.choice(changes)  # two windows of three hold a change of the clocks
        start = middle - draw.randrange(WINDOW_MINUTES) * MINUTE
        asked += _agree(Drawn(draw, zone), draw, start, WINDOW_MINUTES, samples=40)
    assert asked > 200


@pytest.mark.decade
@pytest.mark.timeout(600)
@pytest.mark.parametrize("zone", ZONES)
def test_ten_whole_years_agree_with_the_counter(zone: str) -> None:
    draw = random.Random(f"{zone} for ten years")  # noqa: S311  as above
    assert _agree(Drawn(draw, zone), draw, FIRST, DECADE_MINUTES, samples=2000) > 1900
