"""Corners of talking to Slack: questions with a clock, long lists, bursts without a place, who sees what."""

import json
from dataclasses import replace

import pytest

from bot.slack.faults import Paced
from bot.slack.gateway import Gateway, web_client
from bot.slack.gateway.call import PATIENCE_FOR
from bot.slack.pacing import Limit, Pacer
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind, person_lane
from bot.taskforce.moot import is_moot
from bot.taskforce.terms import ClockKind, ClockState, Standing, State
from storage.outbox import Intent
from storage.terms import IntentState
from tests.slack.conftest import Hand
from tests.slack.fake_slack import BOT_USER, FakeSlack, Fault, refusal
from tests.slack.views.bursts import ACCEPTED, CLOSED, LEAD, NOW, OPEN, OWNER
from tests.slack.world import HOMELESS, OPENING, STEERER, STREAM, World, here, hurry, to

STRANGER = "U0STRANGER"
SLOW = Limit(20, 1)


# --- Questions that have a clock


def asking(state: ClockState) -> Burst:
    """A burst under way with a decision request whose clock is in ``state``."""
    accept = ACCEPTED.clocks[0]
    clock = replace(accept, number=9, kind=ClockKind.DECISION, state=state, subject=1)
    return replace(ACCEPTED, clocks=(*ACCEPTED.clocks, clock))


def test_whoever_holds_the_right_is_asked_to_decide_while_the_work_goes_on(world: World) -> None:
    world.stored(asking(ClockState.ARMED), to(LEAD, "asked", ask="decide", clock=9))
    world.drain()
    assert len(world.slack.messages["D" + LEAD[1:]]) == 1


@pytest.mark.parametrize("state", [ClockState.MET, ClockState.DISARMED])
def test_a_question_that_is_answered_is_not_asked(state: ClockState) -> None:
    asked: dict[str, str | int] = {"rank": "asked", "ask": "decide", "user": LEAD, "clock": 9}
    assert is_moot(asking(state), asked)


# --- Lists that are longer than what may be read at once


def paging(slack: FakeSlack, hand: Hand) -> Gateway:
    """A gateway that may ask once in three seconds; waiting moves the clock and nothing else."""

    def wait(seconds: float) -> None:
        hand.at += seconds

    client = web_client("xoxb-test", base_url=slack.url, proxy=None, ssl_context=None, timeout=1)
    methods = ("users.list", "users.conversations", "conversations.history")
    return Gateway(client, Pacer(now=hand, tiers=dict.fromkeys(methods, SLOW)), wait=wait)


def pages(method: str, listed: str, *found: object) -> tuple[Fault, ...]:
    """One page for each of ``found``, the last without a cursor."""
    cursors = [f"after {number}" for number in range(1, len(found))] + [""]
    return tuple(
        Fault(body=json.dumps({"ok": True, listed: [one], "response_metadata": {"next_cursor": cursor}}))
        for one, cursor in zip(found, cursors, strict=True)
    )


def test_a_workspace_of_many_pages_is_read_to_its_end(slack: FakeSlack, hand: Hand) -> None:
    slack.fail("users.list", *pages("users.list", "members", {"id": "U01"}, {"id": "U02"}, {"id": "U03"}))
    assert [person.user for person in paging(slack, hand).people.everybody()] == ["U01", "U02", "U03"]
    assert hand.at == pytest.approx(1000.0 + 2 * 3.0)


def test_channels_of_many_pages_are_read_to_their_end(slack: FakeSlack, hand: Hand) -> None:
    slack.fail("users.conversations", *pages("users.conversations", "channels", {"id": "C01"}, {"id": "C02"}))
    assert [channel.id for channel in paging(slack, hand).channels.own()] == ["C01", "C02"]


def test_messages_of_many_pages_are_read_to_their_end(slack: FakeSlack, hand: Hand) -> None:
    slack.fail("conversations.history", *pages("conversations.history", "messages", {"ts": "2"}, {"ts": "1"}))
    assert [message.ts for message in paging(slack, hand).messages.read("C01")] == ["2", "1"]


def test_nobody_waits_longer_than_their_patience(slack: FakeSlack, hand: Hand) -> None:
    gateway = paging(slack, hand)
    gateway.pacer.pause("users.list", PATIENCE_FOR + 1.0)
    with pytest.raises(Paced):
        list(gateway.people.everybody())
    assert hand.at == 1000.0


def test_archived_channels_are_not_read(gateway: Gateway, slack: FakeSlack) -> None:
    slack.add_channel("C01", "burst-1", creator=BOT_USER)
    slack.add_channel("C02", "burst-2", creator=BOT_USER)
    gateway.channels.archive("C01")
    assert [channel.id for channel in gateway.channels.own()] == ["C02"]


# --- Bursts without a place


def test_a_private_burst_does_not_go_into_the_channel_of_its_workstream(world: World) -> None:
    world.stored(replace(HOMELESS, private=True), *OPENING)
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    world.drain()
    assert world.slack.messages[STREAM] == []
    assert world.burst().place is None
    assert "private" in world.burst().place_lost


def test_the_summary_of_a_burst_that_never_had_a_place_is_posted(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    world.channels.streams.clear()
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    world.drain()
    world.changed(
        OPEN.id,
        here(EffectKind.POST_SUMMARY),
        state=State.CLOSED,
        outcome=CLOSED.outcome,
        closed_at=NOW,
    )
    hurry(world)
    world.drain()
    assert len(world.posts("summary")) == 1
    assert world.rows(IntentState.PENDING, IntentState.PARKED) == []


# --- Who sees what on the home tab


def somebody_elses(burst_id: int, title: str, *, private: bool) -> Burst:
    """A burst that none of the tests' people takes part in."""
    return replace(
        OPEN,
        id=burst_id,
        raiser=STRANGER,
        owner=STRANGER,
        clinical_lead=None,
        technical_lead=None,
        participants=(),
        title=title,
        private=private,
    )


def home_of(world: World, user: str) -> str:
    """What the person reads there, with an open and a private burst of somebody else's about."""
    world.stored(replace(OPEN, id=7, title="the one of the owner"))
    world.stored(somebody_elses(8, "for few", private=True))
    world.stored(somebody_elses(9, "for all", private=False))
    with world.store.write() as unit:
        effect = Effect(EffectKind.PUBLISH_HOME, person_lane(user), {"user": user})
        unit.outbox.add([Intent(effect, None, 0)], now=NOW)
    world.drain()
    return json.dumps(world.slack.homes[user])


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL])
def test_a_guest_sees_the_bursts_that_they_take_part_in_and_no_others(
    world: World, standing: Standing
) -> None:
    world.known(OWNER, standing=standing)
    shown = home_of(world, OWNER)
    assert "the one of the owner" in shown
    assert "for all" not in shown


def test_a_member_sees_what_is_not_private(world: World) -> None:
    world.known("U0MEMBER")
    shown = home_of(world, "U0MEMBER")
    assert "for all" in shown
    assert "for few" not in shown


@pytest.mark.parametrize("user", [LEAD, STEERER])
def test_those_above_see_what_is_private_too(world: World, user: str) -> None:
    assert "for few" in home_of(world, user)
