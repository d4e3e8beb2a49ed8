"""A co-lead's seat is filled."""

from bot.operations.office import Office, Request, change
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Seat


def fill_seat(office: Office, request: Request, burst_id: int, seat: Seat, user: str) -> Burst:
    """Put ``user`` into the clinical or the technical seat. Raises ``Refused``."""
    return change(
        office,
        request,
        burst_id,
        "fill_seat",
        lambda burst, actor, now: lifecycle.fill_seat(burst, actor, seat, user, now=now),
    )
