"""Moments in messages: the reader's own zone where Slack can show it, the site's where it cannot."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.durations import lasting, local_time


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Slack's date token of an aware time, with the site's local time for clients that cannot show it.

    https://docs.slack.dev/messaging/formatting-message-text#date-formatting
    """
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{local_time(at, zone)}>"


def for_reader(text: str, moments: Iterable[datetime], zone: ZoneInfo) -> str:
    """Escaped ``text`` in which these moments, written in the site's zone, are shown in the reader's."""
    for written, at in {local_time(at, zone): at for at in moments}.items():
        text = text.replace(written, moment(at, zone))
    return text


def brief_time(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Plain words for notifications: "10:42 GMT", with the day when that is another than today where the site is."""
    local = at.astimezone(zone)
    return f"{local:%H:%M %Z}" if local.date() == now.astimezone(zone).date() else local_time(at, zone)


def until(at: datetime, now: datetime) -> str:
    """How far away a moment is: "in 15 min", or "20 min ago"."""
    return f"in {lasting(at - now)}" if at >= now else f"{lasting(now - at)} ago"
