"""The owner says no; somebody else is asked at once."""

from bot.errors import Refused
from bot.operations.office import Office, Request, load, write
from bot.operations.successors import named, next_in_line
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def decline(office: Office, request: Request, burst_id: int, why: str, suggested: str | None = None) -> Burst:
    """Decline ownership: whoever was ``suggested``, or the next in line, is asked. Raises ``Refused``."""
    with write(office, request, "decline") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        if suggested:
            successor = named(unit, burst, suggested, "Suggested by the one who declined")
        else:
            found = next_in_line(unit, office, burst, now, but=request.user)
            if found is None:
                raise Refused("nobody_left", "Nobody is left in line. Name who should own it, then decline.")
            successor = found
        return unit.apply(lifecycle.decline(burst, actor, why, successor, now=now), now=now)
