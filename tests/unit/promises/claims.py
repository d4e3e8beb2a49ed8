"""What a case claims after its story was played: when clocks are due, and what rings when."""

import re
from datetime import datetime

from bot.programme import Programme
from bot.taskforce import clocks
from bot.taskforce.terms import ClockKind, ClockState
from tests.unit.promises.places import TIME
from tests.unit.promises.story import Story

THEN = re.compile(
    rf"(?P<who>[a-z_]+) (?P<what>due|warned|missed|fires|paused|not running)(?: (?P<at>{TIME}))?"
)


def check(programme: Programme, given: str, when: str, then: str) -> None:
    """Play the events of ``when``, if there are any, and check every claim of ``then``."""
    story = Story(programme, given)
    for event in when.split(", ") if when else ():
        story.play(event)
    for claim in then.split(", "):
        found = THEN.fullmatch(claim)
        assert found is not None, f"not a claim: {claim}"
        at = story.moment(found["at"]) if found["at"] else None
        _holds(story, found["who"], found["what"], at)


def _holds(story: Story, who: str, what: str, at: datetime | None) -> None:
    if what == "paused":
        assert clocks.current(story.burst, ClockKind(who)).state is ClockState.PAUSED
    elif what == "not running":
        assert clocks.running(story.burst, ClockKind(who)) is None
    elif what == "due":
        assert at is not None
        assert story.due(who) == at
    else:
        assert at is not None
        assert story.rang(f"{'escalated' if what == 'fires' else what} {who}", at)
