"""A co-lead's seat is filled."""

from bot.operations.office import Office, Request, load, write
from bot.operations.successors import require_able_to_lead
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Seat


def fill_seat(office: Office, request: Request, burst_id: int, seat: Seat, user: str) -> Burst:
    """Put ``user`` into the clinical or the technical seat. Raises ``Refused``."""
    with write(office, request, "fill_seat") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        decision = lifecycle.fill_seat(burst, actor, seat, user, now=now)
        require_able_to_lead(unit, user)
        return unit.apply(decision, now=now)
