"""Pings that nobody heard before their promise was set aside, and which holds again."""

from datetime import datetime

from bot.taskforce import manners
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from storage import Unit
from storage.outbox import OutboxRow


def revive(unit: Unit, decision: Decision, now: datetime) -> None:
    """Hold what was dropped when a promise was set aside that ``decision``, applied already, brings back.

    What was sent is shown anew by the sender; what was settled for another reason stays so.
    """
    revived = [effect for effect in decision.effects if effect.kind is EffectKind.REVIVE_PINGS]
    if not revived:
        return
    rows = {
        row.id: row
        for row in unit.holding.unheard(decision.after.id)
        if any(_is_about(row, effect.subject["clock"]) for effect in revived)
    }
    over = {
        id_ for id_, by in unit.holding.settled_since(rows) if manners.settles(by, id_, *_said(rows[id_]))
    }
    unit.holding.hold_again(sorted(rows.keys() - over), now)


def _is_about(row: OutboxRow, clock: str | int) -> bool:
    return row.subject.get("clock") == clock


def _said(row: OutboxRow) -> tuple[dict[str, str | int], str | None]:
    return dict(row.subject), row.audience
