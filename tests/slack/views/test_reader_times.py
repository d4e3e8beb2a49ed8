"""A moment that an entry names is shown in the reader's zone in Slack, and in the site's on paper."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.reports.durations import site_zone
from bot.reports.entry_words import told
from bot.slack.views.notice import notice
from bot.slack.views.times import brief_time, for_reader, moment
from bot.taskforce.terms import EntryKind
from tests.slack.views.bursts import LABELS, LEAD, NOW, OPEN, Logged

UNTIL = NOW + timedelta(hours=5)
EXTENDED = Logged(
    9, EntryKind.ACTION, LEAD, NOW, {"extended": 3, "kind": "resolve", "until": UNTIL.isoformat()}
)
REBASED = Logged(
    9,
    EntryKind.REBASED,
    LEAD,
    NOW,
    {"moved": [{"kind": "resolve", "to": UNTIL.isoformat()}], "right": "admin"},
)


def test_a_notice_shows_the_time_to_its_reader() -> None:
    zone = site_zone(OPEN)
    for entry in (EXTENDED, REBASED):
        assert moment(UNTIL, zone) in str(notice(OPEN, entry, LABELS, now=NOW).blocks)


def test_on_paper_it_stays_the_sites() -> None:
    words = told(OPEN, EXTENDED, LABELS)
    assert "<!date" not in words.headline
    assert words.moments == (UNTIL,)


def test_two_moments_of_one_minute_are_one() -> None:
    zone = site_zone(OPEN)
    said = told(OPEN, EXTENDED, LABELS).headline
    shown = for_reader(said, (UNTIL, UNTIL + timedelta(seconds=1)), zone)
    assert shown.count("<!date^") == 1


def test_a_notification_names_the_day_unless_it_is_today_where_the_site_is() -> None:
    afternoon, zone = datetime(2026, 11, 24, 13, 23, tzinfo=UTC), ZoneInfo("Europe/London")

    assert brief_time(afternoon + timedelta(hours=4), afternoon, zone) == "17:23 GMT"
    assert brief_time(afternoon + timedelta(hours=19), afternoon, zone) == "Wed 25 Nov 2026 08:23 GMT"
