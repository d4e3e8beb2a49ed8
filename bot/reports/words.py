"""What the domain's terms are called on screen and on paper: short, plain and blameless."""

from bot.taskforce.delay import Ground
from bot.taskforce.entry_types import EntryType
from bot.taskforce.ledger import Phase
from bot.taskforce.outage import Cause
from bot.taskforce.terms import ClockKind, EntryKind, Notify, Outcome, PauseReason, Seat, State, Verdict

STATE: dict[State, str] = {
    State.OPEN: "Open, not accepted yet",
    State.ACCEPTED: "Accepted",
    State.WORKING: "Working",
    State.PAUSED: "Paused",
    State.RESOLVED: "Resolved, being verified",
    State.CLOSED: "Closed",
    State.ARCHIVED: "Archived",
}

OUTCOME: dict[Outcome, str] = {
    Outcome.RESOLVED: "Resolved",
    Outcome.DUPLICATE: "Cancelled as a duplicate",
    Outcome.MISTAKE: "Cancelled, opened by mistake",
    Outcome.WITHDRAWN: "Cancelled, withdrawn",
}

SEAT: dict[Seat, str] = {
    Seat.OWNER: "accountable owner",
    Seat.CLINICAL_LEAD: "clinical co-lead",
    Seat.TECHNICAL_LEAD: "technical co-lead",
}

RECIPIENT: dict[str, str] = {
    Notify.OWNER: "accountable owner",
    Notify.DEPUTY: "next in line for the owner",
    Notify.WORKSTREAM_LEAD: "workstream's lead",
    Notify.CLINICAL_LEAD: "clinical co-lead",
    Notify.TECHNICAL_LEAD: "technical co-lead",
    Notify.PROGRAMME_MANAGER: "programme manager",
    Notify.STEERING_DUTY: "on duty for the steering cell",
    Notify.VENDOR_CONTACT: "contact for the vendor's escalations",
    Notify.STEERING_CELL: "member of the steering cell",
    Notify.SPONSOR: "sponsor",
    Notify.SAFETY_OFFICER: "safety officer",
}

CLOCK: dict[ClockKind, str] = {
    ClockKind.ACCEPT: "Acceptance",
    ClockKind.INTAKE: "Missing facts",
    ClockKind.STAFFING: "Empty seat",
    ClockKind.UPDATE: "Next update",
    ClockKind.WORKAROUND: "Workaround target",
    ClockKind.RESOLVE: "Resolution",
    ClockKind.PAUSE: "End of the pause",
    ClockKind.DECISION: "Decision",
    ClockKind.TAKE_UP: "Answer to the escalation",
    ClockKind.SIGN_OFF: "Sign-off",
    ClockKind.FOLLOW_UP: "Follow-up",
    ClockKind.PRIVACY: "Privacy task",
    ClockKind.MILESTONE: "Milestone",
}

PAUSE: dict[PauseReason, str] = {
    PauseReason.AWAITING_VENDOR: "Waiting for a vendor",
    PauseReason.AWAITING_REQUESTER: "Waiting for the requester",
    PauseReason.AWAITING_CHANGE_WINDOW: "Waiting for a change window",
    PauseReason.AWAITING_APPROVAL: "Waiting for an approval",
    PauseReason.AWAITING_DOWNTIME: "Waiting for an agreed downtime",
    PauseReason.AWAITING_CLINICAL_VERIFICATION: "Waiting for clinical verification",
}

# Where a burst's time went; waiting is told by its reason where the log still has it.
PHASE: dict[Phase, str] = {
    Phase.UNASSIGNED: "Unassigned",
    Phase.UNACCEPTED: "Unaccepted",
    Phase.MOBILISING: "Mobilising",
    Phase.WORKING: "Working",
    Phase.WAITING: "Waiting",
    Phase.VERIFYING: "Verifying",
    Phase.UNKNOWN: "Unknown, as it was erased",
}

# Why time is put down to a cause, where it is not that the burst was waiting.
GROUND: dict[Ground, str] = {
    Ground.OWNERLESS: "nobody had accepted it",
    Ground.EMPTY_SEAT: "a co-lead's seat was empty and nobody had begun",
    Ground.LATE_ENTRY: "work went on without",  # and who came late
    Ground.CONFIRMED: "confirmed by whoever resolved it",
    Ground.UNEXPLAINED: "the log does not tell why",
}

WORKAROUND: dict[str, str] = {"none": "None", "partial": "Partial", "full": "Full"}

SITES_SAME: dict[str, str] = {
    "same": "The same at other sites",
    "different": "Different at other sites",
    "not_checked": "Not checked",
}

RIGHT: dict[str, str] = {"scope": "Scope", "security": "Security", "go_live": "Go-live"}

# As what somebody above gave a clock more time.
RIGHT_OF: dict[str, str] = {"steering": "steering cell", "workstream_lead": "workstream's lead"}

# What somebody did who answered a decision request, and how it is offered.
VERDICT: dict[Verdict, str] = {
    Verdict.APPROVE: "approved",
    Verdict.DECLINE: "declined",
    Verdict.DEFER: "deferred",
}
VERDICTS: tuple[tuple[str, str], ...] = (
    (Verdict.APPROVE.value, "Approve"),
    (Verdict.DECLINE.value, "Decline"),
    (Verdict.DEFER.value, "Put off to a date"),
)

RAISER_ANSWER: dict[str | None, str] = {
    None: "No answer from the raiser",
    "works": "It works for the raiser",
    "does_not": "It does not work for the raiser",
}

ENTRY_TYPE: dict[EntryType, str] = {
    EntryType.FACT: "facts",
    EntryType.UPDATE: "updates",
    EntryType.DECISION: "decisions",
    EntryType.EVIDENCE: "evidence",
    EntryType.ACTION: "actions",
    EntryType.HAND_OVER: "hand-overs",
    EntryType.ESCALATION: "escalations",
    EntryType.PAUSE: "pauses",
    EntryType.SIGN_OFF: "sign-offs",
    EntryType.PRIVACY: "privacy",
    EntryType.CORRECTION: "corrections",
    EntryType.SYSTEM: "system",
}

ENTRY: dict[EntryKind, str] = {
    EntryKind.OPENED: "Opened",
    EntryKind.ASSIGNED: "Owner assigned",
    EntryKind.ACCEPTED: "Accepted",
    EntryKind.DECLINED: "Declined",
    EntryKind.HANDED_OVER: "Handed over",
    EntryKind.JOINED: "Joined",
    EntryKind.ADDED: "Added",
    EntryKind.LEFT: "Left",
    EntryKind.SEATED: "Seat filled",
    EntryKind.FACT: "Fact",
    EntryKind.UPDATE: "Update",
    EntryKind.DECISION: "Decision",
    EntryKind.DECISION_REQUESTED: "Decision requested",
    EntryKind.DECISION_VOTED: "Answer to a question",
    EntryKind.DECISION_DEFERRED: "Decision put off",
    EntryKind.EVIDENCE: "Evidence",
    EntryKind.FILE: "File",
    EntryKind.ACTION: "Action",
    EntryKind.CHECKLIST: "Checklist",
    EntryKind.SEVERITY: "Severity changed",
    EntryKind.REBASED: "Policy renewed",
    EntryKind.PAUSED: "Clock paused",
    EntryKind.RESUMED: "Clock resumed",
    EntryKind.WARNED: "Warned",
    EntryKind.MISSED: "Time missed",
    EntryKind.ESCALATED: "Escalated",
    EntryKind.TAKEN_UP: "Taken up",
    EntryKind.ASKED: "Question from above",
    EntryKind.RESOLVED: "Resolved",
    EntryKind.CONFIRMED: "Raiser's answer",
    EntryKind.SIGNED_OFF: "Signed off",
    EntryKind.SIGN_OFF_VOIDED: "Sign-off voided",
    EntryKind.SENT_BACK: "Sent back",
    EntryKind.CANCELLED: "Cancelled",
    EntryKind.CLOSED: "Closed",
    EntryKind.FOLLOW_UP: "Follow-up",
    EntryKind.KEPT_OPEN: "Channel kept open",
    EntryKind.ARCHIVED: "Channel archived",
    EntryKind.REOPENED: "Reopened",
    EntryKind.LINKED: "Linked",
    EntryKind.CHANNEL: "Place",
    EntryKind.SLACK_REFUSED: "Slack refused",
    EntryKind.PRIVACY: "Privacy",
    EntryKind.CORRECTION: "Correction",
}

# Why something was told late; the two places are moments.
LATE_BECAUSE: dict[Cause, str] = {
    Cause.DOWN: "the bot was down from {} to {}",
    Cause.CLOCK_SET: "the bot's clock was set forward from {} to {}",
}
