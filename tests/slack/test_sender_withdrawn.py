"""A message that Slack took and never answered for, and that nobody wants any more when it is looked for."""

import pytest

from bot.slack.sending import attempt
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import State
from storage.terms import IntentState
from tests.slack.fake_slack import Fault
from tests.slack.test_sender_manners import DM, buttons, in_one_message, met, shown, told
from tests.slack.views.bursts import NOW, OPEN, OWNER
from tests.slack.world import STEERING, World, cell, hurry, to

UNHEARD = Fault(drop=True, after=True)


@pytest.fixture(autouse=True)
def _patient(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed waits, so that something can happen before it is tried again."""
    monkeypatch.setattr(attempt, "FIRST_WAIT_FOR", 60.0)
    world.slack.fail("chat.postMessage", UNHEARD)


def again(world: World) -> None:
    """The time to wait is over."""
    hurry(world)
    world.drain()


def accepted(world: World) -> Burst:
    """The owner says yes meanwhile."""
    met(world, OPEN.id, 1)
    return world.changed(OPEN.id, accepted_at=NOW, state=State.ACCEPTED)


def test_a_question_that_was_answered_meanwhile_loses_its_buttons(world: World) -> None:
    world.stored(OPEN, to(OWNER, "assigned", clock=1))
    world.drain()
    assert "burst_accept" in dict(buttons(world, DM))
    accepted(world)
    again(world)
    assert buttons(world, DM) == []
    assert [post.settled_at is not None for post in world.posts("ping")] == [True]


def test_what_is_left_of_a_message_is_all_that_it_says(world: World) -> None:
    world.stored(OPEN, told("assigned", clock=1), told("reminder", clock=3))
    in_one_message(world)
    world.drain()
    assert "burst_accept" in dict(buttons(world, DM))
    accepted(world)
    again(world)
    assert "burst_accept" not in dict(buttons(world, DM))
    assert "Resolution" in shown(world, DM)


def test_a_card_for_the_cell_about_what_has_ended_offers_nothing(world: World) -> None:
    world.stored(OPEN, cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"))
    world.drain()
    assert "steering_decide" in dict(buttons(world, STEERING))
    world.changed(OPEN.id, state=State.CLOSED)
    again(world)
    assert buttons(world, STEERING) == []
    assert len(world.posts("escalation")) == 1


def test_what_was_never_shown_is_dropped(world: World) -> None:
    world.slack.mend("chat.postMessage")
    world.slack.fail("chat.postMessage", Fault(drop=True))
    world.stored(OPEN, to(OWNER, "assigned", clock=1))
    world.drain()
    accepted(world)
    again(world)
    assert world.slack.messages[DM] == []
    assert IntentState.DROPPED in {row.state for row in world.rows() if row.kind is EffectKind.PING}


def reminded_again(world: World) -> None:
    """The same is told once more before the first is tried again."""
    world.stored(OPEN, to(OWNER, "reminder", clock=3))
    world.drain()
    world.changed(OPEN.id, to(OWNER, "reminder", clock=3))
    again(world)


def test_what_stands_already_is_no_part_of_a_newer_message(world: World) -> None:
    reminded_again(world)
    assert len(world.words(DM)) == 2


def test_what_was_never_shown_goes_along_with_a_newer_message(world: World) -> None:
    world.slack.mend("chat.postMessage")
    world.slack.fail("chat.postMessage", Fault(drop=True))
    reminded_again(world)
    assert len(world.words(DM)) == 1
    assert len(world.posts("ping")) == 2
