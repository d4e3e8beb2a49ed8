"""A burst is raised: who owns it, who leads it, who is pulled in, and what is promised."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from tests.quarter.acts import Intake
from tests.quarter.oracle.book import Book
from tests.quarter.oracle.burst import Burst
from tests.quarter.oracle.tale import Tale


def opened(
    tale_of: Callable[[Burst], Tale],
    book: Book,
    number: int,
    raiser: str,
    intake: Intake,
    now: datetime,
) -> Tale:
    """The burst with its seats filled and its clocks running. Nothing of its form is answered yet."""
    family = book.family(intake.family)
    severity = book.severity(intake.impact, intake.urgency)
    burst = Burst(
        number=number,
        family=intake.family,
        sites=intake.sites,
        stage=intake.stage,
        severity=severity,
        level=(intake.impact, intake.urgency),
        stream=family["workstream"],
        private=family["private"] is True,
        raiser=raiser,
        terms=book.terms(severity, intake.family, intake.stage, intake.sites, now),
        opened=now,
        needed_on=intake.needed_on,
        workaround=intake.workaround,
    )
    tale = tale_of(burst)
    tale.known.severities.append((now, severity))
    _seat(tale, now)
    _promise(tale, now)
    tale.ping(now, [burst.owner], "assigned", "accept")
    tale.settle(now)
    return tale


def _seat(tale: Tale, now: datetime) -> None:
    burst, people = tale.burst, tale.people
    family = tale.book.family(burst.family)
    role = burst.owner_role = family["owner_rules"][-1]["role"]
    owners = people.fillers(role, burst.sites, now) or people.leads(burst.stream, now)
    burst.owner = next(iter(owners), None)
    clinical = [other for other in family["clinical_lead"] if other != role]
    technical = [*(other for other in family["technical_lead"] if other != role), role]
    clinical_role, burst.clinical = _first(tale, clinical, [burst.owner], now)
    technical_role, second = _first(tale, technical, [burst.owner, burst.clinical], now)
    burst.technical = second or burst.owner
    roles = [(role, burst.owner), (clinical_role, burst.clinical), (technical_role, burst.technical)]
    roles += [(other, user) for other in family["roles"] for user in people.invited(other, burst.sites, now)]
    _invite(tale, roles)
    burst.vendors = tuple(dict.fromkeys(_vendors(tale, family["roles"], now)))


def _first(
    tale: Tale, roles: Sequence[str], taken: Sequence[str | None], now: datetime
) -> tuple[str, str | None]:
    """The first who fills one of the roles and has no other seat."""
    for role in roles:
        for user in tale.people.fillers(role, tale.burst.sites, now):
            if user not in taken:
                return role, user
    return roles[-1], None


def _invite(tale: Tale, roles: Sequence[tuple[str, str | None]]) -> None:
    """Everybody once, by the first of their roles; those of the technical side, who may check a fix, come first."""
    burst = tale.burst
    family = tale.book.family(burst.family)
    known = (*(rule["role"] for rule in family["owner_rules"]), *family["technical_lead"], *family["roles"])
    sides = tale.book.file["roles"]
    burst.technical_roles = frozenset(role for role in known if sides[role]["side"] != "clinical")
    by: dict[str, str] = {}
    for role, user in roles:
        if user is not None:
            by.setdefault(user, role)
    for user in sorted(by, key=lambda user: by[user] not in burst.technical_roles):
        burst.members[user] = by[user]
    burst.members.setdefault(burst.raiser, "")


def _vendors(tale: Tale, roles: Sequence[str], now: datetime) -> Iterator[str]:
    """Whom the vendors of the contacts on the card name for escalations: roles that nobody in Slack fills."""
    file = tale.book.file
    for role in roles:
        if tale.people.fillers(role, tale.burst.sites, now):
            continue
        for contact in file["contacts"]:
            if contact["role"] == role and "vendor" in contact:
                vendor = file["vendors"][contact["vendor"]]
                if "escalation" in vendor:
                    yield vendor["escalation"]


def _promise(tale: Tale, now: datetime) -> None:
    burst = tale.burst
    burst.arm("staffing" if burst.owner is None else "accept", burst.terms.accept, now)
    burst.expect_news(now, first=True)
    burst.arm_resolve(now)
    burst.arm("intake", burst.terms.accept, now)
    burst.aim(now, now)
    day = tale.book.milestone(burst.stage, burst.sites, burst.needed_on, now)
    if day is not None:
        burst.work_towards(day, tale.book.file["severity"]["milestone"]["warn_before"], now)
    tale.staff(now)
