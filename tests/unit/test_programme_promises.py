"""What a programme promises: which policy, calendar and grace a burst is opened under."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.programme import Programme
from bot.taskforce.terms import Severity
from tests.unit.imaging import demo
from tests.unit.test_programme_people import NOON, serving

# --- What is promised


def policy(programme: Programme, severity: Severity, *, stage: str = "build", site: str = "NGH") -> Any:
    return programme.policy_for(severity, "dicom_mapping", stage, [site], NOON)


def test_a_policy_runs_in_the_zone_and_hours_of_the_first_site() -> None:
    spec = policy(demo(), Severity.SEV3, site="HVM").calendar_spec
    assert (spec.zone, spec.week[0], spec.week[5]) == ("America/New_York", (("07:30", "16:30"),), ())


def test_a_break_in_the_day_is_kept() -> None:
    spec = policy(demo(), Severity.SEV3, site="EVI").calendar_spec
    assert spec.week[0] == (("08:00", "12:30"), ("13:30", "18:00"))


def test_public_holidays_of_the_coming_years_are_frozen() -> None:
    holidays = policy(demo(), Severity.SEV3).calendar_spec.holidays
    assert {date(2026, 12, 25), date(2028, 12, 25)} <= set(holidays)
    assert date(2029, 12, 25) not in holidays


def test_a_site_adds_its_own_days(tmp_path: Path) -> None:
    site = {"name": "Northgate", "zone": "Europe/London", "holidays": ["2026-12-24"]}
    programme = serving(tmp_path, sites={"NGH": site})
    assert policy(programme, Severity.SEV3).calendar_spec.holidays == (date(2026, 12, 24),)


def test_the_graver_severities_run_through_holidays() -> None:
    assert policy(demo(), Severity.SEV1).calendar_spec.holidays == "run"
    assert policy(demo(), Severity.SEV2).calendar_spec.week[6] == (("07:00", "19:00"),)


def test_a_stage_may_have_another_calendar() -> None:
    assert policy(demo(), Severity.SEV2).calendar == "extended"
    assert policy(demo(), Severity.SEV2, stage="go_live").calendar == "24x7"


def test_an_override_changes_what_it_names_where_it_applies(tmp_path: Path) -> None:
    overrides = [
        {"severities": ["sev2"], "stages": ["go_live"], "sites": ["NGH"], "terms": {"accept": "10m"}}
    ]
    programme = serving(tmp_path, severity={"overrides": overrides})
    there = policy(programme, Severity.SEV2, stage="go_live")
    assert (there.accept, there.resolve) == ("10m", "8h")
    assert policy(programme, Severity.SEV2).accept == "30m"
    assert policy(programme, Severity.SEV1, stage="go_live").accept == "15m"


def test_the_archive_s_grace_is_frozen_with_the_policy(tmp_path: Path) -> None:
    assert policy(demo(), Severity.SEV2).grace == "24h"
    kept = serving(tmp_path, archive={"channel": "C01ARCHIVE", "grace": "2bd"})
    assert policy(kept, Severity.SEV2).grace == "2bd"


def test_of_two_overrides_the_later_wins(tmp_path: Path) -> None:
    overrides = [{"terms": {"accept": "10m"}}, {"families": ["dicom_mapping"], "terms": {"accept": "20m"}}]
    programme = serving(tmp_path, severity={"overrides": overrides})
    assert policy(programme, Severity.SEV1).accept == "20m"
    assert programme.policy_for(Severity.SEV1, "user_access", "build", ["NGH"], NOON).accept == "10m"


def test_an_override_s_calendar_holds_in_every_stage(tmp_path: Path) -> None:
    programme = serving(tmp_path, severity={"overrides": [{"terms": {"calendar": "business"}}]})
    assert policy(programme, Severity.SEV2, stage="go_live").calendar == "business"


EAST = {"name": "Eastgate", "zone": "America/New_York", "hours": {"mon-fri": "09:00-17:00"}}
WEST = {"name": "Westgate", "zone": "America/Los_Angeles", "hours": {"mon-fri": "08:00-16:00"}}


def test_a_burst_at_several_sites_knows_the_working_time_of_each(tmp_path: Path) -> None:
    programme = serving(tmp_path, sites={"EAST": EAST, "WEST": WEST})
    both = programme.policy_for(Severity.SEV3, "dicom_mapping", "build", ["EAST", "WEST"], NOON)
    zones = [both.calendars[name].zone for name in both.everywhere("business")]
    assert zones == ["America/New_York", "America/Los_Angeles"]
    assert policy(programme, Severity.SEV3, site="WEST").everywhere("business") == ("business",)


@pytest.mark.parametrize(
    ("at", "sites", "calendar"),
    [
        ("2026-06-05 06:59", ["WEST"], "extended"),  # 23:59 of the day before at Westgate
        ("2026-06-05 07:00", ["WEST"], "24x7"),
        ("2026-06-08 06:59", ["WEST"], "24x7"),
        ("2026-06-08 07:00", ["WEST"], "extended"),
        ("2026-06-06 12:00", ["EAST"], "extended"),
        ("2026-06-06 12:00", ["EAST", "WEST"], "24x7"),
    ],
)
def test_in_a_site_s_window_the_terms_are_those_of_going_live(
    tmp_path: Path, at: str, sites: list[str], calendar: str
) -> None:
    west = {**WEST, "go_live": [{"from": "2026-06-05", "until": "2026-06-07"}]}
    overrides = [{"stages": ["go_live"], "terms": {"accept": "10m"}}]
    programme = serving(tmp_path, sites={"EAST": EAST, "WEST": west}, severity={"overrides": overrides})
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    frozen = programme.policy_for(Severity.SEV2, "dicom_mapping", "build", sites, moment)
    assert (frozen.calendar, frozen.accept) == (calendar, "10m" if calendar == "24x7" else "30m")


def test_severity_follows_from_impact_and_urgency() -> None:
    found = [[str(demo().severity(impact, urgency)) for urgency in (1, 2, 3)] for impact in (1, 2, 3)]
    assert found == [["sev1", "sev2", "sev2"], ["sev2", "sev3", "sev3"], ["sev3", "sev4", "sev4"]]
