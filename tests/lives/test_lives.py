"""Some lives on SQLite, and one on PostgreSQL; `make faults` has many more."""

import pytest

from bot.programme import Programme
from tests.faults.lives import lived
from tests.faults.runs import Run
from tests.handlers.conftest import programme
from tests.store_fixtures import Database, copied

__all__ = ["programme"]

STEPS, FEW = 50, 12


@pytest.fixture(scope="module")
def lives(
    sqlite_template: Database, programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> list[Run]:
    """Three lives, each on a database of its own."""
    return [
        lived(copied(sqlite_template, tmp_path_factory.mktemp("life")), programme, (1, index), STEPS)
        for index in range(3)
    ]


def test_whatever_happens_nothing_is_lost_told_twice_or_left_standing(lives: list[Run]) -> None:
    assert [loss for run in lives for loss in run.losses] == []


@pytest.mark.parametrize("what", ["bursts", "acts", "refused", "rung", "calls", "pings"])
def test_enough_happens_for_that_to_mean_something(lives: list[Run], what: str) -> None:
    assert sum(run.numbers[what] for run in lives) > 0


def test_it_is_no_different_on_postgresql(postgresql: Database, programme: Programme) -> None:
    assert lived(postgresql, programme, (1, 3), FEW).losses == ()


def test_a_life_is_the_same_when_it_is_lived_again(
    sqlite_template: Database, programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What was found can be found again."""
    first, again = (
        lived(copied(sqlite_template, tmp_path_factory.mktemp("life")), programme, (1, 4), FEW)
        for _ in range(2)
    )
    assert first == again
