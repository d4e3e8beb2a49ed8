"""Who could own a burst, and how much each of them owns already."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot import clock
from bot.operations.office import Office, programme_at
from bot.operations.successors import barred
from bot.taskforce.burst import Burst
from bot.taskforce.seating import Filler, Roster
from storage import Unit


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who could own: why, in words, and how many open bursts they own now."""

    user: str
    why: str
    owned: int


def in_line(
    unit: Unit, roster: Roster, roles: Iterable[str], but: Iterable[str | None] = ()
) -> tuple[InLine, ...]:
    """Everybody who fills one of the roles, then the workstream's lead, each once, without ``but``."""
    fillers: dict[str, Filler] = {}
    lead = (roster.workstream_lead,) if roster.workstream_lead else ()
    for filler in (*(filler for role in roles for filler in roster.of(role)), *lead):
        fillers.setdefault(filler.user, filler)
    able = fillers.keys() - barred(unit, fillers) - set(but)
    owned = unit.bursts.owned_by(able)
    return tuple(
        InLine(user, filler.why, owned.get(user, 0)) for user, filler in fillers.items() if user in able
    )


def successors_of(office: Office, burst: Burst) -> tuple[InLine, ...]:
    """Who could own this burst next: neither its owner nor its clinical co-lead."""
    now = clock.now()
    with office.store.read() as unit:
        roster = programme_at(unit, office, now).roster(burst.family, burst.sites, now)
        return in_line(unit, roster, [burst.owner_role], (burst.owner, burst.clinical_lead))
