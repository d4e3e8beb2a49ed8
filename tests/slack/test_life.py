"""Several processes on one PostgreSQL: what one leaves behind another takes over, and nobody does it twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import clock
from bot.slack.pacing import Pacer
from bot.slack.sending.life import LEASE_FOR, Life
from bot.taskforce.effects import EffectKind
from storage import Store
from storage.terms import IntentState
from tests.slack.conftest import Hand
from tests.slack.views.bursts import OPEN
from tests.slack.world import World, here
from tests.store_fixtures import Database

A_MOMENT = timedelta(seconds=0.1)
PAUSED_FOR = 0.5


@pytest.fixture
def time(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Real time in the test's hand."""
    monkeypatch.setattr(clock, "monotonic", hand)
    return hand


@pytest.fixture
def shared(postgresql: Database) -> Iterator[Store]:
    """A database on which several processes work."""
    with postgresql.opened() as store:
        yield store


def alive(store: Store, holder: str) -> Life:
    """A process that has just begun."""
    life = Life(store, holder, Pacer())
    life.begin()
    return life


def known(store: Store) -> set[str]:
    """Whom the database knows to be alive."""
    with store.read() as unit:
        return set(unit.replicas.beats())


def test_who_stands_still_for_a_lease_is_taken_for_dead(time: Hand, shared: Store) -> None:
    alive(shared, "frozen")
    one = alive(shared, "one")
    one.beat()

    time.at += LEASE_FOR - 0.1
    one.beat()
    assert known(shared) == {"one", "frozen"}
    time.at += 0.1
    one.beat()

    assert known(shared) == {"one"}


def test_who_was_taken_for_dead_counts_on_nothing_that_it_had(time: Hand, shared: Store) -> None:
    frozen, one = alive(shared, "frozen"), alive(shared, "one")
    holds = frozen.lease()
    one.beat()
    time.at += LEASE_FOR
    assert not holds()  # before it even knows
    one.beat()

    frozen.beat()

    assert not holds()
    assert frozen.lease()()
    assert known(shared) == {"one", "frozen"}


def test_who_shows_life_in_time_keeps_what_it_has(time: Hand, shared: Store) -> None:
    frozen, one = alive(shared, "frozen"), alive(shared, "one")
    holds = frozen.lease()
    for _ in range(3):
        time.at += LEASE_FOR / 2
        frozen.beat()
        one.beat()

    assert holds()


def test_on_a_file_of_our_own_a_lease_needs_no_sign_of_life(time: Hand, sqlite: Database) -> None:
    with sqlite.opened() as store:
        holds = alive(store, "alone").lease()
        time.at += 10 * LEASE_FOR

        assert holds()


def test_the_limits_are_shared_among_the_living(shared: Store) -> None:
    pacer = Pacer()
    life = Life(shared, "one", pacer)
    life.begin()
    alive(shared, "two")

    life.beat()

    assert pacer.replicas == 2


def test_a_process_that_goes_on_sends_nothing_that_another_has_sent(shared_world: World) -> None:
    world, first = shared_world, shared_world.sender
    world.stored(OPEN, here(EffectKind.POST_CARD))
    world.pacer.pause("chat.postMessage", PAUSED_FOR)
    first.drain(A_MOMENT)  # it holds the card, and is frozen
    with world.store.write() as unit:
        unit.replicas.leave("first")
        assert unit.outbox.rescue(["first"]) == 1
    world.sender = world.new_sender("second")
    assert world.drain().delivered == 1

    first.beat()
    world.sender = first
    world.drain()

    assert len(world.slack.made("chat.postMessage")) == 1
    assert [row.state for row in world.rows(IntentState.DONE)] == [IntentState.DONE]
