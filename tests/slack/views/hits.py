"""Archived bursts as a search finds them."""

from datetime import timedelta
from typing import Any

from bot.taskforce.terms import Outcome, Severity
from storage.archive_search import Hit
from tests.slack.views.bursts import OPENED_AT


def hit(number: int, *, took: timedelta = timedelta(hours=2), **fields: Any) -> Hit:
    """A burst of sev2 that was solved, ``took`` so long, and has these fields."""
    usual = Hit(
        burst_id=number,
        title="CT studies hang",
        family="dicom_mapping",
        sites=("NGH",),
        cause="",
        severity=Severity.SEV2,
        outcome=Outcome.RESOLVED,
        drill=False,
        opened_at=OPENED_AT - took,
        closed_at=OPENED_AT,
        fix="",
    )
    return usual._replace(**fields)
