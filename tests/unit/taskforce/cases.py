"""The people, policies and bursts that the domain's tests are told with.

Everybody is fictional. The policies are small and round, so that a test's times can be checked in
one's head; their ladders have one step of each kind.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, ChecklistItem, Resolution
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.lifecycle import Opening, Reach
from bot.taskforce.permissions import Actor
from bot.taskforce.policy import Policy
from bot.taskforce.terms import ClockKind, Notify, PauseReason, Severity, Standing

# A Monday; the site is in London, where the clocks go forward on the 29th.
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

RAISER = Actor("U_RAISER")
OWNER = Actor("U_OWNER")
CLINICAL = Actor("U_CLINICAL")
TECHNICAL = Actor("U_TECHNICAL")
ANALYST = Actor("U_ANALYST")  # holds one of the family's technical roles
JOINER = Actor("U_JOINER")  # takes part, holds nothing
STRANGER = Actor("U_STRANGER")
LEAD = Actor("U_LEAD", leads=frozenset({"interoperability"}))
OTHER_LEAD = Actor("U_OTHER_LEAD", leads=frozenset({"training"}))
STEERING = Actor("U_STEERING", steering=True)
ADMIN = Actor("U_ADMIN", admin=True)
GUEST = Actor("U_GUEST", standing=Standing.GUEST)
EXTERNAL = Actor("U_EXTERNAL", standing=Standing.EXTERNAL)

REACH: Reach = {
    Notify.OWNER: (OWNER.user,),
    Notify.DEPUTY: ("U_DEPUTY",),
    Notify.WORKSTREAM_LEAD: (LEAD.user,),
    Notify.CLINICAL_LEAD: (CLINICAL.user,),
    Notify.TECHNICAL_LEAD: (TECHNICAL.user,),
    Notify.STEERING_DUTY: ("U_DUTY",),
    Notify.STEERING_CELL: (STEERING.user, "U_DUTY"),
    Notify.SPONSOR: ("U_SPONSOR",),
}

FIX = Resolution("The rule that rewrote the label is gone.", "unclear_ownership", (), "", "same")

_ALWAYS = [[["00:00", "24:00"]]] * 7
_OFFICE = [[["08:00", "17:00"]]] * 5 + [[], []]
_KINDS = (("header", "Header dump", "text"), ("queue", "Queue count", "any"), ("link", "Ticket", "link"))


def at(minutes: float) -> datetime:
    """So many minutes after the burst was opened."""
    return NOON + timedelta(minutes=minutes)


def step(
    step_id: str, clock: str, when: str, *notify: str, answer_within: str = "10m", **more: object
) -> dict[str, object]:
    """A ladder step as a programme would write it; ``more`` are its rarer fields."""
    return {
        "id": step_id,
        "trigger": {"clock": clock, "at": when},
        "notify": list(notify),
        "answer_within": answer_within,
        "say": "{key} needs you.",
        **more,
    }


LADDER = (
    step("accept_owner", "accept", "due", "owner"),
    step("accept_lead", "accept", "due+10m", "workstream_lead"),
    step("accept_cell", "accept", "unanswered 10m", "steering_cell"),
    step("update_owner", "update", "due", "owner"),
    step("update_lead", "update", "unanswered 10m", "workstream_lead"),
    step("resolve_half", "resolve", "fraction 0.5", "clinical_lead", "technical_lead"),
    step("resolve_duty", "resolve", "unanswered 10m", "steering_duty"),
    step("resolve_missed", "resolve", "due", "steering_cell", answer_within="30m"),
    step("resolve_sponsor", "resolve", "fraction 1.5", "sponsor"),
)


def policy(severity: Severity = Severity.SEV2, **terms: object) -> Policy:
    """A policy of 20 minutes to accept, an hour between updates and 8 hours to resolve, around the clock."""
    calendars = {
        "always": {"zone": "Europe/London", "week": _ALWAYS},
        "business": {"zone": "Europe/London", "week": _OFFICE, "holidays": []},
    }
    written: dict[str, object] = {
        "severity": severity.value,
        "label": severity.value,
        "calendar": "always",
        "accept": "20m",
        "first_update": "30m",
        "update_every": "1h",
        "update_every_after_workaround": "2h",
        "resolve": "8h",
        "warn_at": [0.5, 0.8],
        "attainment": 0.9,
        "ladder": list(LADDER),
        "calendars": calendars,
    }
    return Policy.model_validate({**written, **terms}, strict=False)


def opening(**fields: Any) -> Opening:
    """A sev2 blocker with an owner, both co-leads and an analyst."""
    severity = fields.get("severity", Severity.SEV2)
    usual = Opening(
        id=42,
        title="CT studies hang with the chest layout",
        family="dicom_mapping",
        family_label="DICOM mapping conflict",
        workstream="interoperability",
        stage="go_live",
        sites=("NGH",),
        impact=1,
        urgency=2,
        severity=severity,
        workflow_impact="Six readers cannot open chest studies since this morning",
        workaround="none",
        raiser=RAISER.user,
        policy=fields.get("policy", policy(severity)),
        owner=OWNER.user,
        owner_role="pacs_admin",
        owner_reason="PACS administrator at NGH",
        clinical_lead=CLINICAL.user,
        technical_lead=TECHNICAL.user,
        invited=(("pacs_admin", OWNER.user), ("ris_analyst", ANALYST.user), ("lead_tech", CLINICAL.user)),
        checklist=(ChecklistItem(0, "Echo both ways", "family"),),
        evidence_kinds=_KINDS,
        technical_roles=("pacs_admin", "ris_analyst"),
    )
    return replace(usual, **fields)


def opened(**fields: Any) -> Burst:
    """A burst that was opened at noon and has its channel."""
    return lifecycle.open_burst(opening(**fields), now=NOON).after


def accepted(**fields: Any) -> Burst:
    """... and that its owner accepted after five minutes."""
    return lifecycle.accept(opened(**fields), OWNER, now=at(5)).after


def working(**fields: Any) -> Burst:
    """... and that has news after ten minutes."""
    return lifecycle.post_update(accepted(**fields), OWNER, NEWS, now=at(10)).after


NEWS = "The layout asks for a tag that the new scanner no longer sends."


def proven(**fields: Any) -> Burst:
    """... and that has evidence of two kinds."""
    burst = lifecycle.add_evidence(working(**fields), OWNER, "header", "All five show it", now=at(20)).after
    return lifecycle.add_evidence(burst, OWNER, "queue", "12 before, 0 after", now=at(21)).after


def resolved(**fields: Any) -> Burst:
    """... and that its owner says is fixed, after an hour."""
    return lifecycle.resolve(proven(**fields), OWNER, FIX, now=at(60)).after


def closed(**fields: Any) -> Burst:
    """... and that everybody signed off, after 70 minutes."""
    burst = lifecycle.sign_off(resolved(**fields), CLINICAL, now=at(65)).after
    return lifecycle.sign_off(burst, TECHNICAL, now=at(70)).after


def archived(**fields: Any) -> Burst:
    """... and whose grace is over."""
    return lifecycle.mark_archived(closed(**fields), now=at(70 + 24 * 60)).after


def paused(**fields: Any) -> Burst:
    """A burst that waits for its vendor from minute 30 until minute 150."""
    burst = working(**fields)
    return lifecycle.pause(burst, OWNER, PauseReason.AWAITING_VENDOR, at(150), "CASE-7", now=at(30)).after


def with_people(burst: Burst, *actors: Actor) -> Burst:
    """The burst with these people added to it."""
    for actor in actors:
        burst = lifecycle.add_person(burst, OWNER, actor.user, "added", "", now=NOON).after
    return burst


def armed(burst: Burst) -> dict[ClockKind, datetime]:
    """The due times of the clocks that run, by kind."""
    return {clock.kind: clock.due_at for clock in burst.clocks if clock.state == "armed"}


def logged(decision: Decision, kind: str) -> Entry:
    """The one entry of this kind in the decision."""
    (entry,) = (entry for entry in decision.entries if entry.kind == kind)
    return entry


def kinds(decision: Decision) -> list[str]:
    """What the decision logs, in order."""
    return [entry.kind.value for entry in decision.entries]


def effects(decision: Decision, kind: EffectKind) -> list[Effect]:
    """The decision's effects of this kind."""
    return [effect for effect in decision.effects if effect.kind is kind]


def pinged(decision: Decision) -> dict[str, str]:
    """Who is pinged, and with what rank."""
    return {
        str(effect.subject["user"]): str(effect.subject["rank"])
        for effect in effects(decision, EffectKind.PING)
    }
