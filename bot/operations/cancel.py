"""A burst that should not be is ended: logged, summarised, counted apart."""

from bot.errors import Refused
from bot.operations.filing import file_away
from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Outcome


def cancel(
    office: Office,
    request: Request,
    burst_id: int,
    outcome: Outcome,
    why: str,
    duplicate_of: int | None = None,
) -> Burst:
    """End the burst as a duplicate, a mistake or withdrawn. Raises ``Refused``."""
    with write(office, request, "cancel") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        if duplicate_of is not None and duplicate_of != burst_id:
            _must_exist(load(unit, office, request, duplicate_of)[0])
        decision = lifecycle.cancel(burst, actor, outcome, why, duplicate_of, now=now)
        return file_away(unit, unit.apply(decision, now=now))


def _must_exist(other: Burst) -> None:
    if other.outcome is Outcome.DUPLICATE:
        raise Refused("duplicate_of", f"{other.key} is itself a duplicate; name the one that goes on.")
