"""Pings that nobody heard before their promise was put off, and which holds again."""

from collections.abc import Iterable
from datetime import datetime

from bot.taskforce import manners
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.moot import is_moot
from storage import Unit
from storage.outbox import OutboxRow


def revive(unit: Unit, decision: Decision, now: datetime) -> None:
    """Hold what reached nobody of a promise that ``decision``, applied already, lets hold again.

    What was sent is shown anew by the sender; what was settled for another reason stays so.
    """
    clocks = {
        effect.subject["clock"] for effect in decision.effects if effect.kind is EffectKind.REVIVE_PINGS
    }
    if clocks:
        unheard = unit.holding.unheard(decision.after.id)
        about = [row for row in unheard if row.subject.get("clock") in clocks]
        unit.holding.hold_again(_wanted(unit, decision.after, about), now)


def look_again(unit: Unit, intent_id: int, now: datetime) -> None:
    """Hold what was not told, if its burst has changed meanwhile so that it has something to say after all."""
    row = unit.outbox.get(intent_id)
    burst = unit.bursts.get(row.burst_id) if row is not None and row.burst_id is not None else None
    if row is not None and burst is not None:
        unit.holding.hold_again(_wanted(unit, burst, [row]), now)


def _wanted(unit: Unit, burst: Burst, rows: Iterable[OutboxRow]) -> list[int]:
    """Which of these rows about the burst are neither settled nor moot, in order."""
    known = {row.id: row for row in rows if not is_moot(burst, row.subject)}
    settled = {
        id_
        for id_, by in unit.holding.settled_since(known)
        if manners.settles(by, id_, known[id_].subject, known[id_].audience)
    }
    return sorted(known.keys() - settled)
