"""A decision is logged, or asked of whoever holds the right to it."""

from collections.abc import Iterable

from bot.operations.office import Office, Request, actor_for, load, programme_at, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Right, allows
from storage import Unit


def decide(
    office: Office,
    request: Request,
    burst_id: int,
    text: str,
    right: str | None = None,
    answers: int | None = None,
) -> Burst:
    """Log a decision, answer request number ``answers``, or ask whoever holds ``right``. Raises ``Refused``."""
    with write(office, request, "decide") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        asked = next((one.right for one in burst.requests if one.number == answers), right)
        programme = programme_at(unit, office, now)
        holders = programme.holders(asked, burst.sites, now, burst.stage) if asked else ()
        if answers is not None:
            decision = lifecycle.answer_request(burst, actor, answers, text, holders=holders, now=now)
        elif right is None or request.user in holders:
            decision = lifecycle.log_decision(burst, actor, text, right=right, holders=holders, now=now)
        else:
            let_in = _outside(unit, office, burst, holders)
            decision = lifecycle.request_decision(
                burst, actor, text, right, holders=holders, let_in=let_in, now=now
            )
        return unit.apply(decision, now=now)


def _outside(unit: Unit, office: Office, burst: Burst, holders: Iterable[str]) -> tuple[str, ...]:
    """Those who hold the right and may not read the burst yet, because it is private and not theirs."""
    if not burst.private:
        return ()
    actors = (actor_for(unit, office, Request("", user, office.team)) for user in holders)
    return tuple(actor.user for actor in actors if not allows(Right.READ, actor, burst))
