"""Who may own a burst or lead it, and who is next in line."""

from collections.abc import Iterable
from datetime import datetime

from bot.errors import Refused
from bot.operations.office import Office, programme_at
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.terms import EntryKind, Notify, Standing
from storage import Unit

_PASSED = frozenset({EntryKind.DECLINED, EntryKind.LEFT})


def next_in_line(unit: Unit, office: Office, burst: Burst, now: datetime, *, but: str) -> Candidate | None:
    """The next owner by the family's role, then the workstream's lead, then the steering cell's duty.

    Whoever declined before, is deactivated or is the clinical co-lead is passed over, and so is ``but``.
    """
    programme = programme_at(unit, office, now)
    roster = programme.roster(burst.family, burst.sites, now)
    passed = {but, burst.clinical_lead or "", *_declined(unit, burst), *barred(unit, roster.people())}
    filler = roster.next_in_line(burst.owner_role, frozenset(passed))
    if filler is not None:
        return Candidate(filler.user, burst.owner_role, filler.why)
    reach = programme.reach(burst, now)
    for notify, words in (
        (Notify.PROGRAMME_MANAGER, "Programme manager: nobody else is left in line"),
        (Notify.STEERING_DUTY, "Steering cell's member on duty: nobody else is left in line"),
        (Notify.STEERING_CELL, "Steering cell: nobody else is left in line"),
    ):
        for user in reach.get(notify, ()):
            if user not in passed and not barred(unit, [user]):
                return Candidate(user, burst.owner_role, words)
    return None


def named(unit: Unit, burst: Burst, user: str, why: str) -> Candidate:
    """Somebody whom a person named. Raises ``Refused`` for people who cannot own."""
    require_able_to_own(unit, user)
    return Candidate(user, burst.owner_role, why)


def require_able_to_own(unit: Unit, user: str) -> None:
    """Raises ``Refused`` (field ``owner``) for whoever is no active full member of this workspace."""
    _require_member(unit, user, "cannot own a burst: owners", field="owner")


def require_able_to_lead(unit: Unit, user: str) -> None:
    """Raises ``Refused`` for whoever cannot hold a co-lead's seat: anybody but active full members."""
    _require_member(unit, user, "cannot be a co-lead: co-leads")


def require_able_to_cover(unit: Unit, user: str) -> None:
    """Raises ``Refused`` for whoever cannot stand in: anybody but active full members."""
    _require_member(unit, user, "cannot stand in: stand-ins")


def barred(unit: Unit, users: Iterable[str]) -> frozenset[str]:
    """Those among ``users`` who may hold no seat: guests, people of other organisations, leavers, bots.

    Neither may anybody whom Slack did not name, once it has told who is there.
    """
    asked = frozenset(users)
    known = unit.directory.get_many(asked)
    if not known and unit.directory.is_empty():
        return frozenset()
    return asked - {user for user, person in known.items() if person.standing is Standing.MEMBER}


def _declined(unit: Unit, burst: Burst) -> set[str]:
    return {entry.actor for entry in unit.log.entries(burst.id) if entry.kind in _PASSED}


def _require_member(unit: Unit, user: str, words: str, field: str | None = None) -> None:
    if barred(unit, [user]):
        raise Refused(
            "cannot_own",
            f"That person {words} are active full members of this workspace, not bots.",
            field=field,
        )
