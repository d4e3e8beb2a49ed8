"""Messages about a promise that still holds name its due time of now, after that has moved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.slack.sending import attempt
from bot.taskforce.effects import EffectKind
from storage.terms import IntentState
from tests.slack.views.bursts import LEAD, OPEN, OWNER
from tests.slack.world import World, cell, to

DM, OTHER_DM = "D" + OWNER[1:], "D" + LEAD[1:]
SOONER = replace(OPEN.clocks[0], due_at=OPEN.clocks[0].due_at - timedelta(hours=2))
MOVED = cell(EffectKind.REFRESH_PINGS, clock=1)


@pytest.fixture
def told(world: World) -> World:
    """The owner was told of two promises, a lead of one of them."""
    about = (
        to(OWNER, "assigned", clock=1),
        to(OWNER, "missed", clock=2),
        to(LEAD, "step", clock=1, step="accept_lead"),
    )
    world.stored(OPEN, *about)
    world.drain()
    return world


def move(world: World) -> None:
    world.changed(OPEN.id, MOVED, clocks=(SOONER, *OPEN.clocks[1:]))


def test_they_name_the_new_time_and_others_stay(told: World) -> None:
    asked, other = told.words(DM)
    move(told)

    told.drain()

    assert "10:00" in asked
    assert "08:00" in told.words(DM)[0]
    assert told.words(DM)[1] == other
    assert len(told.slack.made("chat.update")) == 2


def test_what_was_settled_stays_settled(told: World) -> None:
    told.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=1, user=OWNER))
    told.drain()
    settled, *_ = told.words(DM)
    move(told)

    told.drain()

    assert told.words(DM)[0] == settled


def test_a_message_that_shows_it_already_is_left_alone(told: World) -> None:
    move(told)
    told.drain()
    edited = len(told.slack.made("chat.update"))
    moved = next(row for row in told.rows(IntentState.DONE) if row.kind is EffectKind.REFRESH_PINGS)

    assert attempt.attempt(moved, told.sender._tools, tried=True).state is IntentState.DROPPED
    assert len(told.slack.made("chat.update")) == edited


def test_it_waits_for_a_message_that_is_on_its_way(world: World) -> None:
    world.stored(OPEN, to(OWNER, "missed", clock=1))
    with world.store.write() as unit:
        unit.outbox.claim("other", 1, 4e9)
    move(world)

    assert world.drain().postponed == 1
