"""Whose turn it is: rotations hand over at a local wall-clock time, whatever the clocks do in between."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.programme.schema.people import Turns

_PERIOD = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


def on_turn(turns: Turns, zone: str, at: datetime) -> str | None:
    """The person on turn at ``at`` (aware UTC), None before the rotation begins or after it ends.

    Overrides go first. ``zone`` is used where the rotation names none.
    """
    local = at.astimezone(ZoneInfo(turns.zone or zone)).replace(tzinfo=None)
    for override in turns.overrides:
        if override.start <= local < override.until:
            return override.person
    begins = datetime.combine(turns.start, time.fromisoformat(turns.at))
    if local < begins or (turns.until is not None and local.date() > turns.until):
        return None
    # Local times without a zone: a turn lasts until the same time on the clock, DST or not.
    number = (local - begins) // _PERIOD[turns.every]
    return turns.people[number % len(turns.people)]
