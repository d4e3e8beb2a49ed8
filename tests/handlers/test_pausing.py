"""The resolve clock, paused and resumed, and the severity behind it."""

from datetime import timedelta

import pytest

from bot import clock
from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.terms import PauseReason, Severity, State
from tests.handlers.workspace import BYSTANDER, Workspace, said


def owner_of(burst: Burst) -> str:
    assert burst.owner is not None
    return burst.owner


def test_a_pause_has_a_reason_a_time_and_a_ticket(slack: Workspace, working: Burst) -> None:
    slack.command(owner_of(working), f"pause {working.key} awaiting_vendor until:2h ref:CHG0012345")

    pause = slack.burst().pause
    assert pause is not None
    assert (pause.reason, pause.reference) == (PauseReason.AWAITING_VENDOR, "CHG0012345")
    assert timedelta(hours=1, minutes=59) < pause.until - clock.now() < timedelta(hours=2, minutes=1)


@pytest.mark.parametrize("written", ["requester", "Awaiting_Requester", "awaiting requester"])
def test_the_reason_may_be_written_as_people_do(slack: Workspace, working: Burst, written: str) -> None:
    slack.command(owner_of(working), f"pause {working.key} {written} until:1h")

    assert slack.burst().state is State.PAUSED


def test_a_date_may_have_a_time(slack: Workspace, working: Burst) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).date()

    slack.command(owner_of(working), f"pause {working.key} vendor until:{tomorrow} 12:30 ref:INC1")

    pause = slack.burst().pause
    assert pause is not None
    assert pause.until.date() == tomorrow
    assert pause.reference == "INC1"


@pytest.mark.parametrize(
    ("rest", "allowed"),
    [
        ("until:2h", "awaiting_vendor"),
        ("holiday until:2h", "awaiting_vendor"),
        ("vendor", "`3bd`"),
        ("vendor until:soon", "`3bd`"),
        ("vendor until:2020-01-01", "passed"),
        ("vendor until:2h ref:A ref:B", "twice"),
    ],
)
def test_what_is_missing_or_wrong_is_said(slack: Workspace, working: Burst, rest: str, allowed: str) -> None:
    heard = slack.command(owner_of(working), f"pause {working.key} {rest}")

    assert allowed in heard.words
    assert slack.burst() == working


def test_a_co_lead_extends_it_by_command_and_by_button(slack: Workspace, working: Burst) -> None:
    lead = working.clinical_lead
    assert lead is not None
    slack.command(owner_of(working), f"pause {working.key} vendor until:1h ref:CHG0012345")

    slack.command(lead, f"pause {working.key} vendor until:2h ref:CHG0012346")
    slack.press(lead, Action.PAUSE, slack.burst())
    slack.submit(lead, slack.shown, {"reason": "awaiting_downtime", "until": "3h"})

    pause = slack.burst().pause
    assert pause is not None
    assert pause.reason is PauseReason.AWAITING_DOWNTIME
    assert timedelta(hours=2, minutes=59) < pause.until - clock.now() < timedelta(hours=3, minutes=1)
    assert [past.reason for past in slack.burst().pauses] == [PauseReason.AWAITING_VENDOR] * 2


def test_the_owner_alone_hears_who_extends_it(slack: Workspace, working: Burst) -> None:
    slack.command(owner_of(working), f"pause {working.key} vendor until:1h ref:CHG0012345")
    paused = slack.burst()

    by_command = slack.command(owner_of(working), f"pause {working.key} vendor until:2h ref:CHG0012345").words
    by_button = said(slack.press(owner_of(working), Action.PAUSE, paused))

    assert "Only a co-lead or the steering cell can extend a pause." in by_command
    assert "Only a co-lead or the steering cell can extend a pause." in by_button
    assert slack.burst() == paused


def test_by_button_and_back(slack: Workspace, working: Burst) -> None:
    slack.press(owner_of(working), Action.PAUSE, working)
    slack.submit(owner_of(working), slack.shown, {"reason": "awaiting_downtime", "until": "1h"})
    assert slack.burst().state is State.PAUSED

    assert slack.press(owner_of(working), Action.RESUME, slack.burst()) is None

    assert slack.burst().state is State.WORKING


@pytest.mark.parametrize(
    ("given", "block"),
    [
        ({"reason": "awaiting_downtime", "until": "soon"}, "until"),
        ({"reason": "holiday", "until": "2h"}, "reason"),
    ],
)
def test_the_modal_says_it_at_the_field(
    slack: Workspace, working: Burst, given: dict[str, object], block: str
) -> None:
    slack.press(owner_of(working), Action.PAUSE, working)

    heard = slack.submit(owner_of(working), slack.shown, given)

    assert set(heard.errors) == {block}
    assert slack.burst().state is State.WORKING


def test_resume_by_command(slack: Workspace, working: Burst) -> None:
    slack.command(owner_of(working), f"pause {working.key} requester until:2h")

    heard = slack.command(owner_of(working), f"resume {working.key}")

    assert "runs again" in heard.words
    assert slack.burst().state is State.WORKING


def test_others_are_told_who_can(slack: Workspace, working: Burst) -> None:
    assert "Only the owner" in said(slack.press(BYSTANDER, Action.PAUSE, working))
    assert "Only the owner" in slack.command(BYSTANDER, f"pause {working.key} requester until:2h").words


def test_severity_follows_from_new_levels(slack: Workspace, working: Burst) -> None:
    heard = slack.command(
        owner_of(working), f"severity {working.key} impact:1 urgency:1 a second site stands still"
    )

    assert slack.burst().severity is Severity.SEV1
    assert "sev1" in heard.words


def test_a_level_that_is_not_named_stays(slack: Workspace, working: Burst) -> None:
    slack.command(owner_of(working), f"severity {working.key} impact:1 a second site stands still")

    assert (slack.burst().impact, slack.burst().urgency) == (1, working.urgency)


@pytest.mark.parametrize("rest", ["", "because", "impact:4 because", "impact:low because"])
def test_levels_are_one_to_three(slack: Workspace, working: Burst, rest: str) -> None:
    assert "from 1 to 3" in slack.command(owner_of(working), f"severity {working.key} {rest}").words
    assert slack.burst() == working


def test_lowering_is_for_others(slack: Workspace, working: Burst) -> None:
    heard = slack.command(owner_of(working), f"severity {working.key} impact:3 urgency:3 it got better")

    assert "can lower the severity" in heard.words
    assert slack.burst() == working
