"""Clocks that stood still before it was kept when: an upgrade leaves them the time that they had."""

from dataclasses import replace
from datetime import timedelta

import storage
from bot.taskforce import clocks, targets
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock, Standstill
from tests.storage.bursts import at, clock, loaded, opening, plain_burst, policy, stored
from tests.storage.test_migrations_with_data import taken_back
from tests.store_fixtures import Database

BEFORE = "0007"
LONGER = policy(resolve="10h")
PAUSED_FOR = timedelta(hours=3)


def upgraded(database: Database, one: ResponseClock) -> Burst:
    """A burst with this clock, as it is after the database was at the revision before, and was upgraded."""
    storage.upgrade(database.url, database.data_dir)
    with database.opened() as store:
        stored(store, opening(plain_burst(clocks=(one,))))
    taken_back(database, BEFORE).dispose()
    storage.upgrade(database.url, database.data_dir)
    with database.opened() as store:
        return loaded(store)


def test_a_clock_that_stood_still_keeps_the_time_that_it_was_given(empty_database: Database) -> None:
    stood = (Standstill(at(10), at(190)),)
    paused = clock(due_at=at(480) + PAUSED_FOR, total_for=timedelta(hours=8), stood=stood)

    burst = upgraded(empty_database, paused)

    assert burst.clocks == (replace(paused, stood=()),)
    (moved,) = targets.retarget(burst, LONGER, at(200)).clocks
    assert moved.due_at == at(600) + PAUSED_FOR


def test_what_it_stands_still_afterwards_is_added_to_it(empty_database: Database) -> None:
    stood = (Standstill(at(10), at(190)),)
    paused = clock(due_at=at(480) + PAUSED_FOR, total_for=timedelta(hours=8), stood=stood)

    burst = upgraded(empty_database, paused)

    burst = clocks.pause(burst, burst.clocks[0], at(200))
    burst = clocks.run_again(burst, burst.clocks[0], at(260))
    assert burst.clocks[0].stood == (Standstill(at(200), at(260)),)
    (moved,) = targets.retarget(burst, LONGER, at(270)).clocks
    assert moved.due_at == at(660) + PAUSED_FOR


def test_a_clock_that_stands_still_goes_on_where_it_stood(empty_database: Database) -> None:
    armed = plain_burst(clocks=(clock(total_for=timedelta(hours=8)),))
    (standing,) = clocks.pause(armed, armed.clocks[0], at(10)).clocks

    burst = upgraded(empty_database, replace(standing, wake_at=None))

    burst = clocks.run_again(burst, burst.clocks[0], at(190))
    assert burst.clocks[0].due_at == at(480) + PAUSED_FOR
    (moved,) = targets.retarget(burst, LONGER, at(200)).clocks
    assert moved.due_at == at(600) + PAUSED_FOR
