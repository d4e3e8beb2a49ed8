"""Every line of the table is one case: given a burst, when this happens, then that is promised."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from bot.programme import Programme
from bot.taskforce import clocks
from bot.taskforce.terms import ClockKind, ClockState
from tests.unit.promises.places import TIME, programme
from tests.unit.promises.story import Story

TABLE = Path(__file__).with_name("table.md").read_text(encoding="utf-8")
LINES = [line.removeprefix("- ") for line in TABLE.splitlines() if line.startswith("- ")]
LINE = re.compile(r"given (?P<given>.+?)(?:, when (?P<when>.+?))?, then (?P<then>.+)")
THEN = re.compile(
    rf"(?P<who>[a-z_]+) (?P<what>due|warned|missed|fires|paused|not running)(?: (?P<at>{TIME}))?"
)


@pytest.fixture(name="in_force", scope="module")
def shipped_policies(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """The programme of all cases."""
    return programme(tmp_path_factory.mktemp("programme"))


def test_the_table_is_long_and_repeats_nothing() -> None:
    assert len(set(LINES)) == len(LINES) >= 200


@pytest.mark.parametrize("line", LINES)
def test_it_is_as_the_line_says(in_force: Programme, line: str) -> None:
    case = LINE.fullmatch(line)
    assert case is not None, "a line is: given ..., when ..., then ..."
    story = Story(in_force, case["given"])
    for event in case["when"].split(", ") if case["when"] else ():
        story.play(event)
    for claim in case["then"].split(", "):
        found = THEN.fullmatch(claim)
        assert found is not None, f"not a claim: {claim}"
        at = story.moment(found["at"]) if found["at"] else None
        _check(story, found["who"], found["what"], at)


def _check(story: Story, who: str, what: str, at: datetime | None) -> None:
    if what == "paused":
        assert clocks.current(story.burst, ClockKind(who)).state is ClockState.PAUSED
    elif what == "not running":
        assert clocks.running(story.burst, ClockKind(who)) is None
    elif what == "due":
        assert story.due(who) == at
    else:
        assert at is not None
        word = "escalated" if what == "fires" else what
        assert story.rang(f"{word} {who}", at)
