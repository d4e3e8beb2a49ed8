"""Getting help from above, and the steering cell's answers."""

import pytest

from bot.reports.entries import body_of
from bot.slack.ids import Action
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.terms import ClockKind, EntryKind
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, owner_of, said

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


def test_the_steering_cell_gives_more_time(slack: Workspace, escalated: Burst) -> None:
    resolve = clocks.current(escalated, ClockKind.RESOLVE)
    slack.press(STEERING, Action.STEERING_EXTEND, escalated, str(resolve.number))

    heard = slack.submit(STEERING, slack.shown, {"until": "5bd", "text": "The part is on its way"})

    assert heard.body == {}
    after = clocks.current(slack.burst(), ClockKind.RESOLVE)
    assert (after.number, after.due_at > resolve.due_at) == (resolve.number, True)
    assert [one.by for one in slack.burst().extensions] == [STEERING]
    assert (slack.log()[-1].body or {})["right"] == "steering"


def test_more_time_ends_with_the_severity_and_everybody_can_read_it(
    slack: Workspace, escalated: Burst
) -> None:
    resolve = clocks.current(escalated, ClockKind.RESOLVE)
    slack.press(STEERING, Action.STEERING_EXTEND, escalated, str(resolve.number))
    slack.submit(STEERING, slack.shown, {"until": "5bd", "text": "The part is on its way"})

    heard = slack.command(owner_of(escalated), f"severity {escalated.key} impact:1 urgency:1 it spreads")

    assert "It is sev1 now. No longer extended: resolution to " in heard.words
    (ended,) = body_of(slack.log()[-1]).members("no_longer_extended")
    assert (ended["kind"], ended["clock"]) == ("resolve", resolve.number)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"until": "5m", "text": "Part"}, "until"),
        ({"until": "soon", "text": "Part"}, "until"),
        ({"until": "5bd", "text": " "}, "text"),
        ({"until": "5bd", "text": "Part", "clock": "99"}, "clock"),
        ({"until": "5bd", "text": "Part", "clock": "x"}, "clock"),
    ],
)
def test_more_time_is_refused_at_the_field(
    slack: Workspace, escalated: Burst, given: dict[str, str], field: str
) -> None:
    slack.press(STEERING, Action.STEERING_EXTEND, escalated)

    assert list(slack.submit(STEERING, slack.shown, given).errors) == [field]
    assert slack.burst() == escalated


def test_the_owner_hears_who_can_give_more_time(slack: Workspace, escalated: Burst) -> None:
    assert escalated.owner is not None
    assert "the steering cell can extend" in said(
        slack.press(escalated.owner, Action.STEERING_EXTEND, escalated)
    )


def test_the_steering_cell_asks_for_more(slack: Workspace, escalated: Burst) -> None:
    slack.press(STEERING, Action.STEERING_ASK, escalated)

    slack.submit(STEERING, slack.shown, {"text": "Which studies are affected?"})

    burst = slack.burst()
    assert (burst.taken_up_by, burst.enquiries[0].question) == (STEERING, "Which studies are affected?")
    assert slack.log()[-1].kind is EntryKind.ASKED


def test_an_update_answers_it(slack: Workspace, escalated: Burst) -> None:
    slack.press(STEERING, Action.STEERING_ASK, escalated)
    slack.submit(STEERING, slack.shown, {"text": "Which studies are affected?"})

    slack.command(RAISER, f"update {escalated.key} Twelve")

    assert slack.burst().enquiries[0].answered_by == RAISER


def test_a_bystander_cannot_ask_for_more(slack: Workspace, escalated: Burst) -> None:
    assert "can take it up" in said(slack.press(BYSTANDER, Action.STEERING_ASK, escalated))
