"""What the author of a message with patient data hears: alone, where the message stands, at most once."""

import json

import pytest

from bot.taskforce.effects import Effect, EffectKind, person_lane
from storage.terms import IntentState
from tests.slack.fake_slack import Fault, refusal
from tests.slack.views.bursts import OPEN, RAISER
from tests.slack.world import World

EPHEMERAL = "chat.postEphemeral"


def telling(**subject: str | int) -> Effect:
    """The intent to tell the raiser of a date of birth."""
    whole = {
        "user": RAISER,
        "channel": "C42BURST",
        "thread": "",
        "found": "dob",
        "certain": 1,
        "asked": 1,
        **subject,
    }
    return Effect(EffectKind.TELL_AUTHOR, person_lane(RAISER), whole)


@pytest.mark.parametrize(
    ("certain", "words"),
    [
        (1, "may identify a patient: a date of birth. Please delete it now."),
        (0, "may be about a patient: a date of birth. If it is, please delete it."),
    ],
)
def test_the_author_alone_is_told_how_to_delete_it(world: World, certain: int, words: str) -> None:
    world.stored(OPEN, telling(certain=certain, thread="1.000100"))
    world.drain()

    (told,) = world.slack.made(EPHEMERAL)
    assert (told["channel"], told["user"], told["thread_ts"]) == ("C42BURST", RAISER, "1.000100")
    assert words in told["text"]
    assert "Delete message" in json.dumps(told["blocks"])


def test_when_nobody_knows_whether_it_arrived_it_is_not_said_again(world: World) -> None:
    world.slack.fail(EPHEMERAL, Fault(drop=True))
    world.stored(OPEN, telling())
    world.drain()

    assert len(world.slack.made(EPHEMERAL)) == 1
    assert len(world.rows(IntentState.DROPPED)) == 1


def test_an_author_who_has_left_the_channel_holds_nothing_up(world: World) -> None:
    world.slack.fail(EPHEMERAL, refusal("user_not_in_channel"))
    world.stored(OPEN, telling())
    world.drain()

    assert world.burst().refusals == ("chat.postEphemeral: user_not_in_channel",)
