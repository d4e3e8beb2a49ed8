"""What goes along with another ping is told in its message, and the message keeps showing how each stands."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.taskforce.burst import Burst
from bot.taskforce.effects import CELL, Attention, Effect, EffectKind, cell_lane, person_lane
from bot.taskforce.terms import ClockState, State
from storage.terms import IntentState
from tests.slack.views.bursts import LEAD, NOW, OPEN, OWNER
from tests.slack.world import STEERING, World, settle_down

DM = "D" + OWNER[1:]


def told(rank: str, burst: Burst = OPEN, user: str = OWNER, **subject: str | int) -> Effect:
    """A ping that is held."""
    content: dict[str, str | int] = {"user": user, "rank": rank, **subject}
    return Effect(EffectKind.PING, person_lane(user), content, attention=Attention(user))


def escalated(burst: Burst) -> Effect:
    """A card for the cell that is held."""
    subject: dict[str, str | int] = {"clock": 3, "step": "resolve_missed"}
    return Effect(EffectKind.POST_ESCALATION, cell_lane(burst.id), subject, attention=Attention(CELL))


def another(number: int) -> Burst:
    """The same blocker under another number, without a channel."""
    return replace(OPEN, id=number, place=None)


def in_one_message(world: World, at: datetime = NOW) -> None:
    """Let everything that is held go, in the message of the first."""
    held = world.rows(IntentState.HELD)
    with world.store.write() as unit:
        unit.holding.release([held[0].id], at)
        unit.holding.merge({row.id: held[0].id for row in held[1:]}, at)


def met(world: World, burst_id: int, clock: int) -> None:
    """Keep a promise of a burst, and say that what was told of it is out of date."""
    burst = world.burst(burst_id)
    clocks = tuple(
        replace(one, state=ClockState.MET, met_at=NOW) if one.number == clock else one for one in burst.clocks
    )
    world.changed(
        burst_id, Effect(EffectKind.SETTLE_PINGS, cell_lane(burst_id), {"clock": clock}), clocks=clocks
    )


def shown(world: World, channel: str) -> str:
    """The only message of a channel, as JSON."""
    [message] = world.slack.messages[channel]
    return json.dumps(message["blocks"], ensure_ascii=False)


def buttons(world: World, channel: str) -> list[tuple[str, str]]:
    """The buttons of a channel's only message, as action and value."""
    [message] = world.slack.messages[channel]
    found: list[tuple[str, str]] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") == "button":
                found.append((value["action_id"], value["value"]))
            for member in value.values():
                look(member)
        elif isinstance(value, list):
            for member in value:
                look(member)

    look(message["blocks"])
    return found


def test_what_goes_along_is_named_in_the_message(world: World) -> None:
    world.stored(OPEN, told("assigned", clock=1), told("reminder", clock=3))
    in_one_message(world)
    world.drain()
    assert "accountable owner" in shown(world, DM)
    assert "Also: Resolution" in shown(world, DM)
    assert {post.outbox_id for post in world.posts("ping")} == {
        row.id for row in world.rows(IntentState.DONE, IntentState.MERGED)
    }


def test_what_goes_along_takes_over_when_the_lead_is_moot(world: World) -> None:
    world.stored(OPEN, told("assigned", clock=1), told("reminder", clock=3))
    in_one_message(world)
    met(world, OPEN.id, 1)
    world.changed(OPEN.id, accepted_at=NOW, state=State.ACCEPTED)
    world.drain()
    assert "accountable owner" not in shown(world, DM)
    assert "Resolution" in shown(world, DM)


def test_a_message_of_which_everything_is_moot_is_not_sent(world: World) -> None:
    world.stored(OPEN, told("reminder", clock=1), told("reminder", clock=3))
    in_one_message(world)
    met(world, OPEN.id, 1)
    met(world, OPEN.id, 3)
    world.drain()
    assert DM not in world.slack.messages or world.slack.messages[DM] == []
    assert world.rows(IntentState.MERGED) == []


def test_a_settled_part_leaves_the_rest_asked(world: World) -> None:
    world.stored(OPEN, told("reminder", clock=1), told("reminder", clock=3))
    in_one_message(world)
    world.drain()
    met(world, OPEN.id, 1)
    world.drain()
    assert "Acceptance done" in shown(world, DM)
    assert "Resolution is due" in shown(world, DM)
    met(world, OPEN.id, 3)
    world.drain()
    assert "is due" not in shown(world, DM)
    assert buttons(world, DM) == []


def test_many_bursts_are_one_message_with_a_button_for_each(world: World) -> None:
    for number in (42, 43, 44):
        burst = OPEN if number == 42 else another(number)
        world.stored(burst, told("missed", burst, clock=1))
    in_one_message(world)
    world.drain()
    assert world.words(DM) == ["3 bursts need you: BURST-42, BURST-43, BURST-44"]
    assert [value.split(":")[0] for _, value in buttons(world, DM)] == ["42", "43", "44"]


def test_a_message_about_many_shows_how_each_stands(world: World) -> None:
    for number in (42, 43, 44):
        burst = OPEN if number == 42 else another(number)
        world.stored(burst, told("missed", burst, clock=1))
    in_one_message(world)
    world.drain()
    met(world, 43, 1)
    settle_down(world)
    assert world.words(DM) == ["2 bursts need you: BURST-42, BURST-44"]
    assert "BURST-43 · Acceptance done" in shown(world, DM)
    met(world, 42, 1)
    met(world, 44, 1)
    settle_down(world)
    assert world.words(DM) == ["Nothing more is asked of you here: BURST-42, BURST-43, BURST-44"]
    assert buttons(world, DM) == []


def let_go(world: World, *pings: Effect) -> None:
    """Each was let go by itself, one after the other, while Slack was out of reach."""
    world.stored(OPEN, *pings)
    with world.store.write() as unit:
        unit.holding.release([row.id for row in unit.outbox.listed([IntentState.HELD])], NOW)


def weighing(weight: int, ping: Effect) -> Effect:
    """The ping with so much weight."""
    return replace(ping, attention=Attention(OWNER, weight))


def test_what_piled_up_about_one_promise_is_one_message(world: World) -> None:
    let_go(world, *(weighing(4, told("step", clock=3, step="update_owner", repeat=n)) for n in range(1, 6)))
    world.drain()
    assert len(world.words(DM)) == 1
    assert len(world.posts("ping")) == 5  # all of them were told by it


def test_nothing_higher_is_lost_in_what_came_later(world: World) -> None:
    let_go(world, weighing(3, told("missed", clock=3)), weighing(0, told("reminder", clock=3)))
    world.drain()
    assert len(world.words(DM)) == 2


def test_what_piled_up_about_two_promises_is_two_messages(world: World) -> None:
    let_go(world, weighing(0, told("reminder", clock=1)), weighing(0, told("reminder", clock=3)))
    world.drain()
    assert len(world.words(DM)) == 2


def test_what_goes_along_goes_on_with_the_newer_message(world: World) -> None:
    world.stored(OPEN, *(weighing(0, told("reminder", clock=clock)) for clock in (3, 1, 3)))
    first, along, newer = (row.id for row in world.rows(IntentState.HELD))
    with world.store.write() as unit:
        unit.holding.release([first, newer], NOW)
        unit.holding.merge({along: first}, NOW)
    world.drain()
    assert "Also: Acceptance" in shown(world, DM)


def test_an_overtaken_message_says_so(world: World) -> None:
    world.stored(OPEN, told("reminder", clock=1))
    in_one_message(world)
    world.drain()
    (sent,) = world.rows(IntentState.DONE)
    overtaken: dict[str, str | int] = {"user": OWNER, "overtaken": sent.id}
    world.changed(OPEN.id, Effect(EffectKind.SETTLE_PINGS, person_lane(OWNER), overtaken))
    world.drain()
    assert world.words(DM) == ["BURST-42 · overtaken by a newer message."]


def test_many_escalations_are_one_message_in_which_each_can_be_taken_up(world: World) -> None:
    numbers = (42, 43, 44)
    for number in numbers:
        burst = OPEN if number == 42 else another(number)
        late = tuple(replace(one, missed_at=NOW) for one in burst.clocks)
        world.stored(replace(burst, clocks=late), escalated(burst))
    in_one_message(world)
    world.drain()
    assert world.words(STEERING) == ["3 escalations at once: BURST-42, BURST-43, BURST-44"]
    actions = [action for action, _ in buttons(world, STEERING)]
    assert actions == ["steering_take", "steering_card"] * 3


def test_a_message_about_many_escalations_says_who_took_one_up(world: World) -> None:
    for number in (42, 43, 44):
        burst = OPEN if number == 42 else another(number)
        late = tuple(replace(one, missed_at=NOW) for one in burst.clocks)
        world.stored(replace(burst, clocks=late), escalated(burst))
    in_one_message(world)
    world.drain()
    refresh = Effect(EffectKind.REFRESH_ESCALATION, cell_lane(43), {"clock": 3, "step": "resolve_missed"})
    world.changed(43, refresh, taken_up_by=LEAD)
    settle_down(world)
    assert f"Taken up by <@{LEAD}>" in shown(world, STEERING)
    assert [
        value.split(":")[0] for action, value in buttons(world, STEERING) if action == "steering_take"
    ] == ["42", "44"]
