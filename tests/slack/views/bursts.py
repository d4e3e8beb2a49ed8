"""Bursts for the tests of views: one story at its stages, and the same story told with hostile text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.reports.labels import Labels
from bot.taskforce.burst import (
    Burst,
    ChecklistItem,
    Contact,
    DecisionRequest,
    Evidence,
    Participant,
    Pause,
    Place,
    Resolution,
    SignOff,
)
from bot.taskforce.decision import Decision, Detail
from bot.taskforce.family import EvidenceKind, Family
from bot.taskforce.policy import ALL_DAY, CalendarSpec, Policy
from bot.taskforce.response_clock import FiredStep, ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Outcome, PauseReason, Seat, Severity, State
from tests.slack.views.asked import many_enquiries, many_requests

OPENED_AT = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
NOW = OPENED_AT + timedelta(minutes=20)

RAISER, OWNER, CLINICAL, TECHNICAL = "U01RAISER", "U02OWNER", "U03CLIN", "U04TECH"
LEAD, SECOND_OWNER = "U05LEAD", "U06SECOND"
NAMES = {
    RAISER: "Robin Raiser",
    OWNER: "Olive Owner",
    CLINICAL: "Clare Clinical",
    TECHNICAL: "Tess Technical",
    LEAD: "Lee Lead",
    SECOND_OWNER: "Sam Second",
}
_OPEN_DAY = (("08:00", "17:00"),)

POLICY = Policy.model_validate(
    {
        "severity": Severity.SEV2,
        "label": "high",
        "calendar": "24x7",
        "accept": "30m",
        "first_update": "1h",
        "update_every": "2h",
        "workaround": "4h",
        "resolve": "8h",
        "warn_at": (0.5, 0.8),
        "attainment": 0.9,
        "ladder": [
            {
                "id": "accept_lead",
                "trigger": {"clock": "accept", "at": "due+20m"},
                "notify": ["workstream_lead"],
                "answer_within": "20m",
                "say": "Nobody has accepted {key}, {late} late. Accept for {owner}, or hand it on.",
            },
            {
                "id": "resolve_missed",
                "trigger": {"clock": "resolve", "at": "due"},
                "notify": ["steering_cell"],
                "answer_within": "30m",
                "say": "{key} missed {due} by {late}. A decision is needed.",
            },
        ],
        "calendars": {
            "24x7": {"zone": "Europe/London", "week": (ALL_DAY,) * 7},
            "business": {"zone": "Europe/London", "week": (*(_OPEN_DAY,) * 5, (), ())},
        },
    },
    strict=False,
)
assert isinstance(POLICY.calendars["24x7"], CalendarSpec)

EVIDENCE_KINDS = (
    ("header_dump", "Header dump of at least 5 new studies, identifiers removed", "any"),
    ("layout_check", "Layout checked on a synthetic patient, accepted by the clinical co-lead", "any"),
    ("queue_count", "Exception queue counted before and after", "text"),
)

FAMILY = Family.model_validate(
    {
        "id": "dicom_mapping",
        "label": "DICOM mapping conflict",
        "workstream": "interoperability",
        "private": False,
        "owner_rules": [{"when": None, "role": "pacs_admin"}],
        "clinical_lead": ["lead_tech"],
        "technical_lead": ["ii_lead"],
        "roles": ["pacs_admin"],
        "form": [
            {
                "id": "symptom",
                "label": "What goes wrong?",
                "type": "select",
                "required": True,
                "options": [
                    {"id": "text_differs", "label": "Description is not what rules expect"},
                    {"id": "uid_fault", "label": "Duplicate or changed UIDs"},
                ],
                "hint": "Pick the worst that applies.",
            },
            {"id": "source_ae", "label": "Sending AE title", "type": "ae_title", "required": True},
            {
                "id": "results",
                "label": "Result objects",
                "type": "multiselect",
                "required": False,
                "min": 1,
                "max": 2,
                "options": [{"id": "seg", "label": "DICOM SEG"}, {"id": "sr", "label": "DICOM SR"}],
            },
            {
                "id": "studies",
                "label": "Studies affected",
                "type": "number",
                "required": False,
                "min": 0,
                "max": 100000,
            },
            {"id": "since", "label": "Since", "type": "date", "required": False},
            {"id": "live", "label": "Is a scanner in use?", "type": "boolean", "required": True},
            {
                "id": "actual",
                "label": "Actual value or behaviour",
                "type": "multiline",
                "required": True,
                "min": 1,
                "max": 300,
            },
        ],
        "checklist": [{"id": "echo", "text": "C-ECHO both ways"}],
        "evidence": [
            EvidenceKind.model_validate({"id": id_, "label": label, "type": type_}, strict=False).model_dump()
            for id_, label, type_ in EVIDENCE_KINDS
        ],
        "delay_causes": ["vendor_wait"],
        "lead_time_hint": "A vendor's visit takes 5 to 10 business days.",
    },
    strict=False,
)

LABELS = Labels(
    names=NAMES,
    sites={"NGH": "Northgate General", "LKC": "Lakeside Clinic"},
    stages={"validation": "Validation"},
    workstreams={"interoperability": "Interoperability"},
    roles={"fse": "Modality vendor FSE"},
    causes={"vendor_wait": "Waiting for a vendor", "fragmented_communication": "Fragmented communication"},
    family=FAMILY,
)


def clock(
    number: int, kind: ClockKind, due_in: timedelta, state: ClockState = ClockState.ARMED
) -> ResponseClock:
    """A clock armed at the opening and due so long after it."""
    return ResponseClock(
        number=number,
        kind=kind,
        state=state,
        promise="30m" if kind is ClockKind.ACCEPT else "8h",
        calendar="24x7",
        armed_at=OPENED_AT,
        due_at=OPENED_AT + due_in,
        wake_at=None,
        total_for=due_in,
    )


OPEN = Burst(
    id=42,
    version=1,
    title="CT studies hang with the chest layout",
    family="dicom_mapping",
    family_label="DICOM mapping conflict",
    workstream="interoperability",
    stage="validation",
    sites=("NGH",),
    impact=2,
    urgency=1,
    severity=Severity.SEV2,
    workflow_impact="Night readers re-hang every abdomen by hand, 40 studies a night, since the roll-out.",
    workaround="partial",
    answers={
        "symptom": "text_differs",
        "source_ae": "NGH_CT_ER1",
        "results": ("seg", "sr"),
        "studies": 12000,
        "live": True,
        "actual": "CT Abdomen/Pelvis mit KM",
    },
    state=State.OPEN,
    private=False,
    raiser=RAISER,
    policy=POLICY,
    opened_at=OPENED_AT,
    needed_on=date(2026, 12, 7),
    owner=OWNER,
    owner_role="pacs_admin",
    owner_reason="PACS administrator at NGH",
    assigned_at=OPENED_AT,
    clinical_lead=CLINICAL,
    technical_lead=TECHNICAL,
    participants=(Participant(RAISER, "raiser", OPENED_AT), Participant(OWNER, "role:pacs_admin", OPENED_AT)),
    contacts=(Contact("fse", "Scanner hotline 555-0142"),),
    clocks=(
        clock(1, ClockKind.ACCEPT, timedelta(minutes=30)),
        clock(2, ClockKind.UPDATE, timedelta(hours=1)),
        clock(3, ClockKind.RESOLVE, timedelta(hours=8)),
    ),
    checklist=(
        ChecklistItem(1, "C-ECHO both ways with exact AE titles", "family"),
        ChecklistItem(
            2, "Record the changed rule", "conditional:archive_rewrite", OWNER, blocks_closure=True
        ),
    ),
    evidence_kinds=EVIDENCE_KINDS,
    place=Place("C42BURST"),
    log_count=2,
    log_head="5f" * 32,
)

ACCEPTED = replace(
    OPEN,
    version=2,
    state=State.ACCEPTED,
    accepted_at=NOW,
    clocks=(
        replace(OPEN.clocks[0], state=ClockState.MET, met_at=NOW),
        replace(OPEN.clocks[1], warned=(0.5,)),
        OPEN.clocks[2],
    ),
)

PAUSED = replace(
    ACCEPTED,
    version=5,
    state=State.PAUSED,
    pause=Pause(PauseReason.AWAITING_VENDOR, NOW, NOW + timedelta(days=2), "CASE-7"),
    clocks=(
        *ACCEPTED.clocks[:2],
        replace(
            OPEN.clocks[2], state=ClockState.PAUSED, paused_at=NOW, left_for=timedelta(hours=7, minutes=40)
        ),
    ),
)

LATE_AT = OPENED_AT + timedelta(hours=8, minutes=42)
MISSED = replace(
    ACCEPTED,
    version=7,
    clocks=(
        ACCEPTED.clocks[0],
        replace(
            OPEN.clocks[2],
            warned=(0.5, 0.8),
            missed_at=OPENED_AT + timedelta(hours=8),
            fired=(
                FiredStep(
                    "resolve_missed",
                    OPENED_AT + timedelta(hours=8),
                    OPENED_AT + timedelta(hours=8),
                    (LEAD,),
                ),
            ),
        ),
    ),
    requests=(DecisionRequest(1, "May we accept the workaround?", OWNER, NOW, "scope"),),
)

RESOLVED = replace(
    ACCEPTED,
    version=9,
    state=State.RESOLVED,
    clocks=(replace(OPEN.clocks[2], state=ClockState.MET, met_at=OPENED_AT + timedelta(hours=3)),),
    evidence=(
        Evidence(1, "header_dump", "C-FIND of 20 studies: all normalised", TECHNICAL, NOW),
        Evidence(2, "layout_check", "12 of 12 scripts pass", CLINICAL, NOW, link="https://uat.example/412"),
    ),
    resolution=Resolution(
        "Study Description now comes from the worklist.",
        "fragmented_communication",
        ("vendor_wait",),
        "One list of protocol changes.",
        "different",
        "Lee: tell the other sites, by 2026-12-10",
    ),
    resolved_at=OPENED_AT + timedelta(hours=3),
    resolved_by=OWNER,
)

CLOSED = replace(
    RESOLVED,
    version=12,
    state=State.CLOSED,
    raiser_answer="works",
    sign_offs=(
        SignOff(Seat.CLINICAL_LEAD, CLINICAL, OPENED_AT + timedelta(hours=4)),
        SignOff(Seat.TECHNICAL_LEAD, TECHNICAL, OPENED_AT + timedelta(hours=5)),
    ),
    signed_off_at=OPENED_AT + timedelta(hours=5),
    outcome=Outcome.RESOLVED,
    closed_at=OPENED_AT + timedelta(hours=5),
    archive_at=OPENED_AT + timedelta(hours=29),
)

ARCHIVED = replace(CLOSED, version=13, state=State.ARCHIVED, archived_at=OPENED_AT + timedelta(hours=29))

STAGES = {
    "open": OPEN,
    "accepted": ACCEPTED,
    "paused": PAUSED,
    "missed": MISSED,
    "resolved": RESOLVED,
    "closed": CLOSED,
    "archived": ARCHIVED,
}

HOSTILE: tuple[str, ...] = (
    "x" * 10_000,
    "<!channel> <!here|all> <@U01RAISER> <#C42BURST> <!subteam^S1> <https://evil.example|click>",
    "@here @channel @everyone #general https://evil.example",
    "&lt;!channel&gt; &amp; & < > <" * 300,
    "``` unclosed `code` *bold _italic ~strike\n> quote\n```",
    "\u202egnp.exe\u2066 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea",
    "null\x00 bell\x07 escape\x1b[31m delete\x7f next\x85line\u2028paragraph\u2029 vt\x0b",
    "\ud800 lone \udfff surrogates",
    "\U0001f469\u200d\u2695\ufe0f" * 700,
    "line\n" * 2_000,
    " \n\t ",
    "",
)


@dataclass(frozen=True)
class Logged:
    """An entry as storage would load it."""

    number: int
    kind: EntryKind
    actor: str
    at: datetime
    body: Mapping[str, Detail] | None = field(default_factory=dict)


def logged(decisions: list[Decision]) -> list[Logged]:
    """The log that these decisions of one burst leave behind."""
    entries = [entry for decision in decisions for entry in decision.entries]
    return [
        Logged(number, entry.kind, entry.actor, entry.at, entry.body)
        for number, entry in enumerate(entries, start=1)
    ]


def told_with(text: str, burst: Burst) -> Burst:
    """The burst with ``text`` wherever a person, or a programme, could have written something."""
    return replace(
        burst,
        title=text,
        family_label=text,
        workflow_impact=text,
        workaround=text,
        stage=text,
        sites=(text, text),
        owner_reason=text,
        answers={"symptom": text, "source_ae": text, "actual": text, "gone": (text, text)},
        contacts=(Contact(text, text),) * 8,
        checklist=tuple(
            ChecklistItem(
                number, text, "person", note=text, done_at=NOW if number % 2 else None, done_by=OWNER
            )
            for number in range(1, 60)
        ),
        evidence=tuple(Evidence(number, text, text, OWNER, NOW, link=text) for number in range(1, 30)),
        evidence_kinds=tuple((f"kind{number}", text or "kind", "any") for number in range(1, 6)),
        requests=many_requests(text, OWNER, LEAD, NOW),
        enquiries=many_enquiries(text, LEAD, NOW),
        resolution=Resolution(text, text, (text, text), text, text, text) if burst.resolution else None,
        place_lost=text,
        refusals=(text,) * 20,
    )
