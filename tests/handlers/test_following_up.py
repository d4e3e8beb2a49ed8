"""Follow-up actions, from the page "Resolve" to the button "Done"."""

from datetime import timedelta

import pytest

from bot.slack.ids import Action
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.permissions import technical_signers
from bot.taskforce.terms import ClockKind, Standing, State
from tests.handlers.workspace import FIX, RAISER, Workspace, clinical_of, owner_of, said

PRIYA = "U01PRIYA"


@pytest.fixture
def closed(slack: Workspace, proven: Burst) -> Burst:
    """A burst that was closed with two actions to follow, the first one Priya's."""
    slack.know(PRIYA, Standing.MEMBER)
    slack.press(owner_of(proven), Action.RESOLVE, proven)
    to_do = "Tell the vendor, @u01priya, 3bd\nCheck the other rooms, 5bd"
    slack.submit(owner_of(proven), slack.shown, {**FIX, "follow_up": to_do})
    burst = slack.burst()
    for signer in (clinical_of(burst), technical_signers(burst)[0]):
        slack.press(signer, Action.SIGN_OFF, slack.burst())
    return slack.burst()


def first(burst: Burst) -> FollowUp:
    return burst.follow_ups[0]


def test_they_are_kept_with_their_people_and_times(closed: Burst, proven: Burst) -> None:
    assert closed.state is State.CLOSED
    assert [(one.text, one.owner) for one in closed.follow_ups] == [
        ("Tell the vendor", PRIYA),
        ("Check the other rooms", owner_of(proven)),
    ]
    assert first(closed).due_at > proven.opened_at + timedelta(days=2)


def test_whoever_does_one_says_that_it_is_done(slack: Workspace, closed: Burst) -> None:
    told = slack.press(PRIYA, Action.FOLLOW_UP_DONE, closed, "1")

    assert said(told) == f"{closed.key} · follow-up action 1 is done. Thank you."
    assert first(slack.burst()).done_by == PRIYA
    assert clocks.running(slack.burst(), ClockKind.FOLLOW_UP, 1) is None


def test_nobody_else_does(slack: Workspace, closed: Burst) -> None:
    told = slack.press(RAISER, Action.FOLLOW_UP_DONE, closed, "1")

    assert "Only the person whose action it is" in said(told)
    assert first(slack.burst()).done_at is None


def test_a_button_that_was_tampered_with_changes_nothing(slack: Workspace, closed: Burst) -> None:
    slack.press(PRIYA, Action.FOLLOW_UP_DONE, closed, "one")

    assert slack.burst() == closed
