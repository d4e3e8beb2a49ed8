"""A policy clock that ran ahead and was set back: what it did in the false time holds up nothing in the true one."""

from bot.taskforce import clocks, ladder, lifecycle
from bot.taskforce.lifecycle import hold
from tests.unit.taskforce.cases import NOON, REACH, STEERING, at, opening

FALSE = 2000  # minutes after the opening, by a clock that ran ahead


def test_people_asked_in_the_false_time_had_theirs_from_when_the_step_was_due() -> None:
    burst = lifecycle.ring(lifecycle.open_burst(opening(), now=NOON).after, 1, REACH, now=at(FALSE)).after
    accept = clocks.by_number(burst, 1)
    assert [fired.step for fired in accept.fired] == ["accept_owner"]
    assert ladder.next_wake(burst, accept, at(FALSE)) == at(FALSE + 10)
    assert ladder.next_wake(burst, accept, at(25)) == at(30)


def test_a_take_up_of_the_false_time_has_held_nothing() -> None:
    burst = lifecycle.ring(lifecycle.open_burst(opening(), now=NOON).after, 1, REACH, now=at(FALSE)).after
    held = lifecycle.take_up(burst, STEERING, now=at(FALSE)).after
    released = clocks.by_number(hold.go_stale(held, at(25)), 1)
    assert released.held_since is None
    assert released.held_for == clocks.by_number(burst, 1).held_for


def test_nobody_is_warned_again_of_what_was_missed_already() -> None:
    burst = lifecycle.ring(lifecycle.open_burst(opening(), now=NOON).after, 1, REACH, now=at(FALSE)).after
    again = lifecycle.ring(burst, 1, REACH, now=at(15))
    assert [entry.kind for entry in again.entries] == []
