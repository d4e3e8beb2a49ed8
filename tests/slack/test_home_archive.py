"""The steering cell's members see on their home tab what was archived lately."""

import json
from dataclasses import replace

from bot.operations.filing import file_away
from bot.operations.legal_hold import hold
from bot.slack.ids import Action
from bot.slack.views.home import MOST_RECENT
from bot.taskforce.effects import Effect, EffectKind, home_lane
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Standing
from storage.outbox import Intent
from tests.slack.views.bursts import CLOSED, NOW
from tests.slack.world import STEERER, World


def home_of(world: World, user: str) -> str:
    with world.store.write() as unit:
        effect = Effect(EffectKind.PUBLISH_HOME, home_lane(user), {"user": user})
        unit.outbox.add([Intent(effect, None, 0)], now=NOW)
    world.drain()
    return json.dumps(world.slack.homes[user], ensure_ascii=False)


def archived(world: World, *numbers: int) -> None:
    for number in numbers:
        world.stored(replace(CLOSED, id=number, title=f"Blocker number {number}"))
        with world.store.write() as unit:
            burst = unit.bursts.get(number)
            assert burst is not None
            file_away(unit, burst)


def test_the_newest_are_shown_with_open_and_the_way_to_all(world: World) -> None:
    archived(world, *range(1, MOST_RECENT + 2))
    shown = home_of(world, STEERER)
    assert "Blocker number 1 " not in shown
    assert [number for number in range(1, 8) if f"Blocker number {number}\\n" in shown] == [2, 3, 4, 5, 6]
    assert shown.count(Action.ARCHIVE_OPEN) == MOST_RECENT
    assert Action.ARCHIVE_ALL in shown


def test_an_empty_archive_says_what_comes_there(world: World) -> None:
    assert "When a burst closes, what was learned is kept here." in home_of(world, STEERER)


def test_others_have_no_such_part(world: World) -> None:
    archived(world, 1)
    assert "Recently archived" not in home_of(world, "U0OTHER")


def test_a_guest_who_sits_in_the_cell_is_shown_nothing_of_it(world: World) -> None:
    archived(world, 1)
    world.known(STEERER, standing=Standing.GUEST)
    assert "Blocker number 1" not in home_of(world, STEERER)


def test_what_is_on_hold_says_so(world: World) -> None:
    archived(world, 1, 2)
    with world.store.write() as unit:
        hold(unit, 1, Actor("U01PETRA", admin=True), "A dispute.", CLOSED.opened_at)
    shown = home_of(world, STEERER)
    assert shown.count("on hold") == 1
    assert "on hold" in shown[shown.index("Blocker number 1") :]
