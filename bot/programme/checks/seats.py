"""Seats: for every family and site somebody owns, and a clinical and a technical person can lead."""

from collections.abc import Iterable, Iterator

from bot.programme.checks.case import Case
from bot.programme.checks.references import held_by
from bot.programme.nearest import listed
from bot.programme.people import PRIVACY_ROLE, covers
from bot.programme.problems import Path, Problem
from bot.taskforce.family import Family

# Every programme has to take these, whether its register says by whom or not.
_DECISIONS = ("scope", "security", "go_live")


def check(case: Case) -> Iterator[Problem]:
    """Seats that nobody can fill, and decisions that nobody can take."""
    for site in case.file.sites:
        if not _who(case, [PRIVACY_ROLE], site):
            message = f"nobody here fills {PRIVACY_ROLE}, so patient data in a channel is a task for the burst's owner"
            yield Problem(("sites", site), message, gap=True)
        for problem, families in _by_problem(case, site).items():
            message = f"{problem.message}: {', '.join(families)}"
            yield Problem(problem.path, message, gap=problem.gap)
    for name, right in case.file.decision_rights.items():
        for holding, path in held_by(name, right):
            yield from _unheld(case, holding, path)
            yield from _too_few(case, holding, right.quorum or 1, ("decision_rights", name, "quorum"))
    for decision in _DECISIONS:
        if decision not in case.file.decision_rights:
            path = ("decision_rights", decision)
            yield Problem(path, "a decision without a right: the steering cell has to take it", gap=True)


def _unheld(case: Case, holding: str, path: Path) -> Iterator[Problem]:
    kind, _, holder = holding.partition(":")
    if kind == "role" and holder in case.names("roles") and not case.is_filled(holder):
        yield Problem(path, f"nobody holds this right: nobody fills the role {holder}", gap=True)
    stream = case.file.workstreams.get(holder) if kind == "workstream" else None
    if stream is not None and stream.lead is None:
        yield Problem(path, f"nobody holds this right: {holder} has no lead", gap=True)


def _too_few(case: Case, holding: str, quorum: int, path: Path) -> Iterator[Problem]:
    """A right for which more people must agree than hold it anywhere; whoever holds it would then all have to."""
    holders = _holders(case, holding)
    if holders is not None and quorum > max(1, len(holders)):
        who = "1 person holds" if len(holders) == 1 else f"{len(holders)} people hold"
        yield Problem(path, f"found {quorum}; {who} this right as {holding}")


def _holders(case: Case, holding: str) -> set[str] | None:
    """The people of the file who hold what ``holding`` says; None where that names nothing that there is."""
    kind, _, holder = holding.partition(":")
    if kind == "role":
        known = holder in case.names("roles")
        return {key for site in case.file.sites for key in _who(case, [holder], site)} if known else None
    if kind == "workstream":
        stream = case.file.workstreams.get(holder)
        return None if stream is None else {key for key in (stream.lead, *stream.deputies) if key is not None}
    return set(case.file.steering.members)


def _by_problem(case: Case, site: str) -> dict[Problem, list[str]]:
    """The families that have the same problem at a site, told in one line."""
    told: dict[Problem, list[str]] = {}
    for name, family in case.file.families.items():
        for problem in _seats(case, family, ("sites", site), site):
            told.setdefault(problem, []).append(name)
    return told


def _seats(case: Case, family: Family, here: Path, site: str) -> Iterator[Problem]:
    stream = case.file.workstreams.get(family.workstream)
    lead = stream.lead if stream is not None else None
    owners = [rule.role for rule in family.owner_rules if rule.role in case.names("roles")]
    lacking = [role for role in dict.fromkeys(owners) if not _who(case, [role], site)]
    if family.workstream not in case.names("workstreams"):
        lacking = []  # said already, where the workstream is named
    if lacking and lead is None:
        yield Problem(
            here,
            f"nobody here fills {listed(lacking)} and {family.workstream} has no lead, so nobody can own",
        )
    elif lacking:
        yield Problem(
            here, f"nobody here fills {listed(lacking)}, so the lead of {family.workstream} owns", gap=True
        )
    usual = _who(case, owners[-1:], site) or ({lead} if lead is not None else set())
    clinical = _who(case, family.clinical_lead, site)
    if not clinical:
        roles = listed(sorted(family.clinical_lead))
        yield Problem(here, f"nobody here fills {roles}, so there is no clinical co-lead for", gap=True)
    elif clinical <= usual and len(usual) == 1:
        yield Problem(here, "the only clinical co-lead would be the owner, and may not be, of", gap=True)
    technical = _who(case, family.technical_lead, site)
    if not technical:
        roles = listed(sorted(family.technical_lead))
        yield Problem(here, f"nobody here fills {roles}, so there is no technical co-lead for", gap=True)
    elif technical <= usual and len(usual) == 1:
        yield Problem(here, "the owner would always be the technical signer too, also for sev1, of", gap=True)
    pulled_in = (*family.roles, *(role for conditional in family.conditional for role in conditional.roles))
    for role in dict.fromkeys(pulled_in):
        if role in case.names("roles") and not _who(case, [role], site) and not _contact(case, role, site):
            yield Problem(
                here, f"nobody here fills {role} and no contact is given, so it is missing in", gap=True
            )


def _contact(case: Case, role: str, site: str) -> bool:
    return any(contact.role == role and covers(contact.sites, site) for contact in case.file.contacts)


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
