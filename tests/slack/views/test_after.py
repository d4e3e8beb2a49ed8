"""What somebody hears after a command: what is promised next, and by when, or since when it is overdue."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.slack.views.after import done
from bot.taskforce.terms import ClockKind
from tests.slack.views.bursts import NOW, OPEN

DUE_AT = min(clock.due_at for clock in OPEN.clocks)


@pytest.mark.parametrize(
    ("now", "words"), [(NOW, "Acceptance by 10:00 GMT."), (DUE_AT, "Acceptance was due 10:00 GMT.")]
)
def test_what_is_next_is_told_with_its_time(now: datetime, words: str) -> None:
    assert done(OPEN, "Posted.", now=now).text == f"BURST-42 · Posted. {words}"


def test_a_pause_ends_when_it_is_said_to() -> None:
    ends = replace(OPEN.clocks[0], kind=ClockKind.PAUSE)
    told = done(replace(OPEN, clocks=(ends,)), "The resolve clock stands still.", now=NOW)
    assert told.text.endswith("The resolve clock stands still. End of the pause is 10:00 GMT.")


def test_what_is_overdue_says_by_how_much() -> None:
    (block,) = done(OPEN, "Posted.", now=DUE_AT + timedelta(hours=2)).blocks
    assert block["text"]["text"].endswith("(2 h ago).")
