"""A lease that was lost records nothing, whatever its holder found out."""

from bot.operations.deliveries import CourtesyRefused
from bot.slack.sending.settlement import Settlement, settle
from bot.taskforce.effects import EffectKind
from storage.outbox import OutboxRow
from storage.terms import IntentState
from tests.slack.views.bursts import OPEN
from tests.slack.world import World, here

REFUSED = CourtesyRefused("pins.add", "not_pinnable")
REFUSAL = "pins.add: not_pinnable"


def claimed(world: World, holder: str) -> OutboxRow:
    """The one intent there is, leased to ``holder``."""
    with world.store.write() as unit:
        (row,) = unit.outbox.claim(holder, 1, 4e9)
    return row


def test_whoever_holds_the_lease_records_what_was_found_out(world: World) -> None:
    world.stored(OPEN, here(EffectKind.PIN_CARD))
    row = claimed(world, "slow")

    assert settle(world.store, Settlement(row, IntentState.DONE, (REFUSED,)))

    assert REFUSAL in world.burst().refusals
    assert world.rows()[0].state is IntentState.DONE


def test_whoever_lost_it_does_not_even_with_something_to_say(world: World) -> None:
    """Whoever has it now will find out for themselves, and say so once."""
    before = world.stored(OPEN, here(EffectKind.PIN_CARD))
    lost = claimed(world, "slow")
    with world.store.write() as unit:
        unit.outbox.rescue(["slow"])
    held = claimed(world, "quick")

    assert not settle(world.store, Settlement(lost, IntentState.DONE, (REFUSED,)))

    assert world.burst() == before
    assert world.rows() == [held]
