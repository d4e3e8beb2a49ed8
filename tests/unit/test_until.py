"""What people mean when they say until when, in the time of their site."""

from datetime import UTC, date, datetime

import pytest

from bot.errors import Refused
from bot.taskforce.calendar import Day
from bot.taskforce.policy import CalendarSpec
from bot.taskforce.until import parse_until

OFFICE: Day = (("08:00", "12:00"), ("13:00", "17:30"))
SITE = CalendarSpec(
    zone="Europe/Berlin",
    week=(OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ()),
    holidays=(date(2026, 12, 25),),
).calendar
# A Tuesday, 11:00 in Berlin.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("45m", datetime(2026, 11, 24, 10, 45, tzinfo=UTC)),
        ("2h", datetime(2026, 11, 24, 12, 0, tzinfo=UTC)),
        ("2 h", datetime(2026, 11, 24, 12, 0, tzinfo=UTC)),
        ("3bd", datetime(2026, 11, 27, 10, 0, tzinfo=UTC)),
        ("4BD", datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        ("14:30", datetime(2026, 11, 24, 13, 30, tzinfo=UTC)),
        ("9:15", datetime(2026, 11, 25, 8, 15, tzinfo=UTC)),
        ("11:00", datetime(2026, 11, 25, 10, 0, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, 16, 30, tzinfo=UTC)),
        ("2026-11-24", datetime(2026, 11, 24, 16, 30, tzinfo=UTC)),
        ("2026-11-28", datetime(2026, 11, 28, 23, 0, tzinfo=UTC)),
        ("2026-12-01 14:30", datetime(2026, 12, 1, 13, 30, tzinfo=UTC)),
        (" 2027-07-01   00:00 ", datetime(2027, 6, 30, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_sites_own(written: str, meant: datetime) -> None:
    assert parse_until(written, now=NOW, calendar=SITE) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2",
        "0h",
        "-2h",
        "2d",
        "25:00",
        "14:60",
        "2026-02-30",
        "2026-12-01T14:30",
        "2026-12-01 25:00",
        "2026-12-0114:30",
        "\uff11\uff14:\uff13\uff10",
        "2h 30m",
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_until(written, now=NOW, calendar=SITE)

    assert (refusal.value.code, refusal.value.field) == ("bad_until", "until")
    assert "`3bd`" in refusal.value.message


@pytest.mark.parametrize(
    "written", ["2026-11-23", "2026-11-24 10:59", "2026-11-24 11:00", "0001-01-01 00:00"]
)
def test_a_time_that_has_passed_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_until(written, now=NOW, calendar=SITE)

    assert refusal.value.code in {"past", "bad_until"}


@pytest.mark.parametrize("written", ["261bd", "99999h", "2028-01-01", "9999-12-31"])
def test_more_than_a_year_ahead_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_until(written, now=NOW, calendar=SITE)

    assert refusal.value.code in {"too_far", "bad_until"}


def test_a_time_of_day_that_the_clocks_repeat_means_the_first_one() -> None:
    before = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)

    assert parse_until("02:30", now=before, calendar=SITE) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
