"""What an attempt comes to, and writing it down in one transaction."""

from dataclasses import dataclass

from bot import clock
from bot.operations.deliveries import Fact, record
from storage import Store, Unit
from storage.outbox import OutboxRow
from storage.terms import IntentState

_PAUSE = "slack_pause:"
# Storage takes a longer wait of an intent for such a step, and the intent for due.
_LONGEST_WAIT_FOR = 300.0


@dataclass(frozen=True, slots=True)
class Settlement:
    """How ``row`` stands after an attempt.

    A pending one is due again ``after`` real seconds, with ``attempt`` attempts behind it; ``untouched``
    says that this one surely had no effect at Slack. ``paused`` is a method that Slack wants left
    alone for as long. ``halved``: it was too much for one message, and half of what goes along is to go by itself.
    ``heir`` is what goes on in place of a dropped one, with the rest of what that carried; ``carrier`` has the
    message in which a merged one goes along.
    """

    row: OutboxRow
    state: IntentState
    facts: tuple[Fact, ...] = ()
    reason: str = ""
    after: float = 0.0
    attempt: int = 0
    untouched: bool = False
    paused: str = ""
    halved: bool = False
    heir: int | None = None
    carrier: int | None = None


def settle(store: Store, settlement: Settlement) -> bool:
    """Record it; False, and nothing recorded, when the lease was lost meanwhile."""
    with store.write() as unit:
        held = _put(unit, settlement)
        if held:
            record(unit, settlement.row, settlement.facts, now=clock.now())
        return held


def keep(store: Store, row: OutboxRow, facts: tuple[Fact, ...]) -> None:
    """Record facts while the delivery goes on. Facts may be recorded twice, so the lease is not asked."""
    with store.write() as unit:
        record(unit, row, facts, now=clock.now())


def pauses(store: Store, methods: tuple[str, ...]) -> dict[str, float]:
    """For each of ``methods`` the real seconds for which Slack, asked by an earlier process, wants it left alone."""
    wall = clock.wall()
    with store.read() as unit:
        stored = {method: unit.settings.get(_PAUSE + method) for method in methods}
    left = {method: _left(pause, wall) for method, pause in stored.items() if pause is not None}
    return {method: seconds for method, seconds in left.items() if seconds > 0.0}


def _left(pause: str, wall: float) -> float:
    """Of a stored end and length; never more than the length, for the machine's clock may have been set back."""
    until, _, seconds = pause.partition(" ")
    return min(float(until) - wall, float(seconds or 0.0))


def _put(unit: Unit, settlement: Settlement) -> bool:
    row, outbox = settlement.row, unit.outbox
    match settlement.state:
        case IntentState.DONE:
            return outbox.complete(row.id, row.fence)
        case IntentState.MERGED if settlement.carrier is not None:
            return outbox.join(row.id, row.fence, settlement.carrier)
        case IntentState.DROPPED:
            return outbox.drop(row.id, row.fence, heir=settlement.heir)
        case IntentState.PARKED:
            return outbox.park(row.id, row.fence, settlement.reason)
        case _:
            wall = clock.wall()
            if settlement.paused:
                unit.settings.put(_PAUSE + settlement.paused, f"{wall + settlement.after} {settlement.after}")
            due = wall + min(settlement.after, _LONGEST_WAIT_FOR)
            held = outbox.postpone(row.id, row.fence, not_before_wall=due, attempt=settlement.attempt)
            if held and settlement.halved:
                unit.holding.halve(row.id)
            return held
