"""A co-lead accepts the evidence."""

from bot.operations.filing import file_away
from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst


def sign_off(office: Office, request: Request, burst_id: int) -> Burst:
    """Sign off for the person's own seat; the last one closes and files the burst. Raises ``Refused``."""
    with write(office, request, "sign_off") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        return file_away(unit, unit.apply(lifecycle.sign_off(burst, actor, now=now), now=now))
