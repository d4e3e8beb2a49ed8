"""Pings of a ladder step whose people answer: dropped before they are sent, settled after, and one by one."""

from dataclasses import replace

import pytest

from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.response_clock import FiredStep, StepAnswer
from storage.terms import IntentState
from tests.slack.views.bursts import CLINICAL, NOW, OPEN, OPENED_AT, TECHNICAL
from tests.slack.world import World, cell, to

CLOCK, STEP = 3, "resolve_missed"
BOTH = (CLINICAL, TECHNICAL)


def asked(*answered: str, enough: bool = False) -> Burst:
    """Both co-leads were asked by a step, and these have answered it."""
    answers = tuple(StepAnswer(user, NOW) for user in answered)
    fired = FiredStep(STEP, OPENED_AT, OPENED_AT, BOTH, answers=answers, answered_at=NOW if enough else None)
    return replace(
        OPEN,
        clocks=tuple(
            replace(clock, fired=(fired,)) if clock.number == CLOCK else clock for clock in OPEN.clocks
        ),
    )


def pinged(user: str, **subject: str | int) -> Effect:
    """The step's ping to this person."""
    return to(user, "step", clock=CLOCK, step=STEP, **subject)


def test_a_ping_is_not_sent_to_whoever_has_answered_meanwhile(world: World) -> None:
    world.stored(asked(TECHNICAL), pinged(TECHNICAL), pinged(CLINICAL))
    world.drain()
    assert "D" + TECHNICAL[1:] not in world.slack.messages
    assert len(world.words("D" + CLINICAL[1:])) == 1
    assert len(world.rows(IntentState.DROPPED)) == 1


def test_a_repeat_is_not_sent_once_the_step_is_answered_by_another(world: World) -> None:
    world.stored(asked(TECHNICAL, enough=True), pinged(CLINICAL, repeat=1))
    world.drain()
    assert world.slack.calls == []


def test_a_repeat_is_sent_while_all_must_answer(world: World) -> None:
    world.stored(asked(TECHNICAL), pinged(CLINICAL, repeat=1))
    world.drain()
    [said] = world.words("D" + CLINICAL[1:])
    assert "still needs you" in said


def test_whoever_was_brought_is_told_whatever_is_answered(world: World) -> None:
    world.stored(asked(TECHNICAL, enough=True), pinged(TECHNICAL, brought="pacs_admin"))
    world.drain()
    assert len(world.words("D" + TECHNICAL[1:])) == 1


@pytest.mark.parametrize("enough", [True, False])
def test_only_the_message_to_whoever_answered_is_settled(world: World, *, enough: bool) -> None:
    world.stored(asked(), pinged(TECHNICAL), pinged(CLINICAL))
    world.drain()
    world.changed(
        OPEN.id,
        cell(EffectKind.SETTLE_PINGS, clock=CLOCK, step=STEP, user=TECHNICAL),
        clocks=asked(TECHNICAL, enough=enough).clocks,
    )
    world.drain()
    assert "you answered" in world.words("D" + TECHNICAL[1:])[0]
    assert "needs you" in world.words("D" + CLINICAL[1:])[0]
    assert [post.user for post in world.posts("ping") if post.settled_at is not None] == [TECHNICAL]
