"""A message that somebody marked is read from Slack, and put into the log once."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.taskforce.decision import Detail
from bot.taskforce.effects import Effect, EffectKind, burst_lane
from bot.taskforce.marks import Fate, tell_marker
from bot.taskforce.terms import EntryKind
from bot.taskforce.transcript import Message
from storage.terms import IntentState
from tests.slack.fake_slack import BOT_USER, Fault, refusal
from tests.slack.views.bursts import LEAD, OPEN, OWNER, RAISER
from tests.slack.world import World

EPHEMERAL = "chat.postEphemeral"
HOME, TS, ROOT = "C42BURST", "1800000009.000100", "1800000001.000100"
ADDRESS = "https://example.example/archives/C42BURST/p1800000009000100"


def said(world: World, text: str, **more: Any) -> None:
    """It stands in the burst's channel."""
    world.slack.messages[HOME].append({"ts": TS, "user": RAISER, "text": text, **more})


def marked(world: World, *users: str) -> list[Mapping[str, Detail]]:
    """What the log says after these people marked it, and the sender has been."""
    world.stored(OPEN)
    for user in users:
        subject = {"user": user, "channel": HOME, "ts": TS}
        world.changed(OPEN.id, Effect(EffectKind.KEEP_MESSAGE, burst_lane(OPEN.id), subject))
        assert world.drain().parked == 0
    with world.store.read() as unit:
        return [one.body or {} for one in unit.log.entries(OPEN.id, kinds=[EntryKind.FACT])]


def told(world: World) -> list[tuple[str, str]]:
    """Who heard what, alone."""
    return [(one["user"], one["text"]) for one in world.slack.made(EPHEMERAL)]


def test_it_becomes_a_fact_with_its_words_and_address(world: World) -> None:
    said(world, "The broker strips OBR-4.2 &amp; <@U0LEAD> knows")

    (fact,) = marked(world, OWNER)

    assert fact["text"] == "The broker strips OBR-4.2 & <@U0LEAD> knows"
    assert (fact["permalink"], fact["author"], fact["ts"]) == (ADDRESS, RAISER, TS)
    assert fact["substantive"] is False
    with world.store.read() as unit:
        assert unit.log.entries(OPEN.id)[-1].actor == OWNER


def test_a_reply_is_read_as_well(world: World) -> None:
    said(world, "In the thread", thread_ts=ROOT)

    assert [fact["text"] for fact in marked(world, OWNER)] == ["In the thread"]


def test_two_marks_make_one_entry(world: World) -> None:
    said(world, "The broker strips OBR-4.2")

    assert len(marked(world, OWNER, LEAD)) == 1

    (owner, first), (lead, second) = told(world)
    assert (owner, lead) == (OWNER, LEAD)
    assert "is in the log of BURST-42 as a fact: entry 2." in first
    assert "was in the log of BURST-42 already: entry 2." in second


def test_what_was_logged_by_hand_is_not_logged_again(world: World) -> None:
    said(world, "The broker strips OBR-4.2")
    world.stored(OPEN)
    world.logged(OPEN.id, EntryKind.DECISION, text="The broker strips OBR-4.2", ts=TS)
    world.changed(OPEN.id, Effect(EffectKind.KEEP_MESSAGE, burst_lane(OPEN.id), {"channel": HOME, "ts": TS}))

    world.drain()

    with world.store.read() as unit:
        assert unit.log.entries(OPEN.id, kinds=[EntryKind.FACT]) == ()


def test_patients_do_not_come_along(world: World) -> None:
    said(world, "Study of MRN 00451237 hangs")

    (fact,) = marked(world, OWNER)

    assert fact["text"] == "Study of MRN [mrn removed] hangs"


def test_a_file_without_words_is_called_by_its_name(world: World) -> None:
    said(
        world, "", files=[{"id": "F1", "name": "MRN 00451237 hangs.png", "mimetype": "image/png", "size": 9}]
    )

    (fact,) = marked(world, OWNER)

    assert fact["text"] == "MRN [mrn removed] hangs.png"


def test_control_characters_stay_outside(world: World) -> None:
    said(world, "the queue\x07 stands\nstill")

    assert [fact["text"] for fact in marked(world, OWNER)] == ["the queue stands\nstill"]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"text": "BURST-42 was escalated", "user": BOT_USER}, "Issue Burst wrote that message"),
        ({"text": "This message was deleted.", "subtype": "tombstone"}, "that message is gone"),
        ({"text": "   "}, "has no words"),
        ({"text": "another one", "ts": "1800000010.000100"}, "that message is gone"),
    ],
)
def test_what_is_ours_gone_or_empty_is_nothing_for_the_log(
    world: World, message: dict[str, Any], why: str
) -> None:
    world.slack.messages[HOME].append({"ts": TS, "user": RAISER, **message})

    assert marked(world, OWNER) == []
    assert {row.state for row in world.rows() if row.kind is EffectKind.KEEP_MESSAGE} == {IntentState.DROPPED}
    ((user, words),) = told(world)
    assert user == OWNER
    assert why in words


def test_it_is_answered_in_the_thread_where_the_message_stands(world: World) -> None:
    said(world, "In the thread", thread_ts=ROOT)
    world.stored(OPEN)
    with world.store.write() as unit:
        unit.transcripts.keep(OPEN.id, [Message(HOME, TS, ROOT, RAISER, "", "", "In the thread")])
    subject = {"user": OWNER, "channel": HOME, "ts": TS}
    world.changed(OPEN.id, Effect(EffectKind.KEEP_MESSAGE, burst_lane(OPEN.id), subject))

    world.drain()

    (answer,) = world.slack.made(EPHEMERAL)
    assert (answer["channel"], answer["thread_ts"]) == (HOME, ROOT)


def test_when_nobody_knows_whether_the_answer_arrived_it_is_not_given_again(world: World) -> None:
    world.slack.fail(EPHEMERAL, Fault(drop=True))
    said(world, "The broker strips OBR-4.2")

    marked(world, OWNER)
    world.drain()

    assert len(told(world)) == 1


def test_whoever_has_left_hears_nothing_and_the_burst_does_not_speak_of_it(world: World) -> None:
    world.slack.fail(EPHEMERAL, refusal("user_not_in_channel"))
    said(world, "The broker strips OBR-4.2")

    assert len(marked(world, OWNER)) == 1
    assert world.burst().refusals == ()


@pytest.mark.parametrize("fate", Fate)
def test_every_fate_of_a_mark_has_words(world: World, fate: Fate) -> None:
    world.stored(OPEN, tell_marker(OWNER, HOME, TS, fate, 17))

    world.drain()

    ((_, words),) = told(world)
    assert "BURST-42" in words
    assert ("17" in words) == (fate in {Fate.LOGGED, Fate.ALREADY, Fate.TAKEN_BACK})


def test_a_message_that_is_gone_is_no_refusal(world: World) -> None:
    world.slack.always_fail("conversations.replies", refusal("thread_not_found"))

    assert marked(world, OWNER) == []
    assert world.burst().refusals == ()


def test_what_slack_refuses_is_noted_and_the_burst_goes_on(world: World) -> None:
    world.slack.always_fail("conversations.replies", refusal("not_in_channel"))

    assert marked(world, OWNER) == []
    assert world.burst().refusals == ("conversations.replies: not_in_channel",)
    assert ["does not let Issue Burst read" in words for _, words in told(world)] == [True]
