"""The programme's present policy, given deliberately: elapsed time counts, and the log says who, why and by what right."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import replay
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, Outcome
from tests.unit.taskforce.cases import (
    ADMIN,
    CLINICAL,
    LEAD,
    NOON,
    OWNER,
    REACH,
    STEERING,
    at,
    logged,
    opening,
    policy,
    resolved,
)

LONGER = policy(accept="40m", resolve="10h")


@pytest.fixture
def burst() -> Burst:
    return lifecycle.open_burst(opening(), now=NOON).after


def due(burst: Burst, kind: ClockKind) -> object:
    return clocks.current(burst, kind).due_at


def test_clocks_are_due_as_if_it_had_held_from_the_start(burst: Burst) -> None:
    after = lifecycle.rebase(burst, ADMIN, LONGER, "Reviewed", now=at(10)).after
    assert (due(after, ClockKind.ACCEPT), due(after, ClockKind.RESOLVE)) == (at(40), at(600))
    assert due(after, ClockKind.UPDATE) == at(30)
    assert after.policy == LONGER


def test_the_log_says_who_why_by_what_right_and_what_moved(burst: Burst) -> None:
    decision = lifecycle.rebase(burst, ADMIN, LONGER, "Reviewed", now=at(10))
    entry = logged(decision, "rebased")
    assert (entry.actor, entry.body["reason"], entry.body["right"]) == (
        ADMIN.user,
        "Reviewed",
        "administrator, command line",
    )
    moved = entry.body["moved"]
    assert moved == [
        {"clock": 1, "kind": "accept", "from": at(20).isoformat(), "to": at(40).isoformat()},
        {"clock": 3, "kind": "resolve", "from": at(480).isoformat(), "to": at(600).isoformat()},
    ]
    opened = lifecycle.open_burst(opening(), now=NOON)
    assert replay([*opened.entries, *decision.entries]).policy == LONGER.digest


def test_what_was_said_about_a_missed_promise_is_settled(burst: Burst) -> None:
    missed = lifecycle.ring(burst, 1, REACH, now=at(20)).after
    decision = lifecycle.rebase(missed, ADMIN, LONGER, "Reviewed", now=at(25))
    assert clocks.by_number(decision.after, 1).missed_at is None
    settled = [effect for effect in decision.effects if effect.kind is EffectKind.SETTLE_PINGS]
    assert [effect.subject["clock"] for effect in settled] == [1]
    assert sum(effect.kind is EffectKind.POST_NOTICE for effect in decision.effects) == 1


def test_what_was_said_of_a_promise_that_is_still_missed_stands(burst: Burst) -> None:
    missed = lifecycle.ring(burst, 1, REACH, now=at(30)).after
    decision = lifecycle.rebase(missed, ADMIN, policy(accept="25m"), "Reviewed", now=at(31))
    moved = clocks.by_number(decision.after, 1)
    assert (moved.due_at, moved.missed_at) == (at(25), at(30))
    assert not [effect for effect in decision.effects if effect.kind is EffectKind.SETTLE_PINGS]


@pytest.mark.parametrize("actor", [OWNER, LEAD, STEERING])
def test_nobody_but_an_administrator_may(burst: Burst, actor: Actor) -> None:
    with pytest.raises(Refused, match="administrator"):
        lifecycle.rebase(burst, actor, LONGER, "Reviewed", now=at(10))


def test_an_administrator_need_not_see_a_private_burst(burst: Burst) -> None:
    private = replace(burst, private=True)
    assert lifecycle.rebase(private, ADMIN, LONGER, "Reviewed", now=at(10)).after.policy == LONGER


def test_the_same_policy_again_is_nothing_new(burst: Burst) -> None:
    with pytest.raises(Refused, match="already"):
        lifecycle.rebase(burst, ADMIN, policy(), "Reviewed", now=at(10))


def test_what_has_ended_keeps_its_policy(burst: Burst) -> None:
    ended = lifecycle.cancel(burst, STEERING, Outcome.MISTAKE, "Wrong site", now=at(5)).after
    with pytest.raises(Refused, match="closed"):
        lifecycle.rebase(ended, ADMIN, LONGER, "Reviewed", now=at(10))


def test_a_resolved_burst_aims_for_no_workaround(burst: Burst) -> None:
    given = resolved(policy=policy(workaround="4h"))
    after = lifecycle.rebase(given, ADMIN, policy(workaround="2h"), "Reviewed", now=at(61)).after
    assert clocks.running(after, ClockKind.WORKAROUND) is None


def test_what_is_sent_back_after_a_rebase_goes_on_with_the_new_promise(burst: Burst) -> None:
    given = lifecycle.rebase(resolved(), ADMIN, LONGER, "Reviewed", now=at(90)).after
    back = lifecycle.send_back(given, CLINICAL, "It fails on two hosts", now=at(120)).after
    assert clocks.current(back, ClockKind.RESOLVE).promise == "10h"
    assert due(back, ClockKind.RESOLVE) == at(600 + 60)
