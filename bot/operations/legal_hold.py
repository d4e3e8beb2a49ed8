"""An administrator holds a burst, so that nothing of it is erased, or releases it again. Both are logged."""

from datetime import datetime

from bot.errors import BotError
from bot.taskforce.permissions import Actor
from storage import Unit
from storage.legal_holds import LegalHold
from storage.terms import AuditKind


def hold(unit: Unit, burst_id: int, actor: Actor, why: str, now: datetime) -> None:
    """Keep the burst whatever its age. Raises ``BotError`` when there is none, it is held, or nobody says why."""
    _require(unit, burst_id)
    if not why.strip():
        raise BotError("--why: say why it must be kept.")
    if (standing := unit.legal_holds.get(burst_id)) is not None:
        raise BotError(f"{standing.key} is held since {standing.at:%Y-%m-%d}, by {standing.by}.")
    made = LegalHold(burst_id, why.strip(), actor.user, now)
    unit.legal_holds.put(made)
    unit.audit.append(AuditKind.HELD, {"burst": made.key, "why": made.why}, actor=actor.user, at=now)


def release(unit: Unit, burst_id: int, actor: Actor, why: str, now: datetime) -> None:
    """Let its time count again. Raises ``BotError`` when there is no such burst, or it is not held."""
    _require(unit, burst_id)
    if not unit.legal_holds.release(burst_id):
        raise BotError(f"BURST-{burst_id} is not held.")
    told = {"burst": f"BURST-{burst_id}", "why": why.strip()}
    unit.audit.append(AuditKind.RELEASED, told, actor=actor.user, at=now)


def _require(unit: Unit, burst_id: int) -> None:
    # Loaded and so locked: nobody erases it at the same moment.
    if unit.bursts.get(burst_id) is None:
        raise BotError(f"There is no BURST-{burst_id}.")
