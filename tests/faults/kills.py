"""Killed again and again, at named steps and at any moment, over whole stories with a Slack that fails at random."""

import random
from collections.abc import Generator, Iterable, Sequence
from itertools import islice
from pathlib import Path

from bot.sandbox.client import NeverHappened
from tests.faults.doomed import ANY_MOMENT, LAST_STEP, STEPS
from tests.faults.judging import missing, too_early, twice
from tests.faults.runs import Run, drawn
from tests.faults.story import Story
from tests.faults.weather import brew, clear
from tests.faults.world import World, world

NAMED = tuple(step for step in STEPS if step != ANY_MOMENT)
STORIES_PER_WORLD = 10
KILLS_PER_STORY = 10
FAULTS_PER_STORY = 15
# In milliseconds: a life begins to do something after about a second.
LIVES_FOR = (500, 5000)


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """One story each, ten of them in one workspace."""
    waiting = iter(indices)
    while batch := list(islice(waiting, STORIES_PER_WORLD)):
        with world(folder / f"from-{batch[0]}") as living:
            for number, index in enumerate(batch, start=1):
                chance = drawn("kills", seed, index)
                numbers, duplicates, losses = told(living, number, dooms(chance), chance, FAULTS_PER_STORY)
                yield Run("kills", seed, index, numbers, duplicates, tuple(losses))


def dooms(chance: random.Random) -> list[str]:
    """The deaths of one story, one life after the other: at a step if it is passed in time, else at any moment.

    Whoever is left for the end dies when the summary's PDF has been shared and nobody knows it yet.
    """
    drawn_ones = (
        f"{chance.choice(NAMED)}:{chance.randint(1, 3)};{ANY_MOMENT}:{chance.randint(*LIVES_FOR)}"
        for _ in range(KILLS_PER_STORY - 1)
    )
    return [*drawn_ones, f"{LAST_STEP}:1"]


def told(
    living: World, number: int, deaths: Sequence[str], chance: random.Random, faults: int
) -> tuple[dict[str, int], dict[str, int], list[str]]:
    """One whole story with a bot that dies on the way: its numbers, duplicates and losses."""
    died_before = len(living.bot.deaths)
    living.slack.forget()
    brew(living.slack, chance, faults)
    living.bot.restart(deaths)
    story = Story(living, number)
    try:
        for stage in story.stages:
            stage()
    except NeverHappened as never:
        story.broken.append(str(never))
    struck = clear(living.slack)
    died = living.bot.deaths[died_before:]
    calls = living.slack.calls()
    numbers = {"stories": 1, "kills": len(died), "faults of Slack": struck, "calls": len(calls)}
    return numbers, twice(living, number), [*story.broken, *missing(living, number), *too_early(calls, died)]
