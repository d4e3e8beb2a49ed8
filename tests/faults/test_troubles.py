"""One story, each of its stages in another trouble, and what the bot is worth when its engine has ended."""

from pathlib import Path

import pytest

from tests.faults import health
from tests.faults.runs import drawn
from tests.faults.troubles import TROUBLES, small_disk, told
from tests.faults.world import world

IN_ORDER = (
    "duplicated deliveries",
    "clocks stepped by an hour",
    "429 storm",
    "disk full",
    "database locked for 2 s",
    "day without Slack",
)


@pytest.mark.timeout(400)
def test_a_story_completes_although_each_stage_is_in_another_trouble(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as data, world(tmp_path / "world", data=data) as living:
        run = told(living, 1, IN_ORDER, drawn("troubles", 1, 1), (1, 0))
    assert (run.duplicates, run.losses) == ({}, ())
    assert run.numbers["people told that it failed"]
    assert set(TROUBLES) - set(IN_ORDER) == {"files limited"}


@pytest.mark.timeout(200)
def test_health_is_red_five_seconds_after_the_engine_ended(tmp_path: Path) -> None:
    [run] = health.run(tmp_path, 1, [0])
    assert run.losses == ()
