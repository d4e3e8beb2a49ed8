"""Four fictional sites in four time zones, and the programme that the cases are told in."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.programme import Programme
from tests.unit.test_programme_people import serving

SITES: dict[str, dict[str, object]] = {
    "NGH": {
        "name": "Northgate General",
        "zone": "Europe/London",
        "country": "GB",
        "subdivision": "ENG",
        "go_live": [{"from": "2026-06-05", "until": "2026-06-07"}],
    },
    "HVM": {
        "name": "Harbor View",
        "zone": "America/New_York",
        "hours": {"mon-fri": "07:30-16:30"},
        "country": "US",
    },
    "KOW": {
        "name": "Kowhai",
        "zone": "Pacific/Auckland",
        "hours": {"mon-thu": "08:00-12:00, 13:00-17:30", "fri": "08:00-12:00"},
        "holidays": ["2026-04-03", "2026-04-06"],
    },
    "SBN": {
        "name": "Sabarna",
        "zone": "Asia/Kolkata",
        "hours": {"mon-sat": "09:00-18:00"},
        "holidays": ["2026-01-26", "2026-08-15"],
    },
}
MILESTONES = [
    {"label": "Integration plan", "on": date(2026, 5, 29)},
    {"label": "Design freeze", "on": date(2026, 3, 20), "sites": ["NGH", "HVM"]},
]
ZONES = {code: str(site["zone"]) for code, site in SITES.items()}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TIME = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d\d-\d\d \d\d:\d\d(?: again)?"


def programme(folder: Path) -> Programme:
    """The shipped policies at the four sites, and two days that the design works towards."""
    return serving(folder, sites=SITES, stages={"design": {"milestones": MILESTONES}})


def moment(written: str, site: str) -> datetime:
    """The instant, in UTC, that is written as ``Mon 2026-03-02 12:00`` on the site's wall clock.

    With ``again`` it is the second time that the clock shows it, in autumn. Raises ``ValueError`` for a
    weekday that the date does not have and for a time that the clock never shows.
    """
    weekday, day, time, *again = written.split()
    zone = ZoneInfo(ZONES[site])
    local = datetime.fromisoformat(f"{day} {time}").replace(tzinfo=zone, fold=len(again))
    if weekday != _WEEKDAYS[local.weekday()]:
        raise ValueError(f"{day} is no {weekday}")
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"no clock in {zone} shows {written}")
    return found
