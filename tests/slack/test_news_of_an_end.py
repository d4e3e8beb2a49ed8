"""Pings that tell of an end: a pause that is over, a take-up of which nothing came."""

from dataclasses import replace

from bot.taskforce import clocks, lifecycle
from bot.taskforce.decision import Decision
from bot.taskforce.effects import Effect
from bot.taskforce.moot import is_moot
from bot.taskforce.terms import ClockKind, State
from tests.unit.taskforce.cases import OWNER, REACH, STEERING, at, opened, paused


def pings(decision: Decision) -> list[Effect]:
    """What the decision tells people."""
    return [effect for effect in decision.effects if effect.kind == "ping"]


def test_the_end_of_a_pause_is_told_while_it_is_news() -> None:
    burst = paused()
    pause = clocks.current(burst, ClockKind.PAUSE)
    over = lifecycle.ring(burst, pause.number, REACH, now=pause.due_at)
    told = pings(over)[0].subject
    assert not is_moot(over.after, told)
    assert is_moot(replace(over.after, state=State.PAUSED), told)
    assert is_moot(replace(over.after, state=State.RESOLVED), told)


def test_a_stale_take_up_is_told_to_whoever_had_it_until_somebody_else_has_it() -> None:
    missed = lifecycle.ring(opened(), 1, REACH, now=at(20)).after
    taken = lifecycle.take_up(missed, STEERING, now=at(25)).after
    clock = clocks.current(taken, ClockKind.TAKE_UP)
    stale = lifecycle.ring(taken, clock.number, REACH, now=clock.due_at)
    told = pings(stale)[0].subject
    assert told["user"] == STEERING.user
    assert not is_moot(stale.after, told)
    assert is_moot(replace(stale.after, taken_up_by=OWNER.user), told)
