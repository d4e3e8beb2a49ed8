"""Quiet hours: a person's own or the organisation's, in the zone in which the person lives."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import ProgrammeError
from bot.programme import Programme, load, starter
from bot.programme.quiet import checked_quiet, quiet_until
from tests.unit.programme_files import save

NIGHT = "20:00-07:00"


def utc(text: str) -> datetime:
    """A moment, written without its zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "at", "until"),
    [
        (NIGHT, "UTC", "2026-03-02T19:59:59", None),
        (NIGHT, "UTC", "2026-03-02T20:00", "2026-03-03T07:00"),
        (NIGHT, "UTC", "2026-03-03T06:59:59", "2026-03-03T07:00"),
        (NIGHT, "UTC", "2026-03-03T07:00", None),
        ("12:00-13:00", "UTC", "2026-03-02T12:30", "2026-03-02T13:00"),
        ("12:00-13:00", "UTC", "2026-03-02T13:00", None),
        (NIGHT, "America/New_York", "2026-03-03T01:00", "2026-03-03T12:00"),
        # The clocks go forward in this night, and back in that one.
        (NIGHT, "Europe/London", "2026-03-28T20:00", "2026-03-29T06:00"),
        (NIGHT, "Europe/London", "2026-10-24T19:00", "2026-10-25T07:00"),
        # An hour that comes twice, and hours that end in it: they do so twice.
        ("22:00-02:30", "Europe/Berlin", "2026-10-25T00:10", "2026-10-25T00:30"),
        ("22:00-02:30", "Europe/Berlin", "2026-10-25T00:45", None),
        ("22:00-02:30", "Europe/Berlin", "2026-10-25T01:10", "2026-10-25T01:30"),
        ("never", "UTC", "2026-03-02T23:00", None),
        (NIGHT, "America", "2026-03-02T23:00", "2026-03-03T07:00"),
        (NIGHT, "Nowhere/Atall", "2026-03-02T23:00", "2026-03-03T07:00"),
    ],
)
def test_they_end_by_the_clock_on_the_wall(hours: str, zone: str, at: str, until: str | None) -> None:
    assert quiet_until(hours, zone, utc(at)) == (utc(until) if until else None)


@pytest.mark.parametrize("text", ["20-7", "20:00", "25:00-07:00", "07:00-07:00", "always", ""])
def test_what_are_no_hours_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="20:00-07:00, or never"):
        checked_quiet(text)


def programme(folder: Path, pacs: str = "", organisation: str = NIGHT) -> Programme:
    """The starter with these hours."""
    text = starter().replace(f"quiet: {NIGHT}", f"quiet: {organisation}" if organisation else "")
    return load(save(folder, text.replace("slack: U0PACS,", f"slack: U0PACS, {pacs}")))


def test_a_person_has_those_of_the_organisation_until_they_have_their_own(tmp_path: Path) -> None:
    """In the zone that Slack has for them, else in that of the home."""
    at = utc("2026-03-02T21:00")
    usual = programme(tmp_path).people
    assert usual.quiet_until("U0PACS", "", at) == utc("2026-03-03T07:00")
    assert usual.quiet_until("U0PACS", "America/New_York", at) is None
    assert usual.quiet_until("U0SOMEBODY", "", at) == utc("2026-03-03T07:00")
    assert programme(tmp_path, "quiet: 22:00-06:00,").people.quiet_until("U0PACS", "", at) is None
    assert programme(tmp_path, "quiet: never,").people.quiet_until("U0PACS", "", at) is None


def test_without_any_there_are_none(tmp_path: Path) -> None:
    people = programme(tmp_path, organisation="").people
    assert people.quiet_until("U0PACS", "", utc("2026-03-02T23:00")) is None


def test_a_person_of_one_site_lives_by_its_clock(tmp_path: Path) -> None:
    text = starter().replace("zone: Europe/London", "zone: America/New_York")
    people = load(save(tmp_path, text)).people
    assert people.quiet_until("U0PACS", "", utc("2026-03-03T02:00")) == utc("2026-03-03T12:00")


def test_a_mistake_is_told_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match=r"organisation\.quiet.*20:00-07:00, or never"):
        programme(tmp_path, organisation="night")
