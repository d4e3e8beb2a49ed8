"""Follow-up actions are asked about when everything else about a burst is over."""

from dataclasses import replace
from datetime import timedelta

from bot.taskforce.clocks import meet
from bot.taskforce.effects import Effect, EffectKind, cell_lane, home_lane
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.terms import ClockKind
from tests.slack.views.bursts import ARCHIVED, NOW, OPENED_AT, OWNER, clock
from tests.slack.world import World, to

DM = "D" + OWNER[1:]
DUE_IN = timedelta(days=3)
FOLLOWED = replace(
    ARCHIVED,
    follow_ups=(FollowUp(1, "Tell the vendor", OWNER, OPENED_AT + DUE_IN),),
    clocks=(*ARCHIVED.clocks, replace(clock(9, ClockKind.FOLLOW_UP, DUE_IN), subject=1)),
)
ASKED = to(OWNER, "asked", ask="follow_up", clock=9)


def test_whoever_does_it_is_told_although_the_burst_is_archived(world: World) -> None:
    world.stored(FOLLOWED, ASKED)

    world.drain()

    [told] = world.words(DM)
    assert "a follow-up action of yours is due" in told


def test_the_message_says_when_it_is_done(world: World) -> None:
    burst = world.stored(FOLLOWED, ASKED)
    world.drain()

    settle = Effect(EffectKind.SETTLE_PINGS, cell_lane(burst.id), {"clock": 9})
    world.changed(burst.id, settle, clocks=meet(burst, burst.clocks[-1], NOW).clocks)
    world.drain()

    [told] = world.words(DM)
    assert "Follow-up done" in told


def test_one_that_is_done_before_the_message_went_is_not_asked_for(world: World) -> None:
    burst = world.stored(FOLLOWED, ASKED)
    world.changed(burst.id, clocks=meet(burst, burst.clocks[-1], NOW).clocks)

    world.drain()

    assert world.words(DM) == []


def test_it_stands_on_the_home_tab_of_whoever_does_it_alone(world: World) -> None:
    world.stored(
        FOLLOWED,
        *(Effect(EffectKind.PUBLISH_HOME, home_lane(user), {"user": user}) for user in (OWNER, "U0OTHER")),
    )

    world.drain()

    homes = {user: str(view) for user, view in world.slack.homes.items()}
    assert "Tell the vendor" in homes[OWNER]
    assert "Tell the vendor" not in homes["U0OTHER"]
