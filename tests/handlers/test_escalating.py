"""Getting help from above, and the steering cell's answers."""

import pytest

from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, said

STEERING = "U01STELLA"
WHY = "The vendor has not answered since Monday; somebody must call them."


@pytest.fixture
def escalated(slack: Workspace, working: Burst) -> Burst:
    """A burst that somebody escalated."""
    slack.command(RAISER, f"escalate {working.key} {WHY}")
    return slack.burst()


def test_by_command(slack: Workspace, working: Burst) -> None:
    heard = slack.command(RAISER, f"escalate {working.key} {WHY}")

    assert "Escalated" in heard.words
    assert EntryKind.ESCALATED in {entry.kind for entry in slack.log()}


def test_by_button(slack: Workspace, working: Burst) -> None:
    slack.press(RAISER, Action.ESCALATE, working)

    heard = slack.submit(RAISER, slack.shown, {"text": WHY})

    assert heard.body == {}
    assert EntryKind.ESCALATED in {entry.kind for entry in slack.log()}


def test_it_needs_a_reason(slack: Workspace, working: Burst) -> None:
    assert "Please say" in slack.command(RAISER, f"escalate {working.key}").words
    assert slack.burst() == working


def test_the_steering_cell_takes_it_up(slack: Workspace, escalated: Burst) -> None:
    assert slack.press(STEERING, Action.STEERING_TAKE, escalated, "1") is None

    assert slack.burst().taken_up_by == STEERING


def test_taking_it_up_twice_is_told(slack: Workspace, escalated: Burst) -> None:
    slack.press(STEERING, Action.STEERING_TAKE, escalated)
    once = slack.burst()

    assert said(slack.press(STEERING, Action.STEERING_TAKE, escalated))
    assert slack.burst() == once


def test_a_bystander_cannot_take_it_up(slack: Workspace, escalated: Burst) -> None:
    assert "can take it up" in said(slack.press(BYSTANDER, Action.STEERING_TAKE, escalated))
    assert slack.burst().taken_up_by is None


def test_the_steering_cell_decides(slack: Workspace, escalated: Burst) -> None:
    slack.press(STEERING, Action.STEERING_DECIDE, escalated)

    slack.submit(STEERING, slack.shown, {"text": "We go back to the old viewer for a week"})

    assert slack.log()[-1].kind is EntryKind.DECISION
    assert slack.log()[-1].actor == STEERING
