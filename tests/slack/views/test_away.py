"""A ping that comes late because of an outage says from when to when, and one that does not says nothing of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack.views.ping import ping
from bot.taskforce.outage import Cause, Outage
from tests.slack.views.bursts import LABELS, LATE_AT, MISSED, OWNER
from tests.slack.views.slack_rules import assert_posts, texts

SINCE, UNTIL = datetime(2026, 3, 2, 6, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)


def words(**subject: str | int) -> str:
    """All that the owner's ping about a missed clock says."""
    named: dict[str, Any] = {"user": OWNER, "rank": "missed", "clock": 1, **subject}
    message = ping(MISSED, named, LABELS, now=LATE_AT)
    assert_posts(message)
    return "\n".join(text["text"] for text in texts(message.blocks))


@pytest.mark.parametrize(
    ("cause", "why"),
    [(Cause.DOWN, "the bot was down from"), (Cause.CLOCK_SET, "the bot's clock was set forward from")],
)
def test_it_says_why_it_is_late(cause: Cause, why: str) -> None:
    said = words(**Outage(SINCE, UNTIL, cause).named)
    assert f"This comes late: {why} <!date^{int(SINCE.timestamp())}^" in said
    assert f"to <!date^{int(UNTIL.timestamp())}^" in said


@pytest.mark.parametrize("subject", [{}, {"late_because": "old words", "away_from": 1, "away_until": 2}])
def test_it_says_nothing_without_an_outage(subject: dict[str, str | int]) -> None:
    assert "This comes late" not in words(**subject)
