"""Bursts and decisions for the tests of storage. Storage does not judge them, so they need not make sense."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.taskforce.burst import (
    Burst,
    ChecklistItem,
    Contact,
    Correction,
    DecisionRequest,
    Enquiry,
    Evidence,
    EvidenceFile,
    Extension,
    MilestoneDate,
    Participant,
    PastPause,
    Pause,
    Place,
    Resolution,
    SignOff,
)
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.effects import Effect
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import FiredStep, ResponseClock, StaleTakeUp, StepAnswer
from bot.taskforce.terms import (
    ClockKind,
    ClockState,
    EntryKind,
    Outcome,
    PauseReason,
    Seat,
    Severity,
    State,
)
from storage import Store

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_ALWAYS = ((("00:00", "24:00"),),) * 7


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOW + timedelta(minutes=minutes)


def policy(severity: Severity = Severity.SEV2, **terms: Any) -> Policy:
    """A small policy."""
    calendar = {"zone": "Europe/London", "week": _ALWAYS, "holidays": (date(2026, 12, 25),)}
    written: dict[str, Any] = {
        "severity": severity,
        "label": "high",
        "calendar": "business",
        "accept": "20m",
        "first_update": "30m",
        "update_every": "1h",
        "resolve": "8h",
        "warn_at": (0.5, 0.8),
        "attainment": 0.9,
        "ladder": (),
        "calendars": {"business": calendar},
    }
    return Policy.model_validate(written | terms, strict=False)


POLICY = policy()


def clock(number: int = 1, **fields: Any) -> ResponseClock:
    """An armed resolve clock that wakes after 60 minutes."""
    usual = ResponseClock(
        number, ClockKind.RESOLVE, ClockState.ARMED, "8h", "business", NOW, at(480), wake_at=at(60)
    )
    return replace(usual, **fields)


def plain_burst(burst_id: int = 1, **fields: Any) -> Burst:
    """A burst as it is opened: with a raiser, an owner and one clock."""
    usual = Burst(
        id=burst_id,
        version=1,
        title="CT studies hang with the chest layout",
        family="dicom_mapping",
        family_label="DICOM mapping conflict",
        workstream="interoperability",
        stage="go_live",
        sites=("NGH",),
        impact=1,
        urgency=2,
        severity=Severity.SEV2,
        workflow_impact="Two readers cannot open chest studies.",
        workaround="none",
        answers={},
        state=State.OPEN,
        private=False,
        raiser="U_RAISER",
        policy=POLICY,
        opened_at=NOW,
        owner="U_OWNER",
        participants=(Participant("U_RAISER", "raiser", NOW), Participant("U_OWNER", "role:pacs", NOW)),
        clocks=(clock(),),
    )
    return replace(usual, **fields)


def full_burst(burst_id: int = 1) -> Burst:
    """A burst with every field set to something that is not its default."""
    fired = FiredStep(
        "lead",
        at(10),
        at(11),
        ("U_LEAD", "U_DUTY"),
        at(12),
        "U_LEAD",
        answers=(StepAnswer("U_LEAD", at(12)), StepAnswer("U_DUTY", at(13), taken_up=True)),
        repeated_at=(at(11.5),),
        brought=("U_EXPERT",),
        held_for=at(9) - at(6),
    )
    rung = clock(
        2,
        state=ClockState.PAUSED,
        wake_at=None,
        subject=7,
        total_for=timedelta(hours=8),
        warned=(0.5, 0.8),
        fired=(fired,),
        missed_at=at(1),
        met_at=at(2),
        held_since=at(3),
        held_for=timedelta(minutes=4, microseconds=5),
        paused_at=at(5),
        left_for=timedelta(hours=6),
    )
    return plain_burst(
        burst_id,
        answers={"tag": "(0008,1030)", "studies": 12, "seen": True, "kinds": ("seg", "sr"), "none": ()},
        state=State.ARCHIVED,
        private=True,
        needed_on=date(2026, 3, 9),
        drill=True,
        technical_roles=("pacs_admin", "ii_lead"),
        news=("9f86d081884c7d65",),
        owner_role="pacs_admin",
        owner_reason="PACS administrator at NGH",
        assigned_at=at(1),
        accepted_at=at(2),
        clinical_lead="U_CLINICAL",
        technical_lead="U_TECHNICAL",
        participants=(
            Participant("U_RAISER", "raiser", NOW),
            Participant("U_GONE", "added", at(1), left_at=at(9)),
        ),
        contacts=(Contact("vendor_engineer", "On call: 020 7946 555-0134"),),
        clocks=(clock(), rung),
        checklist=(
            ChecklistItem(
                1,
                "Count the queue",
                "family",
                assignee="U_OWNER",
                blocks_closure=True,
                done_at=at(3),
                done_by="U_OWNER",
                note="412 studies",
            ),
        ),
        evidence=(
            Evidence(
                1,
                "header_dump",
                "Five headers",
                "U_OWNER",
                at(4),
                "https://x.example/1",
                (EvidenceFile("F1"),),
                at(5),
            ),
        ),
        sign_offs=(SignOff(Seat.CLINICAL_LEAD, "U_CLINICAL", at(6), at(7)),),
        requests=(DecisionRequest(1, "Go?", "U_OWNER", at(1), "scope", "Go", "U_STEERING", at(2)),),
        extensions=(Extension(1, ClockKind.RESOLVE, "U_LEAD", at(3), at(9), timedelta(hours=2)),),
        enquiries=(Enquiry(1, "Since when?", "U_LEAD", at(3), at(9), at(4), "U_OWNER"),),
        follow_ups=(FollowUp(1, "Tell the vendor", "U_OWNER", at(90), at(80), "U_CLINICAL"),),
        evidence_kinds=(("header_dump", "Header dump", "any"), ("queue", "Queue count", "text")),
        pause=Pause(PauseReason.AWAITING_VENDOR, at(1), at(2), "CASE-1"),
        pauses=(PastPause(PauseReason.AWAITING_VENDOR, at(0), at(1)),),
        milestone=MilestoneDate("Go-live", date(2026, 4, 1)),
        resolution=Resolution(
            "Rule removed", "unclear_ownership", ("vendor",), "Ask first", "same", "Tell LKC"
        ),
        resolved_at=at(8),
        resolved_by="U_OWNER",
        raiser_answer="works",
        signed_off_at=at(9),
        outcome=Outcome.RESOLVED,
        duplicate_of=3,
        closed_at=at(10),
        closed_for=timedelta(minutes=3),
        archive_at=at(11),
        archived_at=at(12),
        reopened_from=2,
        same_as=3,
        same_at=(4, 5),
        raised_from="https://hospital.slack.example/archives/C1/p1700000000000100",
        taken_up_by="U_STEERING",
        corrections=(Correction(2, 5),),
        stale_take_ups=(StaleTakeUp("U_LEAD", at(1), at(2)),),
        place=Place("C_PLACE", "1700000000.000100", ours=False),
        place_lost="The channel was deleted.",
        refusals=("set_topic: restricted_action",),
        transcript_note="Three files are missing.",
    )


def note(text: str = "The mapping was changed.", actor: str = "U_OWNER") -> Entry:
    """A log entry."""
    return Entry(EntryKind.UPDATE, actor, NOW, {"text": text})


def opening(burst: Burst, *, entries: Sequence[Entry] = (), effects: Sequence[Effect] = ()) -> Decision:
    """The decision that opens ``burst``."""
    return Decision(None, burst, tuple(entries), tuple(effects))


def change(
    before: Burst, *, entries: Sequence[Entry] = (), effects: Sequence[Effect] = (), **fields: Any
) -> Decision:
    """The decision that gives ``before`` these fields."""
    after = replace(before, version=before.version + 1, **fields)
    return Decision(before, after, tuple(entries), tuple(effects))


def stored(store: Store, decision: Decision) -> Burst:
    """What is loaded again after ``decision`` was written in a transaction of its own."""
    with store.write() as unit:
        unit.apply(decision, now=NOW)
    return loaded(store, decision.after.id)


def loaded(store: Store, burst_id: int = 1) -> Burst:
    """The burst as the database has it."""
    with store.read() as unit:
        found = unit.bursts.get(burst_id)
    assert found is not None
    return found
