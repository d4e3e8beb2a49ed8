"""One burst from opening to closing, told through the domain itself, with everything that a summary tells."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle import Candidate, Opening, Proposal, Reach
from bot.taskforce.permissions import Actor
from bot.taskforce.policy import Policy
from bot.taskforce.terms import Notify, PauseReason
from tests.slack.views.bursts import (
    CLINICAL,
    EVIDENCE_KINDS,
    LEAD,
    OPEN,
    OPENED_AT,
    OWNER,
    POLICY,
    RAISER,
    SECOND_OWNER,
    TECHNICAL,
    Logged,
    logged,
)

LEAD_ACTOR = Actor(LEAD, leads=frozenset({"interoperability"}), steering=True)


def after(minutes: float) -> datetime:
    """So many minutes after the opening."""
    return OPENED_AT + timedelta(minutes=minutes)


def lived(*, until: float = 400, **terms: str) -> tuple[Burst, list[Logged]]:
    """A burst that was missed, escalated, handed over, paused, sent back once, and closed with evidence.

    Told up to ``until`` minutes after its opening. ``terms`` of the policy may be others, as ``resolve="1h"``.
    """
    policy = POLICY.model_copy(update=terms)
    told: list[Decision] = [lifecycle.open_burst(_opening(policy), now=after(0))]

    def now() -> Burst:
        return told[-1].after

    reach: Reach = {Notify.WORKSTREAM_LEAD: (LEAD,), Notify.STEERING_CELL: (LEAD,)}
    told.append(lifecycle.ring(now(), 1, {}, now=after(24)))
    told.append(lifecycle.ring(now(), 1, reach, now=after(30)))
    told.append(lifecycle.ring(now(), 1, reach, now=after(50)))
    told.append(lifecycle.take_up(now(), LEAD_ACTOR, now=after(55)))
    candidate = Candidate(SECOND_OWNER, "pacs_admin", "named by the workstream's lead")
    told.append(lifecycle.hand_over(now(), LEAD_ACTOR, candidate, "Olive is on leave", now=after(60)))
    owner = Actor(SECOND_OWNER)
    told.append(lifecycle.accept(now(), owner, now=after(70)))
    known = "The protocol tree still carries demo descriptions; a rule comes next."
    told.append(lifecycle.post_update(now(), owner, known, workaround="full", now=after(80)))
    told.append(
        lifecycle.log_decision(now(), owner, Proposal("Fix at the source, no coercion."), now=after(90))
    )
    pause_until = after(60 * 6)
    told.append(
        lifecycle.pause(now(), owner, PauseReason.AWAITING_VENDOR, pause_until, "CASE-7", now=after(100))
    )
    told.append(lifecycle.resume(now(), owner, now=after(220)))
    told.append(
        lifecycle.add_evidence(now(), owner, "header_dump", "20 of 20 studies are right", now=after(230))
    )
    told.append(lifecycle.add_evidence(now(), owner, "queue_count", "31 before, 0 after", now=after(231)))
    resolution = Resolution(
        "Study Description now comes from the worklist.",
        "fragmented_communication",
        ("vendor_wait",),
        "One list of protocol changes.",
        "different",
        "Lee: tell the other sites, by 2026-12-10",
        suggested="vendor_wait",
        suggested_why="50% of the time it waited for the vendor.",
    )
    told.append(lifecycle.resolve(now(), owner, resolution, now=after(240)))
    told.append(lifecycle.send_back(now(), Actor(CLINICAL), "Two layouts still hang wrong", now=after(250)))
    told.append(lifecycle.resolve(now(), owner, resolution, now=after(300)))
    told.append(lifecycle.confirm(now(), Actor(RAISER), True, "", now=after(310)))  # noqa: FBT003
    told.append(lifecycle.sign_off(now(), Actor(CLINICAL), now=after(320)))
    told.append(lifecycle.sign_off(now(), Actor(TECHNICAL), now=after(330)))
    told = [one for one in told if all(entry.at <= after(until) for entry in one.entries)]
    return replace(now(), log_head="5f" * 32), logged(told)


def _opening(policy: Policy) -> Opening:
    return Opening(
        id=42,
        title=OPEN.title,
        family=OPEN.family,
        family_label=OPEN.family_label,
        workstream=OPEN.workstream,
        stage=OPEN.stage,
        sites=OPEN.sites,
        impact=2,
        urgency=1,
        severity=OPEN.severity,
        workflow_impact=OPEN.workflow_impact,
        workaround="partial",
        raiser=RAISER,
        policy=policy,
        answers=OPEN.answers,
        owner=OWNER,
        owner_role="pacs_admin",
        owner_reason="PACS administrator at NGH",
        clinical_lead=CLINICAL,
        technical_lead=TECHNICAL,
        invited=(("pacs_admin", OWNER), ("ii_lead", TECHNICAL)),
        evidence_kinds=EVIDENCE_KINDS,
        technical_roles=("pacs_admin", "ii_lead"),
    )
