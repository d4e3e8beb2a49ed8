"""SIGKILL at every named step and at any moment, under a failing Slack: the story completes, nothing shows twice."""

from pathlib import Path

import pytest

from tests.faults.doomed import ANY_MOMENT
from tests.faults.kills import NAMED, told
from tests.faults.runs import drawn
from tests.faults.world import world

FAULTS = 4


@pytest.mark.timeout(600)
def test_a_story_completes_although_the_bot_is_killed_at_every_step_and_slack_fails(tmp_path: Path) -> None:
    """One death after the other, the second of them while it starts; the supervisor starts the bot again."""
    deaths = [f"{step}:1" for step in NAMED]
    deaths.insert(1, f"{ANY_MOMENT}:300")
    with world(tmp_path) as living:
        numbers, duplicates, losses = told(living, 1, deaths, drawn("kills", 1, 0), FAULTS)
    assert (duplicates, losses) == ({}, [])
    assert numbers["kills"] == len(deaths)
    assert numbers["faults of Slack"]
