"""One burst holds up another."""

from bot.errors import Refused
from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.gates import already
from bot.taskforce.terms import EntryKind
from storage import Unit


def link_bursts(office: Office, request: Request, burst_id: int, held_up: int) -> Burst:
    """The burst holds up the one with id ``held_up``: both logs and channels say so. Returns the first.

    Raises ``Refused``: one of them is none that this person may see, or is over; they are linked already, or the
    other way round.
    """
    with write(office, request, "link") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        other, _ = load(unit, office, request, held_up)
        linked = lifecycle.link(burst, actor, other.id, now=now)
        if _holds_up(unit, burst, other):
            already(f"It is known that {burst.key} holds up {other.key}.")
        if _holds_up(unit, other, burst):
            raise Refused("in_a_circle", f"{other.key} holds up {burst.key}; they cannot hold up each other.")
        told = lifecycle.note_held_up(other, actor, burst.id, now=now)
        unit.apply(told, now=now)
        return unit.apply(linked, now=now)


def _holds_up(unit: Unit, burst: Burst, other: Burst) -> bool:
    return any(
        entry.kind is EntryKind.LINKED and (entry.body or {}).get("blocks") == other.id
        for entry in unit.log.entries(burst.id)
    )
