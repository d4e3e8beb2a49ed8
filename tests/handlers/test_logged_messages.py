"""A message in the log keeps its words and its address, and the log says what became of it in Slack."""

import pytest

from bot.slack.ids import Shortcut
from bot.taskforce.burst import Burst
from tests.handlers.test_keeping_messages import change, delete
from tests.handlers.test_watching import AUTHOR, HOME, TS, housed, write
from tests.handlers.workspace import RAISER, Workspace

__all__ = ["housed"]

SAID = "The broker strips OBR-4.2"
EDITED = {"user": AUTHOR, "ts": "1795000060.000100"}
ADDRESS = f"https://hospital.slack.com/archives/{HOME}/p{TS.replace('.', '')}"


@pytest.fixture
def kept(slack: Workspace, housed: Burst) -> Burst:
    """A burst with a message that was written, heard, and put into the log."""
    write(slack, SAID)
    message = {"ts": TS, "user": AUTHOR, "text": SAID}
    slack.shortcut(RAISER, Shortcut.LOG_MESSAGE, message, channel={"id": HOME})
    slack.submit(RAISER, slack.shown, {"kind": "fact"})
    return slack.burst()


def log(slack: Workspace, burst: Burst) -> str:
    """What the log shows of its facts."""
    return slack.command(RAISER, f"log {burst.key} facts").words


def test_the_log_leads_to_the_message(slack: Workspace, kept: Burst) -> None:
    assert f"<{ADDRESS}|message>" in log(slack, kept)
    assert "since" not in log(slack, kept)


def test_an_edit_changes_nothing_in_the_log_and_is_told(slack: Workspace, kept: Burst) -> None:
    before = slack.log()

    change(slack, "It strips nothing", before=SAID, edited=EDITED)

    assert slack.log() == before
    assert f"|message> · since edited\n> {SAID}" in log(slack, kept)


def test_a_deletion_changes_nothing_in_the_log_and_is_told(slack: Workspace, kept: Burst) -> None:
    before = slack.log()

    delete(slack, SAID)

    assert slack.log() == before
    assert f"|message> · since deleted\n> {SAID}" in log(slack, kept)


def test_an_edit_that_was_taken_back_is_none(slack: Workspace, kept: Burst) -> None:
    change(slack, "It strips nothing", before=SAID, edited=EDITED)
    change(slack, SAID, before="It strips nothing", edited={**EDITED, "ts": "1795000070.000100"})

    assert "since" not in log(slack, kept)


def test_of_a_message_that_was_not_heard_nothing_is_known(slack: Workspace, housed: Burst) -> None:
    message = {"ts": TS, "user": AUTHOR, "text": SAID}
    slack.shortcut(RAISER, Shortcut.LOG_MESSAGE, message, channel={"id": HOME})
    slack.submit(RAISER, slack.shown, {"kind": "fact"})

    assert "|message>" in log(slack, housed)
    assert "since" not in log(slack, housed)
