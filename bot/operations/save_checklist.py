"""A checklist as somebody left it: what was ticked, what was opened again, what was added."""

from collections.abc import Mapping

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.items import add_item


def save_checklist(
    office: Office, request: Request, burst_id: int, changes: Mapping[int, bool], added: str = ""
) -> Burst:
    """Set the items that changed done or open, and add one; all of it or nothing. Raises ``Refused``.

    What somebody else did meanwhile stays: an item that stands as it should already is left alone.
    """
    with write(office, request, "save_checklist") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        standing = {item.number: item.done_at is not None for item in burst.checklist}
        for number, done in sorted(changes.items()):
            if standing.get(number) is not done:
                decision = lifecycle.tick(burst, actor, number, done=done, note="", now=now)
                burst = unit.apply(decision, now=now)
        if added:
            burst = unit.apply(add_item(burst, actor, added, now=now), now=now)
        return burst
