"""Messages about many bursts: none waits for one that cannot be sent, and each is edited once for many changes."""

from bot.operations.deliveries import Outdated, redraw
from bot.taskforce.effects import EffectKind
from storage.terms import IntentState
from tests.slack.fake_slack import refusal
from tests.slack.test_sender_manners import DM, another, in_one_message, met, told
from tests.slack.views.bursts import NOW, OPEN
from tests.slack.world import World, settle_down


def summarised(world: World, *numbers: int) -> None:
    """One message is on its way to the owner, about all of these bursts."""
    for number in numbers:
        burst = OPEN if number == OPEN.id else another(number)
        world.stored(burst, told("missed", burst, clock=1))
    in_one_message(world)


def test_one_that_cannot_be_sent_is_found_and_all_others_are_told(world: World) -> None:
    """Slack takes no message that names BURST-45."""
    world.slack.unpostable = "BURST-45"
    summarised(world, 42, 43, 44, 45, 46, 47)
    world.drain()

    assert [row.burst_id for row in world.rows(IntentState.PARKED)] == [45]
    named = " ".join(world.words(DM))
    assert [number for number in range(42, 48) if f"BURST-{number}" in named] == [42, 43, 44, 46, 47]
    assert len(world.words(DM)) <= 3


def test_what_goes_along_in_somebody_elses_message_is_settled_after_it(world: World) -> None:
    """The message is being sent in the hands of another process, in the lane of a person."""
    summarised(world, 42, 43, 44)
    with world.store.write() as unit:
        (carrier,) = unit.outbox.claim("another", 1, 4e9)
    met(world, 43, 1)
    world.drain()
    (waits,) = world.rows(IntentState.PENDING)
    assert waits.kind is EffectKind.SETTLE_PINGS

    with world.store.write() as unit:
        unit.outbox.postpone(carrier.id, carrier.fence, not_before_wall=0.0, attempt=0)
    settle_down(world)
    assert "BURST-43" not in " ".join(world.words(DM))
    assert world.rows(IntentState.PENDING) == []


def test_many_changes_are_one_edit(world: World) -> None:
    """Forty promises are kept within one tick."""
    numbers = tuple(range(42, 82))
    summarised(world, *numbers)
    settle_down(world)
    for number in numbers:
        met(world, number, 1)
    settle_down(world)

    assert len(world.slack.made("chat.update")) == 1
    assert world.words(DM)[0].startswith("Nothing more is asked of you here")
    assert world.rows(IntentState.PENDING) == []


def test_a_change_that_does_not_show_is_no_edit(world: World) -> None:
    """One is settled, and then the message is looked at again."""
    summarised(world, 42, 43, 44)
    settle_down(world)
    assert world.slack.made("chat.update") == []
    met(world, 43, 1)
    settle_down(world)
    with world.store.write() as unit:
        (post,) = unit.posts.find(44, "ping")
        redraw(unit, Outdated(post.channel, post.ts), now=NOW)
    settle_down(world)
    assert len(world.slack.made("chat.update")) == 1


def test_a_message_that_its_reader_deleted_is_nobodys_loss(world: World) -> None:
    """There is nothing to edit any more."""
    summarised(world, 42, 43, 44)
    settle_down(world)
    world.slack.always_fail("chat.update", refusal("message_not_found"))
    met(world, 43, 1)
    settle_down(world)
    assert world.rows(IntentState.PENDING, IntentState.PARKED) == []
