"""Seats: for every family and site somebody owns, and a clinical and a technical person can lead."""

from collections.abc import Iterable, Iterator

from bot.programme.checks.case import Case
from bot.programme.nearest import listed
from bot.programme.people import covers
from bot.programme.problems import Path, Problem
from bot.taskforce.family import Family


def check(case: Case) -> Iterator[Problem]:
    """Seats that nobody can fill, and decisions that nobody can take."""
    for name, family in case.file.families.items():
        for site in case.file.sites:
            yield from _seats(case, name, family, site)
    for name, right in case.file.decision_rights.items():
        kind, _, holder = right.holder.partition(":")
        path: Path = ("decision_rights", name, "holder")
        if kind == "role" and not any(holder in person.roles for person in case.file.people.values()):
            yield Problem(path, f"nobody holds this right: nobody fills the role {holder}", gap=True)
        stream = case.file.workstreams.get(holder) if kind == "workstream" else None
        if stream is not None and stream.lead is None:
            yield Problem(path, f"nobody holds this right: {holder} has no lead", gap=True)


def _seats(case: Case, name: str, family: Family, site: str) -> Iterator[Problem]:
    owners = [rule.role for rule in family.owner_rules]
    lacking = [role for role in dict.fromkeys(owners) if not _who(case, [role], site)]
    here: Path = ("sites", site)
    stream = case.file.workstreams.get(family.workstream)
    lead = stream.lead if stream is not None else None
    if lacking and lead is None:
        yield Problem(
            here,
            f"nobody can own {name} here: nobody fills {listed(lacking)}, and the workstream"
            f" {family.workstream} has no lead",
        )
    elif lacking:
        yield Problem(
            here,
            f"nobody fills {listed(lacking)} here, so the lead of {family.workstream} owns {name}",
            gap=True,
        )
    usual = _who(case, owners[-1:], site) or ({lead} if lead is not None else set())
    clinical = _who(case, family.clinical_lead, site)
    if not clinical:
        yield Problem(
            here, f"nobody can be clinical co-lead of {name}: {listed(family.clinical_lead)}", gap=True
        )
    elif clinical <= usual and len(usual) == 1:
        yield Problem(
            here, f"the only clinical co-lead of {name} is its owner, and may not be both", gap=True
        )
    technical = _who(case, family.technical_lead, site)
    if not technical:
        yield Problem(
            here, f"nobody can be technical co-lead of {name}: {listed(family.technical_lead)}", gap=True
        )
    elif technical <= usual and len(usual) == 1:
        yield Problem(
            here, f"the owner of {name} would always be its technical signer too, also for sev1", gap=True
        )


def _who(case: Case, roles: Iterable[str], site: str) -> set[str]:
    """The people of the file who fill one of the roles at the site, present or not."""
    wanted = set(roles)
    people = {
        key
        for key, person in case.file.people.items()
        if any(role in wanted and covers(sites, site) for role, sites in person.roles.items())
    }
    for rotation in case.file.rotations.values():
        if rotation.role in wanted and covers(rotation.sites, site):
            people.update(rotation.people)
    return people
