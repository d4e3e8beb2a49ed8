"""Every name that one part of the file uses must be defined by another."""

from collections.abc import Iterator

from bot.programme.checks.case import Case
from bot.programme.nearest import did_you_mean, listed
from bot.programme.problems import Path, Problem
from bot.programme.schema.people import Turns
from bot.programme.schema.rules import DecisionRight
from bot.taskforce.policy import PolicyTerms


def check(case: Case) -> Iterator[Problem]:
    """Problems of dangling references."""
    yield from _programme(case)
    yield from _workstreams_and_stages(case)
    yield from _people(case)
    yield from _rules(case)
    yield from _families(case)


def _programme(case: Case) -> Iterator[Problem]:
    file = case.file
    yield from case.all_unknown("people", file.administrators, ("administrators",))
    for key, named in (("programme_manager", file.programme_manager), ("sponsor", file.sponsor)):
        if named is not None:
            yield from case.unknown("people", named, (key,))
    yield from case.all_unknown("people", file.steering.members, ("steering", "members"))
    if file.steering.duty is not None:
        yield from _turns(case, file.steering.duty, ("steering", "duty"))


def _workstreams_and_stages(case: Case) -> Iterator[Problem]:
    for name, stream in case.file.workstreams.items():
        here: Path = ("workstreams", name)
        if stream.lead is not None:
            yield from case.unknown("people", stream.lead, (*here, "lead"))
        yield from case.all_unknown("people", stream.deputies, (*here, "deputies"))
        yield from case.all_unknown("people", stream.members, (*here, "members"))
    for name, stage in case.file.stages.items():
        for number, milestone in enumerate(stage.milestones):
            path = ("stages", name, "milestones", number, "sites")
            yield from case.all_unknown("sites", milestone.sites, path)


def _people(case: Case) -> Iterator[Problem]:
    for key, person in case.file.people.items():
        here: Path = ("people", key)
        for role, sites in person.roles.items():
            yield from case.unknown("roles", role, (*here, "roles", role))
            yield from case.all_unknown_sites(sites, (*here, "roles", role))
        if person.stand_in is not None:
            yield from case.unknown("people", person.stand_in, (*here, "stand_in"))
    for number, contact in enumerate(case.file.contacts):
        here = ("contacts", number)
        yield from case.unknown("roles", contact.role, (*here, "role"))
        yield from case.all_unknown_sites(contact.sites, (*here, "sites"))
        if contact.vendor is not None:
            yield from case.unknown("vendors", contact.vendor, (*here, "vendor"))
    for name, vendor in case.file.vendors.items():
        if vendor.escalation is not None:
            yield from case.unknown("people", vendor.escalation, ("vendors", name, "escalation"))
    for name, rotation in case.file.rotations.items():
        here = ("rotations", name)
        yield from case.unknown("roles", rotation.role, (*here, "role"))
        yield from case.all_unknown_sites(rotation.sites, (*here, "sites"))
        yield from _turns(case, rotation, here)


def _turns(case: Case, turns: Turns, here: Path) -> Iterator[Problem]:
    yield from case.all_unknown("people", turns.people, (*here, "people"))
    for number, override in enumerate(turns.overrides):
        yield from case.unknown("people", override.person, (*here, "overrides", number, "person"))


def _rules(case: Case) -> Iterator[Problem]:
    severity = case.file.severity
    for name in ("sev1", "sev2", "sev3", "sev4"):
        yield from _terms(case, getattr(severity.policies, name), ("severity", "policies", name))
    if "business" not in severity.calendars:
        yield Problem(("severity", "calendars"), "'business' is missing: business days are counted on it")
    if severity.milestone is not None:
        yield from case.all_unknown("stages", severity.milestone.stages, ("severity", "milestone", "stages"))
    for number, override in enumerate(severity.overrides):
        here: Path = ("severity", "overrides", number)
        yield from case.all_unknown("families", override.families, (*here, "families"))
        yield from case.all_unknown("stages", override.stages, (*here, "stages"))
        yield from case.all_unknown_sites(override.sites, (*here, "sites"))
        if override.terms.calendar is not None:
            yield from _calendar(case, override.terms.calendar, (*here, "terms", "calendar"))
    for name, right in case.file.decision_rights.items():
        for holding, path in held_by(name, right):
            kind, _, holder = holding.partition(":")
            if kind in ("role", "workstream"):
                yield from case.unknown(f"{kind}s", holder, path)
        yield from case.all_unknown_keys(
            "stages", right.holder_by_stage, ("decision_rights", name, "holder_by_stage")
        )
        yield from case.all_unknown("stages", right.stages, ("decision_rights", name, "stages"))


def held_by(name: str, right: DecisionRight) -> Iterator[tuple[str, Path]]:
    """Every holder of a right, with where the file names it."""
    here: Path = ("decision_rights", name)
    yield right.holder, (*here, "holder")
    for stage, holder in right.holder_by_stage.items():
        yield holder, (*here, "holder_by_stage", stage)


def _terms(case: Case, terms: PolicyTerms, here: Path) -> Iterator[Problem]:
    yield from _calendar(case, terms.calendar, (*here, "calendar"))
    for stage, calendar in terms.calendar_by_stage.items():
        path = (*here, "calendar_by_stage", stage)
        yield from case.unknown("stages", stage, path)
        yield from _calendar(case, calendar, path)


def _calendar(case: Case, name: str, path: Path) -> Iterator[Problem]:
    known = case.file.severity.calendars
    if name not in known:
        yield Problem(
            path, f"there is no calendar '{name}'; defined are {listed(known)}{did_you_mean(name, known)}"
        )


def _families(case: Case) -> Iterator[Problem]:
    for name, family in case.file.families.items():
        here: Path = ("families", name)
        yield from case.unknown("workstreams", family.workstream, (*here, "workstream"))
        for number, rule in enumerate(family.owner_rules):
            yield from case.unknown("roles", rule.role, (*here, "owner_rules", number, "role"))
        yield from case.all_unknown("roles", family.clinical_lead, (*here, "clinical_lead"))
        yield from case.all_unknown("roles", family.technical_lead, (*here, "technical_lead"))
        yield from case.all_unknown("roles", family.roles, (*here, "roles"))
        for number, conditional in enumerate(family.conditional):
            path = (*here, "conditional", number, "roles")
            yield from case.all_unknown("roles", conditional.roles, path)
        yield from case.all_unknown("delay_causes", family.delay_causes, (*here, "delay_causes"))
