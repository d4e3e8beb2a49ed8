"""Opening a burst: everything that its intake and seating yielded becomes one blocker with an owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.errors import Refused
from bot.taskforce import clocks, milestones, targets
from bot.taskforce.burst import Answer, Burst, ChecklistItem, Contact, MilestoneDate, Participant
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.staffing import promise_staffing
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.policy import Policy
from bot.taskforce.terms import ClockKind, EntryKind, Rank, Severity, State

TITLE_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Opening:
    """What a burst is opened with.

    ``invited`` are (role id, user) of everybody who is pulled in by a role; ``missing`` the labels
    of intake fields that are still to be answered; ``milestone`` the stage's next day, which counts where no ``needed_on`` is given; ``checklist`` the family's and the conditionals'
    items (they are numbered here); ``technical_roles`` the family's roles of the technical side; ``absent``
    the roles that the rules ask for and nobody fills; ``same_as`` the burst at another site whose blocker it shares.
    """

    id: int
    title: str
    family: str
    family_label: str
    workstream: str
    stage: str
    sites: tuple[str, ...]
    impact: int
    urgency: int
    severity: Severity
    workflow_impact: str
    workaround: str
    raiser: str
    policy: Policy
    answers: Mapping[str, Answer] = field(default_factory=dict)
    private: bool = False
    needed_on: date | None = None
    milestone: MilestoneDate | None = None
    drill: bool = False
    owner: str | None = None
    owner_role: str = ""
    owner_reason: str = ""
    clinical_lead: str | None = None
    technical_lead: str | None = None
    invited: tuple[tuple[str, str], ...] = ()
    contacts: tuple[Contact, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    missing: tuple[str, ...] = ()
    evidence_kinds: tuple[tuple[str, str, str], ...] = ()
    technical_roles: tuple[str, ...] = ()
    reopened_from: int | None = None
    raised_from: str = ""
    same_as: int | None = None
    absent: tuple[str, ...] = ()


def open_burst(opening: Opening, *, now: datetime) -> Decision:
    """Open the burst: its owner is assigned and its clocks run from ``now``.

    Raises ``Refused`` for a title or an impact that nobody could read, for a needed-by date that is
    over, and for seats that the same person must not hold.
    """
    _check(opening, now)
    burst = replace(
        _blank(opening, now),
        title=checked(opening.title, what="The title", limit=TITLE_LIMIT, field="title"),
        workflow_impact=_impact(opening),
    )
    draft = Draft(None, _with_clocks(burst, opening, now), now)
    promise_staffing(draft)
    draft.log(EntryKind.OPENED, opening.raiser, **_facts(draft.after), absent=list(opening.absent))
    draft.log(
        EntryKind.ASSIGNED,
        "system",
        to=burst.owner,
        role=burst.owner_role,
        reason=burst.owner_reason,
    )
    for kind in (EffectKind.OPEN_CHANNEL, EffectKind.INVITE, EffectKind.POST_CARD, EffectKind.PIN_CARD):
        draft.effect(kind)
    draft.effect(EffectKind.SET_TOPIC)
    draft.effect(EffectKind.POST_CHECKLIST)
    if opening.reopened_from is None:
        draft.effect(EffectKind.POST_PRECEDENTS)
    accept = clocks.running(draft.after, ClockKind.ACCEPT)
    if accept is not None:
        draft.ping([burst.owner], Rank.ASSIGNED, clock=accept.number)
    return draft.done()


def _check(opening: Opening, now: datetime) -> None:
    if opening.needed_on is not None and clocks.end_of_day(opening.policy, opening.needed_on)[1] <= now:
        raise Refused("needed_on", "The needed-by date is over; give one that lies ahead.", field="needed_by")
    if opening.clinical_lead is not None and opening.clinical_lead in {opening.owner, opening.technical_lead}:
        raise Refused("seats", "The clinical co-lead cannot also be the owner or the technical co-lead.")


def _impact(opening: Opening) -> str:
    if not opening.workflow_impact and opening.missing:
        return ""  # opened by command: the intake item asks for it
    return checked(opening.workflow_impact, what="The workflow impact", field="workflow_impact")


def _blank(opening: Opening, now: datetime) -> Burst:
    return Burst(
        id=opening.id,
        version=0,
        title=opening.title,
        family=opening.family,
        family_label=opening.family_label,
        workstream=opening.workstream,
        stage=opening.stage,
        sites=opening.sites,
        impact=opening.impact,
        urgency=opening.urgency,
        severity=opening.severity,
        workflow_impact=opening.workflow_impact,
        workaround=opening.workaround,
        answers=opening.answers,
        state=State.OPEN,
        private=opening.private,
        raiser=opening.raiser,
        policy=opening.policy,
        opened_at=now,
        needed_on=opening.needed_on,
        milestone=opening.milestone if opening.needed_on is None else None,
        drill=opening.drill,
        owner=opening.owner,
        owner_role=opening.owner_role,
        owner_reason=opening.owner_reason,
        assigned_at=now if opening.owner else None,
        clinical_lead=opening.clinical_lead,
        technical_lead=opening.technical_lead,
        participants=_participants(opening, now),
        contacts=opening.contacts,
        checklist=_checklist(opening),
        evidence_kinds=opening.evidence_kinds,
        technical_roles=opening.technical_roles,
        reopened_from=opening.reopened_from,
        raised_from=opening.raised_from,
        same_as=opening.same_as,
    )


def _with_clocks(burst: Burst, opening: Opening, now: datetime) -> Burst:
    policy = burst.policy
    first = ClockKind.ACCEPT if burst.owner else ClockKind.STAFFING
    burst, _ = clocks.arm(burst, first, policy.accept, now=now)
    burst, _ = clocks.arm(burst, ClockKind.UPDATE, policy.first_update, now=now)
    due_at = clocks.resolve_due(policy, now, burst.needed_on)
    burst, _ = clocks.arm(burst, ClockKind.RESOLVE, policy.resolve, now=now, due_at=due_at)
    if opening.missing:
        promise = clocks.promise_for(policy, ClockKind.INTAKE)
        burst, _ = clocks.arm(burst, ClockKind.INTAKE, promise, now=now)
    return milestones.promise(targets.aim_for_workaround(burst, now), now)


def _participants(opening: Opening, now: datetime) -> tuple[Participant, ...]:
    """Everybody once. A technical role comes before another one: it may be needed to check the fix."""
    technical = set(opening.technical_roles)
    via: dict[str, str] = {}
    for role, user in sorted(opening.invited, key=lambda pair: pair[0] not in technical):
        via.setdefault(user, f"role:{role}")
    via.setdefault(opening.raiser, "raiser")
    for seated in (opening.owner, opening.clinical_lead, opening.technical_lead):
        if seated is not None:
            via.setdefault(seated, "added")
    return tuple(Participant(user, how, now) for user, how in via.items())


def _checklist(opening: Opening) -> tuple[ChecklistItem, ...]:
    items = opening.checklist
    if opening.missing:
        text = f"Complete the intake: {', '.join(opening.missing)}"
        items = (ChecklistItem(0, text, "intake", assignee=opening.raiser), *items)
    return tuple(replace(item, number=number) for number, item in enumerate(items, start=1))


def _facts(burst: Burst) -> dict[str, str | int | bool | list[str] | None]:
    return {
        "title": burst.title,
        "family": burst.family,
        "workstream": burst.workstream,
        "stage": burst.stage,
        "sites": list(burst.sites),
        "impact": burst.impact,
        "urgency": burst.urgency,
        "severity": burst.severity.value,
        "workaround": burst.workaround,
        "workflow_impact": burst.workflow_impact,
        "needed_on": burst.needed_on.isoformat() if burst.needed_on else None,
        "milestone": burst.milestone.label if burst.milestone else None,
        "milestone_on": burst.milestone.on.isoformat() if burst.milestone else None,
        "clinical_lead": burst.clinical_lead,
        "technical_lead": burst.technical_lead,
        "people": [person.user for person in burst.participants],
        "reopened_from": burst.reopened_from,
        "raised_from": burst.raised_from,
        "same_as": burst.same_as,
        "drill": burst.drill,
        "private": burst.private,
    }
