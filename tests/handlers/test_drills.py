"""Practice: a drill is opened like any blocker, and says everywhere that it is one."""

import pytest

from bot.taskforce.burst import Burst
from tests.handlers.test_opening import PAGE_1, PAGE_2
from tests.handlers.workspace import BYSTANDER, OPEN_LINE, RAISER, Workspace

DRILL_LINE = OPEN_LINE.replace("urgency:1", "urgency:1 drill:yes")


@pytest.fixture
def drill(slack: Workspace) -> Burst:
    """A drill that was opened in one line."""
    slack.command(RAISER, DRILL_LINE)
    return slack.burst()


def test_one_line_opens_a_drill(slack: Workspace) -> None:
    heard = slack.command(RAISER, DRILL_LINE)

    assert heard.words.startswith("DRILL BURST-1 is open;")
    assert slack.burst().drill


@pytest.mark.parametrize("line", [OPEN_LINE, DRILL_LINE.replace("drill:yes", "drill:no")])
def test_any_other_blocker_is_none(slack: Workspace, line: str) -> None:
    slack.command(RAISER, line)

    assert not slack.burst().drill


def test_a_word_that_is_neither_yes_nor_no_is_refused(slack: Workspace) -> None:
    heard = slack.command(RAISER, DRILL_LINE.replace("drill:yes", "drill:maybe"))

    assert "`drill:yes`" in heard.words
    assert slack.count() == 0


@pytest.mark.parametrize(("ticked", "is_drill"), [(["drill"], True), ([], False)])
def test_the_box_of_page_1_makes_a_drill(slack: Workspace, ticked: list[str], is_drill: bool) -> None:
    slack.command(RAISER, "")
    second = slack.submit(RAISER, slack.shown, {**PAGE_1, "drill": ticked}).view
    slack.submit(RAISER, second, PAGE_2)

    assert slack.burst().drill is is_drill


def test_lists_and_the_archive_mark_it(slack: Workspace, drill: Burst) -> None:
    assert "DRILL BURST-1" in slack.command(BYSTANDER, "list").words

    slack.command(RAISER, f"cancel {drill.key} mistake practised enough")

    assert "DRILL BURST-1" in slack.command(BYSTANDER, "archive chest").words
