"""The home tab as it is published: to each person what is theirs, and nothing that they may not read."""

from dataclasses import replace

from bot.slack.views.home import OTHERS_PER_PAGE
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind, home_lane
from bot.taskforce.terms import ClockState, Severity
from storage.homes import Home, HomeList, Outlook
from storage.outbox import Intent
from tests.slack.views.bursts import LATE_AT, MISSED, NOW, OPEN, OWNER, RAISER, RESOLVED
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


def opened_home(world: World, user: str, outlook: Outlook) -> None:
    """The person has the tab before them and chose what it shows; nothing is on it yet."""
    with world.store.write() as unit:
        unit.homes.put(Home(user, outlook, None, NOW))


def published(world: World, user: str) -> str | None:
    """What is published when it is wanted now, None when nothing is."""
    world.slack.homes.pop(user, None)
    with world.store.write() as unit:
        effect = Effect(EffectKind.PUBLISH_HOME, home_lane(user), {"user": user})
        unit.outbox.add([Intent(effect, None, 0)], now=NOW)
    world.drain()
    return str(world.slack.homes[user]["blocks"]) if user in world.slack.homes else None


def test_a_tab_that_shows_it_already_is_not_published_again(world: World) -> None:
    world.stored(OPEN)
    opened_home(world, ANYBODY, Outlook())
    assert published(world, ANYBODY) is not None
    assert published(world, ANYBODY) is None

    world.changed(OPEN.id, title="CT studies hang in the whole house")
    assert "in the whole house" in (published(world, ANYBODY) or "")


def test_long_lists_are_paged_each_for_itself(world: World) -> None:
    for number in range(1, OTHERS_PER_PAGE + 2):
        world.stored(replace(OPEN, id=number, title=f"Blocker number {number}."))
    opened_home(world, ANYBODY, Outlook())
    first = published(world, ANYBODY) or ""
    opened_home(world, ANYBODY, Outlook(pages={HomeList.OTHERS: 2}))
    second = published(world, ANYBODY) or ""

    assert "Blocker number 1." in first
    assert f"page 1 of 2, {OTHERS_PER_PAGE + 1} in all" in first
    assert f"Blocker number {OTHERS_PER_PAGE + 1}." not in first
    assert "Blocker number 1." not in second
    assert f"Blocker number {OTHERS_PER_PAGE + 1}." in second


def test_a_page_that_is_no_more_is_the_last_one(world: World) -> None:
    world.stored(OPEN)
    opened_home(world, ANYBODY, Outlook(pages={HomeList.OTHERS: 7, HomeList.NEEDED: 7}))

    assert OPEN.title in (published(world, ANYBODY) or "")


def test_lists_are_narrowed_and_say_so_when_nothing_is_left(world: World) -> None:
    world.stored(OPEN)
    opened_home(world, ANYBODY, Outlook(severity=OPEN.severity))
    assert OPEN.title in (published(world, ANYBODY) or "")

    opened_home(world, ANYBODY, Outlook(severity=Severity.SEV4))
    narrowed = published(world, ANYBODY) or ""
    assert OPEN.title not in narrowed
    assert "*Every severity* above" in narrowed


def test_whoever_wants_their_own_alone_sees_no_others(world: World) -> None:
    world.stored(OPEN)
    opened_home(world, ANYBODY, Outlook(mine=True))

    assert OPEN_ONES not in (published(world, ANYBODY) or "")


def test_a_site_that_left_the_programme_narrows_nothing(world: World) -> None:
    world.stored(OPEN)
    opened_home(world, ANYBODY, Outlook(site="GONE"))

    assert OPEN.title in (published(world, ANYBODY) or "")
