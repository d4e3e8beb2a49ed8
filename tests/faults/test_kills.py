"""SIGKILL at every named step, and at any moment under a failing Slack: every story completes, nothing shows twice."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.faults.kills import NAMED, dooms, told
from tests.faults.runs import drawn
from tests.faults.world import World, world

NUMBERS = count(1)


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One workspace and one bot for all stories: each story is another burst, each doom another process."""
    with world(tmp_path_factory.mktemp("kills")) as one:
        yield one


@pytest.mark.timeout(400)
def test_a_story_completes_although_the_bot_is_killed_at_every_step(living: World) -> None:
    """Each step once, one life after the other; the supervisor starts the bot again."""
    numbers, duplicates, losses = told(
        living, next(NUMBERS), [f"{s}:1" for s in NAMED], drawn("kills", 1, 0), 0
    )
    assert (duplicates, losses) == ({}, [])
    assert numbers["kills"] == len(NAMED)


@pytest.mark.timeout(400)
def test_a_story_completes_although_the_bot_is_killed_at_any_moment_and_slack_fails(living: World) -> None:
    """As ``make faults`` does it with three hundred kills."""
    chance = drawn("kills", 1, 7)
    numbers, duplicates, losses = told(living, next(NUMBERS), dooms(chance)[:3], chance, faults=6)
    assert (duplicates, losses) == ({}, [])
    assert numbers["kills"]
    assert numbers["faults of Slack"]
