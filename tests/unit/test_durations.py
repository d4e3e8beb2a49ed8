"""Durations read as they are written."""

from datetime import timedelta

import pytest

from bot.taskforce.durations import Duration, Unit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [("15m", 15, Unit.MINUTE), ("4h", 4, Unit.HOUR), ("3bd", 3, Unit.BUSINESS_DAY), ("90m", 90, Unit.MINUTE)],
)
def test_a_duration_is_read_and_written_back_alike(text: str, amount: int, unit: Unit) -> None:
    duration = Duration.parse(text)
    assert (duration, str(duration)) == (Duration(amount, unit), text)


@pytest.mark.parametrize(
    "text", ["", "0m", "15", "15min", "1.5h", "-2h", " 15m", "15m ", "3 bd", "3BD", "100000m"]
)
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="15m, 4h or 3bd"):
        Duration.parse(text)


def test_minutes_and_hours_are_elapsed_time() -> None:
    assert Duration.parse("90m").elapsed_for == timedelta(minutes=90)
    assert Duration.parse("2h").elapsed_for == timedelta(hours=2)


def test_a_business_day_is_only_known_to_a_calendar() -> None:
    assert Duration.parse("3bd").elapsed_for is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("1m", "1 minute"), ("15m", "15 minutes"), ("1bd", "1 business day"), ("2h", "2 hours")],
)
def test_people_read_it_in_words(text: str, words: str) -> None:
    assert Duration.parse(text).words == words
