"""Why a message comes late: the bot was down, or its clock was set forward."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.reports.durations import site_zone
from bot.reports.words import LATE_BECAUSE
from bot.slack.views.parts import BlockDict, context
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst
from bot.taskforce.outage import Cause


def away(burst: Burst, subject: Mapping[str, str | int]) -> list[BlockDict]:
    """The line that says it, from what a ping's subject says of an outage; nothing when there was none."""
    cause, since, until = (subject.get(name) for name in ("late_because", "away_from", "away_until"))
    if cause not in set(Cause) or not isinstance(since, int) or not isinstance(until, int):
        return []
    zone = site_zone(burst)
    ends = [moment(datetime.fromtimestamp(at, UTC), zone) for at in (since, until)]
    return [context(f"This comes late: {LATE_BECAUSE[Cause(cause)].format(*ends)}.")]
