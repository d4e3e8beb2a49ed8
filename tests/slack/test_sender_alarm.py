"""The watchdog's message reaches an administrator's DM, or nobody, and holds up nothing."""

import json

from bot.taskforce.effects import Effect, EffectKind, person_lane
from storage.outbox import Intent
from storage.terms import IntentState
from tests.slack.fake_slack import refusal
from tests.slack.views.bursts import NOW
from tests.slack.world import World

ADMIN, DM = "U0ADMIN", "D0ADMIN"


def alarmed(world: World, **counts: int) -> None:
    """The intent is stored and delivered."""
    subject: dict[str, str | int] = {"user": ADMIN, "not_fired": 0, "never_armed": 0, "bursts": "", **counts}
    if any(counts.values()):
        subject["bursts"] = "7,42"
    with world.store.write() as unit:
        unit.outbox.add(
            [Intent(Effect(EffectKind.TELL_ADMINISTRATOR, person_lane(ADMIN), subject), None, 0)], now=NOW
        )
    world.drain()


def test_what_was_found_is_told_with_the_first_bursts_and_what_to_do(world: World) -> None:
    world.known(ADMIN, channel=DM)
    alarmed(world, not_fired=2, never_armed=1)
    (told,) = world.slack.made("chat.postMessage")
    assert told["channel"] == DM
    assert told["text"] == (
        "Watchdog: 2 promises should have been told and were not and 1 promise of which nobody would ever be reminded."
    )
    blocks = json.dumps(told["blocks"])
    assert "BURST-7, BURST-42" in blocks
    assert "burst clocks verify" in blocks


def test_that_it_is_over_is_told(world: World) -> None:
    world.known(ADMIN, channel=DM)
    alarmed(world)
    assert "watched over again" in world.slack.made("chat.postMessage")[0]["text"]


def test_an_administrator_who_cannot_be_reached_holds_nobody_up(world: World) -> None:
    world.slack.fail("conversations.open", refusal("user_disabled"))
    alarmed(world, not_fired=1)
    (row,) = world.rows()
    assert row.state is IntentState.DROPPED
