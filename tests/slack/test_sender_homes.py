"""The home tab as it is published: to each person what is theirs, and nothing that they may not read."""

from dataclasses import replace

from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind, home_lane
from bot.taskforce.terms import ClockState
from tests.slack.views.bursts import LATE_AT, MISSED, OPEN, OWNER, RAISER, RESOLVED
from tests.slack.world import STEERER, World

ANYBODY = "U0ANYBODY"
NEEDED, CELL, MINE, OPEN_ONES = (
    "*Needs you now*",
    "*Waiting for the cell*",
    "*Your bursts*",
    "*Open, by most urgent clock*",
)


def home_of(world: World, user: str, burst: Burst) -> dict[str, str]:
    """The tab of ``user`` with this burst in the database, section by section."""
    world.stored(burst, Effect(EffectKind.PUBLISH_HOME, home_lane(user), {"user": user}))
    world.drain()
    sections: dict[str, str] = {}
    title = ""
    for block in world.slack.homes[user]["blocks"]:
        words = str(block)
        title = next((one for one in (NEEDED, CELL, MINE, OPEN_ONES) if one in words), title)
        sections[title] = sections.get(title, "") + words
    return sections


def test_an_owner_finds_the_question_at_the_top_and_the_burst_below(world: World) -> None:
    shown = home_of(world, OWNER, OPEN)

    assert "accept it, or say why not" in shown[NEEDED]
    assert OPEN.title in shown[MINE]
    assert OPEN.title not in shown[OPEN_ONES]
    assert CELL not in shown


def test_whoever_has_no_part_in_it_finds_it_among_the_open_ones(world: World) -> None:
    shown = home_of(world, ANYBODY, OPEN)

    assert "Nothing waits for you." in shown[NEEDED]
    assert OPEN.title in shown[OPEN_ONES]


def test_a_private_burst_is_on_no_strangers_tab(world: World) -> None:
    shown = home_of(world, ANYBODY, replace(OPEN, private=True))

    assert not any(OPEN.title in words for words in shown.values())


def test_the_cell_has_its_own_list_and_the_decisions_that_are_its(world: World) -> None:
    shown = home_of(world, STEERER, MISSED)

    assert "steering_take" in shown[CELL]
    assert "May we accept the workaround?" in shown[NEEDED]


def test_the_raiser_is_asked_once_it_is_said_to_be_fixed(world: World) -> None:
    assert "does it work for you?" in home_of(world, RAISER, RESOLVED)[NEEDED]


def test_the_cell_hears_where_nothing_waits_for_it(world: World) -> None:
    quiet = replace(
        MISSED, clocks=tuple(replace(one, state=ClockState.MET, met_at=LATE_AT) for one in MISSED.clocks)
    )

    assert "Nothing is escalated" in home_of(world, STEERER, quiet)[CELL]
