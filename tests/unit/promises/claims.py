"""What a case claims after its story was played: when clocks are due, and what rings when."""

import re
from datetime import datetime, timedelta

from bot.programme import Programme
from bot.taskforce import clocks
from bot.taskforce.spent import paused_for, spent
from bot.taskforce.terms import ClockKind, ClockState
from tests.unit.promises.places import TIME
from tests.unit.promises.step_claims import CLAIMS, PEOPLE, holds
from tests.unit.promises.story import Story

THEN = re.compile(
    rf"(?P<who>[a-z_]+) "
    r"(?P<what>due|warned|missed|fires|quiet until|paused|not running|kept|tells \w+|used (?:\d+h)? ?(?:\d+m)?"
    rf"|passed over|again \d|{CLAIMS})"
    rf"(?: (?:by )?(?P<at>{TIME}))?"
)
LENGTH = re.compile(r"used (?:(\d+)h)? ?(?:(\d+)m)?")


def check(programme: Programme, given: str, when: str, then: str) -> None:
    """Play the events of ``when``, if there are any, and check every claim of ``then``."""
    story = Story(programme, given)
    for event in when.split(", ") if when else ():
        story.play(event)
    for claim in then.split(", "):
        found = THEN.fullmatch(claim)
        assert found is not None, f"not a claim: {claim}"
        at = story.moment(found["at"]) if found["at"] else None
        held = holds(story, found["who"], found["what"], at)
        assert held is not False, claim
        if held is None:
            _holds(story, found["who"], found["what"], at)


def _holds(story: Story, who: str, what: str, at: datetime | None) -> None:
    if what == "paused":
        assert clocks.current(story.burst, ClockKind(who)).state is ClockState.PAUSED
    elif what == "not running":
        assert story.running(who) is None
    elif what == "kept":
        clock = clocks.last(story.burst, ClockKind(who))
        assert clock.met_at is not None
        assert clock.met_at <= clock.due_at
    elif what.startswith("used"):
        assert at is not None
        assert _used(story, who, at) == _length(what)
    elif what.startswith("tells"):
        assert at is not None
        told = story.told(who, at)
        named = what.removeprefix("tells ")
        assert not told if named == "nobody" else PEOPLE[named] in told
    elif what.startswith("spares"):
        assert at is not None
        told = story.told(who, at)
        assert told
        assert PEOPLE[what.removeprefix("spares ")] not in told
    elif what == "quiet until":
        assert at is not None
        assert story.is_quiet(who, at)
    elif what == "due":
        assert at is not None
        assert story.due(who) == at
    else:
        assert at is not None
        assert story.rang(f"{'escalated' if what == 'fires' else what} {who}", at)


def _used(story: Story, who: str, at: datetime) -> timedelta:
    """Net working time, the time on the wall, or the time for which it stood still."""
    story.left_alone(at)
    taken = spent(story.burst, clocks.last(story.burst, ClockKind.RESOLVE), at)
    stood = sum(paused_for(story.burst, at).values(), timedelta())
    return {"net": taken.net_for, "wall": taken.wall_for, "pauses": stood}[who]


def _length(what: str) -> timedelta:
    found = LENGTH.fullmatch(what)
    assert found is not None
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
