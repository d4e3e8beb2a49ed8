"""Who owns a blocker, who leads it, who is pulled in, and how severe it is.

Nothing here knows a family: rules, predicates and rosters are data. The order of people in a
roster is the programme's: whoever is on call or stands in comes first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.taskforce.burst import Answer, Contact
from bot.taskforce.family import Conditional, Family
from bot.taskforce.intake.header import Header
from bot.taskforce.predicates import holds
from bot.taskforce.severity import Derived, SeverityMatrix, derive, severity_of
from bot.taskforce.surroundings import Surroundings
from bot.taskforce.terms import Severity


@dataclass(frozen=True, slots=True)
class Filler:
    """Somebody who fills a role: ``why`` says so in words ("PACS administrator at NGH")."""

    user: str
    site: str
    why: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who can be had for a family at a burst's sites at one moment.

    ``fillers`` holds, by role, whoever fills it, in the order in which they are asked: on call and
    stand-ins first, the burst's first site before the others. ``contacts`` are those without Slack.
    ``workstream_lead`` is the last resort, with its words. ``matrix`` is severity by impact - 1 and
    urgency - 1.
    """

    matrix: SeverityMatrix
    around: Surroundings
    fillers: Mapping[str, tuple[Filler, ...]]
    contacts: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)
    workstream_lead: Filler | None = None
    role_labels: Mapping[str, str] = field(default_factory=dict)
    place: str = ""

    def of(self, role: str) -> tuple[Filler, ...]:
        """Whoever fills ``role``, first in line first."""
        return self.fillers.get(role, ())

    def people(self) -> frozenset[str]:
        """Everybody who fills a role, and the workstream's lead."""
        users = {filler.user for fillers in self.fillers.values() for filler in fillers}
        return frozenset(users | {self.workstream_lead.user} if self.workstream_lead else users)

    def next_in_line(self, role: str, passed: frozenset[str]) -> Filler | None:
        """Who owns when those in ``passed`` do not: the next of the role, else the workstream's lead."""
        for filler in self.of(role):
            if filler.user not in passed:
                return filler
        lead = self.workstream_lead
        if lead is None or lead.user in passed:
            return None
        label = self.role_labels.get(role, role)
        missing = "nobody else" if passed else "nobody"
        return Filler(lead.user, lead.site, f"{lead.why}; {missing} is {label} at {self.place}")


@dataclass(frozen=True, slots=True)
class Seating:
    """What the rules yield for one blocker. Users are Slack ids, None where nobody can be had.

    ``invited`` names each person once, with the role that brings them. ``assignees`` says who gets
    the task of each conditional, by its id. ``absent`` are roles that are asked for and nobody in Slack fills.
    """

    owner_role: str
    owner: str | None
    owner_reason: str
    clinical_role: str
    clinical_lead: str | None
    technical_role: str
    technical_lead: str | None
    invited: tuple[tuple[str, str], ...]
    contacts: tuple[Contact, ...]
    conditionals: tuple[Conditional, ...]
    assignees: Mapping[str, str | None]
    derived: Derived
    absent: tuple[str, ...]

    @property
    def severity(self) -> Severity:
        """The severity that it all comes to."""
        return self.derived.severity


def seat(
    family: Family,
    answers: Mapping[str, Answer],
    header: Header,
    roster: Roster,
    barred: frozenset[str] = frozenset(),
) -> Seating:
    """Apply the family's rules to checked answers; what is not answered decides nothing.

    Those who are ``barred`` are passed over for every seat; they may still be invited.
    """
    start = severity_of(roster.matrix, header.impact, header.urgency)
    derived = derive(family, {**answers, **header.answers(start)}, roster.matrix, roster.around)
    known = {**answers, **header.answers(derived.severity)}
    conditionals = tuple(c for c in family.conditional if holds(c.when, known, roster.around))
    rule = next(rule for rule in family.owner_rules if holds(rule.when, known, roster.around))
    owner = roster.next_in_line(rule.role, barred)
    owner_user = owner.user if owner else None
    clinical_role, clinical = _clinical(family, rule.role, {owner_user, *barred}, roster)
    technical_role, technical = _technical(family, rule.role, owner_user, {clinical, *barred}, roster)
    leads = ((rule.role, owner_user), (clinical_role, clinical), (technical_role, technical))
    roles = tuple(dict.fromkeys((*family.roles, *(role for c in conditionals for role in c.roles))))
    return Seating(
        owner_role=rule.role,
        owner=owner_user,
        owner_reason=owner.why if owner else f"Nobody can be had: {_label(rule.role, roster)}",
        clinical_role=clinical_role,
        clinical_lead=clinical,
        technical_role=technical_role,
        technical_lead=technical,
        invited=_invited(leads, roles, roster),
        contacts=_contacts((rule.role, clinical_role, technical_role, *roles), roster),
        conditionals=conditionals,
        assignees={c.id: _assignee(c, owner_user, roster) for c in conditionals},
        derived=derived,
        absent=tuple(role for role in roles if not roster.of(role)),
    )


def _clinical(
    family: Family, owner_role: str, taken: set[str | None], roster: Roster
) -> tuple[str, str | None]:
    """The clinical co-lead: never the owner, not even in another role."""
    roles = [role for role in family.clinical_lead if role != owner_role]
    found = _first(roles, roster, taken)
    return found or ((roles or list(family.clinical_lead))[0], None)


def _technical(
    family: Family, owner_role: str, owner: str | None, others_taken: set[str | None], roster: Roster
) -> tuple[str, str | None]:
    """The technical co-lead: a second person if one can be had, else the owner; never both leads."""
    others = [role for role in family.technical_lead if role != owner_role]
    taken = {owner, *others_taken}
    found = _first(others, roster, taken) or _first([owner_role], roster, taken)
    return found or (owner_role, owner)


def _first(roles: list[str], roster: Roster, taken: set[str | None]) -> tuple[str, str] | None:
    for role in roles:
        for filler in roster.of(role):
            if filler.user not in taken:
                return role, filler.user
    return None


def _invited(
    leads: tuple[tuple[str, str | None], ...], roles: tuple[str, ...], roster: Roster
) -> tuple[tuple[str, str], ...]:
    """Each person once: the leads, then the first in line of every role at each of the sites."""
    invited: dict[str, str] = {}
    for role, user in leads:
        if user is not None:
            invited.setdefault(user, role)
    for role in roles:
        for filler in _first_at_each_site(roster.of(role)):
            invited.setdefault(filler.user, role)
    return tuple((role, user) for user, role in invited.items())


def _first_at_each_site(fillers: tuple[Filler, ...]) -> Iterator[Filler]:
    seen: set[str] = set()
    for filler in fillers:
        if filler.site not in seen:
            seen.add(filler.site)
            yield filler


def _contacts(roles: tuple[str, ...], roster: Roster) -> tuple[Contact, ...]:
    """Contacts of the roles that nobody in Slack fills."""
    wanted = dict.fromkeys(role for role in roles if not roster.of(role))
    return tuple(contact for role in wanted for contact in roster.contacts.get(role, ()))


def _assignee(conditional: Conditional, owner: str | None, roster: Roster) -> str | None:
    """Whoever fills the first role; the owner when none is named or nobody fills it."""
    first = roster.of(conditional.roles[0]) if conditional.roles else ()
    return first[0].user if first else owner


def _label(role: str, roster: Roster) -> str:
    return roster.role_labels.get(role, role)
