"""Who is next in line to own a burst."""

from datetime import datetime

from bot.errors import Refused
from bot.operations.office import Office
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.terms import EntryKind, Notify, Standing
from storage import Unit

_PASSED = frozenset({EntryKind.DECLINED, EntryKind.LEFT})


def next_in_line(unit: Unit, office: Office, burst: Burst, now: datetime, *, but: str) -> Candidate | None:
    """The next owner by the family's role, then the workstream's lead, then the steering cell's duty.

    Whoever declined before, is deactivated or is the clinical co-lead is passed over, and so is ``but``.
    """
    programme = office.programme()
    passed = {but, burst.clinical_lead or "", *_declined(unit, burst)}
    roster = programme.roster(burst.family, burst.sites, now)
    while (filler := roster.next_in_line(burst.owner_role, frozenset(passed))) is not None:
        if _can_own(unit, filler.user):
            return Candidate(filler.user, burst.owner_role, filler.why)
        passed.add(filler.user)
    reach = programme.reach(burst, now)
    for notify, words in (
        (Notify.PROGRAMME_MANAGER, "Programme manager: nobody else is left in line"),
        (Notify.STEERING_DUTY, "Steering cell's member on duty: nobody else is left in line"),
        (Notify.STEERING_CELL, "Steering cell: nobody else is left in line"),
    ):
        for user in reach.get(notify, ()):
            if user not in passed and _can_own(unit, user):
                return Candidate(user, burst.owner_role, words)
    return None


def named(unit: Unit, burst: Burst, user: str, why: str) -> Candidate:
    """Somebody whom a person named. Raises ``Refused`` for people who cannot own."""
    require_able_to_own(unit, user)
    return Candidate(user, burst.owner_role, why)


def require_able_to_own(unit: Unit, user: str) -> None:
    """Raises ``Refused`` (field ``owner``) for guests, people of other organisations, leavers and bots."""
    if not _can_own(unit, user):
        raise Refused(
            "cannot_own",
            "That person cannot own a burst: owners are active full members of this workspace, not bots.",
            field="owner",
        )


def _declined(unit: Unit, burst: Burst) -> set[str]:
    return {entry.actor for entry in unit.log.entries(burst.id) if entry.kind in _PASSED}


def _can_own(unit: Unit, user: str) -> bool:
    person = unit.directory.get(user)
    return person is None or person.standing is Standing.MEMBER
