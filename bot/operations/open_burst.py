"""A blocker becomes a burst: intake checked, people seated, promises frozen, in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.errors import Refused
from bot.operations.guarding import guarded
from bot.operations.office import Office, Request, actor_for, load, programme_at, write
from bot.operations.refused_fields import RefusedFields
from bot.operations.successors import barred, require_able_to_own
from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.family import Family
from bot.taskforce.intake import FormResult, Header, parse_form, parse_header
from bot.taskforce.lifecycle import Opening
from bot.taskforce.permissions import Right, require
from bot.taskforce.seating import Seating, seat
from bot.taskforce.terms import Side
from storage import Unit

# What the one-line form leaves open is the intake item's to ask for; until then this stands.
DEFAULT_STAGE = "go_live"
UNASKED = "To be told by the one who raised it."


@dataclass(frozen=True, slots=True)
class Intake:
    """What a raiser gave, unchecked. ``answers`` are raw values by field of the family's form.

    ``owner`` is whom the raiser named instead of the proposed owner. With ``missing_allowed`` a
    required answer may be missing: it becomes the first checklist item, with a clock. ``raised_from``
    is the address of the message that tells of it. ``confirmed``: the raiser said that what the guard
    doubts is not about a patient. A ``drill`` is practice: it says so everywhere and counts nowhere. ``same_as`` is
    the burst at another site whose blocker it shares.
    """

    family: str
    title: str
    sites: tuple[str, ...]
    impact: object
    urgency: object
    stage: str = DEFAULT_STAGE
    workflow_impact: str = ""
    needed_on: date | None = None
    workaround: str = "none"
    answers: Mapping[str, object] = field(default_factory=dict)
    owner: str | None = None
    missing_allowed: bool = False
    raised_from: str = ""
    confirmed: bool = False
    drill: bool = False
    same_as: int | None = None

    @property
    def typed(self) -> Mapping[str, object]:
        """Everything that a person wrote, by field."""
        return {"title": self.title, "workflow_impact": self.workflow_impact, **self.answers}


@dataclass(frozen=True, slots=True)
class Checked:
    """An intake that may be opened: typed header and answers, and who would sit where."""

    family: Family
    header: Header
    form: FormResult
    seating: Seating


def open_burst(office: Office, request: Request, intake: Intake, draft_id: str | None = None) -> Burst:
    """Open the burst, and forget the draft that it was typed into.

    Raises ``Refused`` (``RefusedFields`` for what was typed, ``Doubtful`` for what may be about a patient)
    and then changes nothing.
    """
    confirmed = guarded(office.programme(), intake.typed, confirmed=intake.confirmed)
    request = replace(request, confirmed=confirmed)
    with write(office, request, "open_burst") as (unit, now):
        require(Right.OPEN, actor_for(unit, office, request), None)
        if intake.owner is not None:
            require_able_to_own(unit, intake.owner)
        programme = programme_at(unit, office, now)
        burst = open_in(unit, programme, request.user, intake, now)
        if intake.same_as is not None:
            origin, actor = load(unit, office, request, intake.same_as)
            unit.apply(lifecycle.note_elsewhere(origin, actor, burst.id, now=now), now=now)
        unit.inbox.settle(request.key, {"burst": burst.id})
        if draft_id is not None:
            unit.drafts.discard(draft_id)
        return burst


def opened_before(office: Office, request: Request) -> int | None:
    """The id of the burst that this same delivery opened when it came the first time, if it did."""
    with office.store.read() as unit:
        outcome = unit.inbox.outcome(request.key)
    return None if outcome is None else int(str(outcome["burst"]))


def open_in(
    unit: Unit,
    programme: Programme,
    raiser: str,
    intake: Intake,
    now: datetime,
    reopened_from: int | None = None,
) -> Burst:
    """Open the burst in the transaction at hand, for somebody who may."""
    checked = check_intake(unit, programme, intake, now)
    opening = _opening(unit.bursts.allocate_id(), programme, raiser, intake, checked, now)
    opening = replace(opening, reopened_from=reopened_from)
    return unit.apply(lifecycle.open_burst(opening, now=now), now=now)


def check_intake(unit: Unit, programme: Programme, intake: Intake, now: datetime) -> Checked:
    """The intake as typed values, with its seating at ``now``. Raises ``RefusedFields``."""
    family = programme.families.get(intake.family)
    if family is None:
        known = ", ".join(programme.families)
        raise Refused("family", f"There is no such kind of blocker; the kinds are: {known}.", field="family")
    header = _header(programme, intake)
    form = parse_form(family, intake.answers, programme.intake)
    problems = dict(form.problems)
    if not intake.missing_allowed:
        problems |= dict.fromkeys(form.missing, "Fill this in.")
    if problems:
        raise RefusedFields(problems)
    roster = programme.roster(family.id, header.sites, now)
    seating = seat(family, form.answers, header, roster, barred(unit, roster.people()))
    return Checked(family, header, form, seating)


def _header(programme: Programme, intake: Intake) -> Header:
    """The header. Who used the one-line form was not asked yet what people cannot do."""
    unasked = intake.missing_allowed and not intake.workflow_impact
    raw = {
        "title": intake.title,
        "sites": intake.sites,
        "stage": intake.stage,
        "impact": intake.impact,
        "urgency": intake.urgency,
        "workflow_impact": UNASKED if unasked else intake.workflow_impact,
        "needed_by": intake.needed_on.isoformat() if intake.needed_on else None,
        "workaround": intake.workaround,
    }
    result = parse_header(raw, sites=tuple(programme.sites), stages=tuple(programme.stages))
    if result.header is None:
        raise RefusedFields(result.problems)
    return replace(result.header, workflow_impact="") if unasked else result.header


def _opening(
    burst_id: int,
    programme: Programme,
    raiser: str,
    intake: Intake,
    checked: Checked,
    now: datetime,
) -> Opening:
    family, header, seating = checked.family, checked.header, checked.seating
    owner, reason = seating.owner, seating.owner_reason
    if intake.owner is not None and intake.owner != owner:
        owner, reason = intake.owner, "Named by the person who raised it"
    clinical = None if seating.clinical_lead == owner else seating.clinical_lead
    return Opening(
        id=burst_id,
        title=header.title,
        family=family.id,
        family_label=family.label,
        workstream=family.workstream,
        stage=header.stage,
        sites=header.sites,
        impact=header.impact,
        urgency=header.urgency,
        severity=seating.severity,
        workflow_impact=header.workflow_impact,
        workaround=header.workaround,
        raiser=raiser,
        policy=programme.policy_for(seating.severity, family.id, header.stage, header.sites, now),
        answers=checked.form.answers,
        private=family.private,
        needed_on=header.needed_by,
        milestone=programme.milestone_for(header.stage, header.sites, now),
        drill=intake.drill,
        owner=owner,
        owner_role=seating.owner_role,
        owner_reason=reason,
        clinical_lead=clinical,
        technical_lead=None if seating.technical_lead == clinical else seating.technical_lead,
        invited=seating.invited,
        contacts=seating.contacts,
        checklist=tuple(_checklist(family, seating)),
        missing=_missing_labels(checked, intake),
        evidence_kinds=tuple((kind.id, kind.label, kind.type.value) for kind in family.evidence),
        technical_roles=_technical_roles(family, programme),
        raised_from=intake.raised_from,
        same_as=intake.same_as,
        absent=seating.absent,
    )


def _checklist(family: Family, seating: Seating) -> Iterator[ChecklistItem]:
    """What a conditional asks for comes first: it may keep the burst open."""
    for conditional in seating.conditionals:
        if conditional.task is not None:
            yield ChecklistItem(
                number=0,
                text=conditional.task,
                source=f"conditional:{conditional.id}",
                assignee=seating.assignees.get(conditional.id),
                blocks_closure=conditional.blocks_closure,
            )
    for line in family.checklist:
        yield ChecklistItem(number=0, text=line.text, source="family")


def _missing_labels(checked: Checked, intake: Intake) -> tuple[str, ...]:
    impact = () if intake.workflow_impact else ("What can people not do?",)
    fields = (checked.family.field(name) for name in checked.form.missing)
    return (*impact, *(field.label for field in fields if field is not None))


def _technical_roles(family: Family, programme: Programme) -> tuple[str, ...]:
    roles = dict.fromkeys(
        (*(rule.role for rule in family.owner_rules), *family.technical_lead, *family.roles)
    )
    return tuple(role for role in roles if programme.roles[role].side is not Side.CLINICAL)
