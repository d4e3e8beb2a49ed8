"""Working time, checked against a counter that looks at every single minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.taskforce.calendar import Calendar, Day
from bot.taskforce.durations import Duration
from bot.taskforce.policy import CalendarSpec

OFFICE: tuple[Day, ...] = ((("08:00", "17:00"),),) * 5 + ((), ())
ALWAYS: tuple[Day, ...] = ((("00:00", "24:00"),),) * 7
SPLIT: tuple[Day, ...] = ((("08:00", "12:00"), ("13:00", "17:30")),) * 4 + ((("08:00", "12:00"),), (), ())
NIGHTS: tuple[Day, ...] = ((("00:30", "01:20"), ("01:30", "02:45"), ("23:00", "24:00")),) * 7
MINUTE = timedelta(minutes=1)


def calendar(week: tuple[Day, ...] = OFFICE, zone: str = "Europe/London", *holidays: date) -> Calendar:
    return CalendarSpec.model_validate({"zone": zone, "week": week, "holidays": holidays or "run"}).calendar


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("story", "start", "length", "due"),
    [
        ("inside a day", "2026-03-02 09:00", "4h", "2026-03-02 13:00"),
        ("ending with the day is due at its end", "2026-03-02 13:00", "4h", "2026-03-02 17:00"),
        ("over night", "2026-03-02 16:30", "1h", "2026-03-03 08:30"),
        ("from before work", "2026-03-02 05:00", "15m", "2026-03-02 08:15"),
        ("from the very end of work", "2026-03-02 17:00", "15m", "2026-03-03 08:15"),
        ("over a weekend", "2026-03-06 16:00", "2h", "2026-03-09 09:00"),
        (
            "over the spring change, when London's eight is seven in UTC",
            "2026-03-27 16:00",
            "2h",
            "2026-03-30 08:00",
        ),
        ("a business day is the same time on the next one", "2026-03-02 10:00", "1bd", "2026-03-03 10:00"),
        ("business days skip the weekend", "2026-03-05 10:00", "3bd", "2026-03-10 10:00"),
        (
            "a business day from the night is the whole next day",
            "2026-03-02 20:00",
            "1bd",
            "2026-03-03 17:00",
        ),
        ("a business day from opening is that whole day", "2026-03-02 08:00", "1bd", "2026-03-02 17:00"),
        ("a business day from near the end of work", "2026-03-02 16:59", "1bd", "2026-03-03 16:59"),
        (
            "business days keep local time over the spring change",
            "2026-03-27 10:00",
            "1bd",
            "2026-03-30 09:00",
        ),
    ],
)
def test_a_duration_runs_in_office_hours(story: str, start: str, length: str, due: str) -> None:
    assert calendar().add(utc(start), Duration.parse(length)) == utc(due), story


def test_a_holiday_does_not_count() -> None:
    easter_monday = calendar(OFFICE, "Europe/London", date(2026, 4, 6))
    assert easter_monday.add(utc("2026-04-02 15:30"), Duration.parse("1h")) == utc("2026-04-03 07:30")
    assert easter_monday.add(utc("2026-04-03 10:00"), Duration.parse("1bd")) == utc("2026-04-07 10:00")


def test_a_business_day_that_lands_after_work_is_due_when_work_ends() -> None:
    short_friday = calendar(SPLIT, "UTC")
    assert short_friday.add(utc("2026-03-05 15:00"), Duration.parse("1bd")) == utc("2026-03-06 12:00")


def test_a_business_day_that_lands_in_the_lunch_break_is_due_before_it() -> None:
    late_monday = calendar(((("12:15", "17:00"),), *SPLIT[1:]), "UTC")
    assert late_monday.add(utc("2026-03-02 12:30"), Duration.parse("1bd")) == utc("2026-03-03 12:00")


def test_a_business_day_that_lands_before_work_is_due_at_the_end_of_work_before() -> None:
    late_tuesday = calendar((SPLIT[0], (("10:00", "17:00"),), *SPLIT[2:]), "UTC")
    assert late_tuesday.add(utc("2026-03-02 08:30"), Duration.parse("1bd")) == utc("2026-03-02 17:30")


def test_no_time_at_all_is_due_at_once_even_at_night() -> None:
    assert calendar().add(utc("2026-03-02 03:00"), timedelta()) == utc("2026-03-02 03:00")


def test_time_counts_back_as_well() -> None:
    assert calendar().add(utc("2026-03-09 09:00"), timedelta(hours=-2)) == utc("2026-03-06 16:00")
    assert calendar().add(utc("2026-03-02 12:00"), timedelta(hours=-4)) == utc("2026-03-02 08:00")


def test_between_two_moments_lies_only_working_time() -> None:
    assert calendar().between(utc("2026-03-06 16:00"), utc("2026-03-09 09:00")) == timedelta(hours=2)
    assert calendar().between(utc("2026-03-09 09:00"), utc("2026-03-06 16:00")) == timedelta(hours=-2)
    assert calendar().between(utc("2026-03-07 09:00"), utc("2026-03-08 09:00")) == timedelta()


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_day_around_the_clock_has_the_hours_that_the_clocks_give_it(day: str, hours: int) -> None:
    local = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/London"))
    start, end = local.astimezone(UTC), calendar(ALWAYS).end_of(local.date())
    assert calendar(ALWAYS).between(start, end) == timedelta(hours=hours)


def test_equal_specifications_share_one_calendar() -> None:
    assert calendar() is calendar()


def is_working(week: tuple[Day, ...], zone: ZoneInfo, holidays: frozenset[date], minute: datetime) -> bool:
    """The definition itself: whether the wall clock of this minute lies in an interval of its day."""
    local = minute.astimezone(zone)
    clock = f"{local:%H:%M}"
    return local.date() not in holidays and any(s <= clock < e for s, e in week[local.weekday()])


ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca")
# Around changes of the clocks in each of these zones, and at an ordinary time.
MOMENTS = st.sampled_from(
    ["2026-03-28 20:00", "2026-10-24 20:00", "2026-03-07 20:00", "2026-10-31 20:00", "2026-04-04 08:00",
     "2026-10-03 08:00", "2026-02-14 20:00", "2026-06-10 09:30"]
)  # fmt: skip


@given(
    week=st.sampled_from([OFFICE, ALWAYS, SPLIT, NIGHTS]),
    zone=st.sampled_from(ZONES),
    moment=MOMENTS,
    offset=st.integers(0, 600),
    length=st.integers(1, 900),
    holiday=st.booleans(),
)
def test_every_minute_counts_as_the_wall_clock_says(
    week: tuple[Day, ...], zone: str, moment: str, offset: int, length: int, holiday: bool
) -> None:
    start = utc(moment) + offset * MINUTE
    holidays = frozenset({(start + timedelta(days=1)).date()} if holiday else set())
    runs = calendar(week, zone, *holidays)
    minute, left = start, length
    while left:
        left -= is_working(week, ZoneInfo(zone), holidays, minute)
        minute += MINUTE
    assert runs.add(start, length * MINUTE) == minute
    assert runs.between(start, minute) == length * MINUTE


@given(
    week=st.sampled_from([OFFICE, ALWAYS, SPLIT, NIGHTS]),
    zone=st.sampled_from(ZONES),
    moment=MOMENTS,
    minutes=st.integers(1, 50_000),
)
def test_going_there_and_back_uses_the_same_time(
    week: tuple[Day, ...], zone: str, moment: str, minutes: int
) -> None:
    runs = calendar(week, zone)
    end = runs.add(utc(moment), minutes * MINUTE)
    start = runs.add(end, -minutes * MINUTE)
    assert runs.between(start, end) == minutes * MINUTE
    assert runs.between(utc(moment), start) == timedelta()
