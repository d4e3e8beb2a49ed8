"""SIGKILL at every named step, and at random: after the restart every story completes, and nothing shows twice."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import count

import pytest

from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind, State
from storage import peek
from tests.faults.doomed import STEPS
from tests.faults.world import World, insist, lost, visible_twice, wait_for, world

SETTLED_WITHIN = 90.0
NUMBERS = count(1)
# The sweep first: it is passed once a story, when the clock is missed.
NAMED = ("inside the sweep", *sorted(set(STEPS) - {"inside the sweep"}))


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One workspace and one bot for all stories: each story is another burst, each doom another process."""
    with world(tmp_path_factory.mktemp("faults")) as one:
        yield one


@pytest.mark.timeout(400)
@pytest.mark.parametrize("steps", [NAMED[:1], NAMED[1:4], NAMED[4:7], NAMED[7:]], ids=", ".join)
def test_a_story_completes_although_the_bot_is_killed_at(living: World, steps: tuple[str, ...]) -> None:
    """Each step once, one life after the other; the supervisor starts the bot again."""
    deaths = living.bot.deaths
    play(living, [f"{step}:1" for step in steps])
    assert living.bot.deaths == deaths + len(steps)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_story_completes_although_the_bot_is_killed_five_times_at_random(living: World, seed: int) -> None:
    """At some passing of some step, as the seed chooses."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    deaths = living.bot.deaths
    play(living, [f"{chance.choice(NAMED[1:])}:{chance.randint(1, 3)}" for _ in range(5)])
    assert living.bot.deaths == deaths + 5


def play(living: World, dooms: Sequence[str]) -> None:
    """One burst from its opening past a missed clock to its summary, with a bot that dies on the way."""
    number = next(NUMBERS)
    title = f"Viewer rule {number} missing"
    living.bot.restart(dooms)
    priya = living.person("priya")

    def stored() -> Burst | None:
        return living.burst(number)

    def command(person: str, line: str) -> Callable[[], object]:
        return lambda: living.person(person).command(f"/burst {line}")

    def holds(condition: Callable[[Burst], object]) -> Callable[[], object]:
        return lambda: (burst := stored()) is not None and condition(burst)

    raised = "open network_provisioning site:SBH impact:1 urgency:1"
    insist(living, command("priya", f"{raised} {title}"), stored, "opened")
    wait_for(holds(lambda burst: burst.place), SETTLED_WITHIN, "a channel")
    living.move_time(timedelta(minutes=16))
    wait_for(lambda: EntryKind.MISSED in kinds(living, number), SETTLED_WITHIN, "the missed clock")
    key = f"BURST-{number}"
    insist(living, command("gudrun", f"accept {key}"), holds(lambda burst: burst.accepted_at), "accepted")
    for kind in ("connection_transcript", "change_closed"):
        insist(
            living,
            command("gudrun", f"evidence {key} {kind} Seen to work from three hosts"),
            holds(lambda burst, kind=kind: any(piece.kind == kind for piece in burst.evidence)),  # type: ignore[misc]
            kind,
        )
    insist(living, lambda: resolve(living, key), holds(lambda burst: burst.resolved_at), "resolved")
    for lead in ("saskia", "wendel"):
        user = living.person(lead).id
        insist(
            living,
            command(lead, f"signoff {key}"),
            holds(lambda burst, user=user: any(one.user == user for one in burst.sign_offs)),  # type: ignore[misc]
            f"signed off by {lead}",
        )
    wait_for(holds(lambda burst: burst.state is State.CLOSED), SETTLED_WITHIN, "closed")
    wait_for(lambda: not lost(living, number), SETTLED_WITHIN, "nothing lost")
    assert visible_twice(living) == []
    assert [name for c in priya.channels() if (name := c.get("name", "")).startswith(f"burst-{number}-")] == [
        f"burst-{number}-network-provisioning-sbh"
    ]


def resolve(living: World, key: str) -> None:
    """Through the modal, as the owner does it."""
    gudrun = living.person("gudrun")
    view = gudrun.command(f"/burst resolve {key}")["view"]
    if view is not None:
        gudrun.submit(
            view,
            {
                "fix": "The rule is in place.",
                "cause": "information_missing",
                "shorter": "A diagram at once",
                "sites_same": "different",
            },
        )


def kinds(living: World, number: int) -> set[EntryKind]:
    """The kinds of entries in the burst's log."""
    data = living.folder / "data"
    with peek(f"sqlite:///{data / 'burst.db'}", data) as unit:
        return {entry.kind for entry in unit.log.entries(number)}


@pytest.mark.faults_long
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("seed", range(100, 130))
def test_a_story_completes_although_the_bot_is_killed_ten_times_at_random(living: World, seed: int) -> None:
    """The long form: three hundred kills over thirty stories."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    deaths = living.bot.deaths
    play(living, [f"{chance.choice(NAMED[1:])}:{chance.randint(1, 2)}" for _ in range(10)])
    assert living.bot.deaths > deaths
