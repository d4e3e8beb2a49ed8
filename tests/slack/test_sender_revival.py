"""What was taken back with a severity says how things stand again, once that severity is back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.terms import ClockState
from tests.slack.fake_slack import refusal
from tests.slack.views.bursts import LEAD, NOW, OPEN, OWNER
from tests.slack.world import World, cell, to

DM, OTHER_DM = "D" + OWNER[1:], "D" + LEAD[1:]
# Messages are settled when they are edited, which is after the promise was set aside.
SET_ASIDE = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
TAKEN_BACK = cell(EffectKind.SETTLE_PINGS, clock=1, set_aside=SET_ASIDE)
BACK = cell(EffectKind.REVIVE_PINGS, clock=1, set_aside=SET_ASIDE)


@pytest.fixture
def taken_back(world: World) -> World:
    """Two people were told of a promise, and then that it is moot."""
    world.stored(OPEN, to(OWNER, "missed", clock=1), to(LEAD, "step", clock=1, step="accept_lead"))
    world.drain()
    return settled(world, TAKEN_BACK)


def settled(world: World, *effects: Effect) -> World:
    world.changed(OPEN.id, *effects)
    world.drain()
    return world


def test_the_messages_are_as_they_were(world: World) -> None:
    world.stored(OPEN, to(OWNER, "missed", clock=1), to(LEAD, "step", clock=1, step="accept_lead"))
    world.drain()
    told = world.words(DM), world.words(OTHER_DM)
    settled(world, TAKEN_BACK)
    assert (world.words(DM), world.words(OTHER_DM)) != told

    world.changed(OPEN.id, BACK)
    world.drain()

    assert (world.words(DM), world.words(OTHER_DM)) == told
    assert [post.settled_at for post in world.posts("ping")] == [None, None]


def test_they_can_be_settled_again(taken_back: World) -> None:
    settled(taken_back, BACK)
    met = (replace(OPEN.clocks[0], state=ClockState.MET, met_at=NOW), *OPEN.clocks[1:])
    taken_back.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=1), clocks=met)
    taken_back.drain()
    assert "in time" in taken_back.words(DM)[0]


def test_what_was_also_settled_for_another_reason_stays(taken_back: World) -> None:
    (told,) = (post for post in taken_back.posts("ping") if post.user == LEAD)
    overtaken: dict[str, str | int] = {"user": LEAD, "overtaken": told.outbox_id or 0}
    settled(taken_back, cell(EffectKind.SETTLE_PINGS, **overtaken))
    settled(taken_back, BACK)
    assert [post.user for post in taken_back.posts("ping") if post.settled_at is not None] == [LEAD]


def test_what_was_settled_before_that_stays(taken_back: World) -> None:
    later = max(post.settled_at for post in taken_back.posts("ping") if post.settled_at)
    since = later.replace(year=later.year + 1).isoformat()
    settled(taken_back, cell(EffectKind.REVIVE_PINGS, clock=1, set_aside=since))
    assert all(post.settled_at is not None for post in taken_back.posts("ping"))


def test_messages_about_other_promises_stay(taken_back: World) -> None:
    settled(taken_back, cell(EffectKind.REVIVE_PINGS, clock=2, set_aside=SET_ASIDE))
    assert all(post.settled_at is not None for post in taken_back.posts("ping"))


def test_a_refused_edit_leaves_it_to_be_tried_again(taken_back: World) -> None:
    taken_back.slack.fail("chat.update", refusal("invalid_blocks"))
    taken_back.changed(OPEN.id, BACK)
    assert taken_back.drain().parked == 1
    assert all(post.settled_at is not None for post in taken_back.posts("ping"))
