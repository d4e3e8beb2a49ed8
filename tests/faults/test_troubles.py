"""One story, each of its stages in another trouble, and what the bot is worth when its engine has ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.health import ended
from tests.faults.runs import drawn
from tests.faults.troubles import TROUBLES, small_disk, told
from tests.faults.world import World, world

IN_ORDER = (
    "duplicated deliveries",
    "clocks stepped by an hour",
    "429 storm",
    "disk full",
    "database locked for 2 s",
    "day without Slack",
    "files limited",
)


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file whose coming ends the engine."""
    return tmp_path_factory.mktemp("marker") / "engine-ends"


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory, marker: Path) -> Iterator[World]:
    """A workspace and a bot on a small disk, for both tests: the second one leaves it without an engine."""
    folder = tmp_path_factory.mktemp("troubles")
    with (
        small_disk(folder / "disk") as data,
        world(folder / "world", data=data, ENGINE_ENDS=str(marker)) as one,
    ):
        yield one


@pytest.mark.timeout(400)
def test_a_story_completes_although_each_stage_is_in_another_trouble(living: World) -> None:
    run = told(living, 1, IN_ORDER, drawn("troubles", 1, 1), (1, 0))
    assert (run.duplicates, run.losses) == ({}, ())
    assert run.numbers["people told that it failed"]
    assert set(TROUBLES) == set(IN_ORDER)


def test_health_is_red_five_seconds_after_the_engine_ended(living: World, marker: Path) -> None:
    assert list(ended(living, marker)) == []
