"""Impact or urgency has changed, and with them the severity and its promises."""

from bot.operations.office import Office, Request, load, write
from bot.operations.reviving import revive
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.severity import derive, known_of


def change_severity(
    office: Office, request: Request, burst_id: int, impact: int, urgency: int, why: str
) -> Burst:
    """Derive the severity anew from 1 to 3 each; what the answers demand still raises it. Raises ``Refused``."""
    with write(office, request, "change_severity") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        programme = office.programme()
        known = {**known_of(burst), "impact": impact, "urgency": urgency}
        family = programme.family(burst.family)
        severity = derive(family, known, programme.matrix, programme.surroundings).severity
        policy = programme.policy_for(severity, burst.family, burst.stage, burst.sites, now)
        decision = lifecycle.change_severity(burst, actor, impact, urgency, severity, policy, why, now=now)
        changed = unit.apply(decision, now=now)
        revive(unit, decision, now)
        unit.holding.reconsider(burst_id, now)  # what waits for the morning may not have to any more
        return changed
