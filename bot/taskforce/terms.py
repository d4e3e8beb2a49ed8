"""The words of the domain: states, seats, clocks, log entries. Values are stored, so they never change."""

from enum import StrEnum


class State(StrEnum):
    """Where a burst stands. Signed off is a moment (``Burst.signed_off_at``): the last sign-off closes."""

    OPEN = "open"  # assigned, nobody accountable has said yes yet
    ACCEPTED = "accepted"
    WORKING = "working"
    PAUSED = "paused"
    RESOLVED = "resolved"
    CLOSED = "closed"
    ARCHIVED = "archived"


LIVE = frozenset({State.OPEN, State.ACCEPTED, State.WORKING, State.PAUSED})
ENDED = frozenset({State.CLOSED, State.ARCHIVED})


class Outcome(StrEnum):
    """How a burst ended."""

    RESOLVED = "resolved"
    DUPLICATE = "duplicate"
    MISTAKE = "mistake"
    WITHDRAWN = "withdrawn"


class Severity(StrEnum):
    """Derived from impact and urgency; ``sev1`` is the most severe."""

    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"

    def at_least(self, other: "Severity") -> "Severity":
        """The more severe of the two."""
        return min(self, other)


class Side(StrEnum):
    """Which side of the house a role speaks for."""

    CLINICAL = "clinical"
    TECHNICAL = "technical"
    EITHER = "either"


class Seat(StrEnum):
    """The seats of a burst that somebody must fill."""

    OWNER = "owner"
    CLINICAL_LEAD = "clinical_lead"
    TECHNICAL_LEAD = "technical_lead"


class Standing(StrEnum):
    """How a person belongs to the workspace."""

    MEMBER = "member"
    GUEST = "guest"
    EXTERNAL = "external"
    DEACTIVATED = "deactivated"


class ClockKind(StrEnum):
    """Every kind of response clock."""

    ACCEPT = "accept"
    INTAKE = "intake"
    STAFFING = "staffing"
    UPDATE = "update"
    WORKAROUND = "workaround"
    RESOLVE = "resolve"
    PAUSE = "pause"
    DECISION = "decision"
    TAKE_UP = "take_up"
    SIGN_OFF = "sign_off"
    FOLLOW_UP = "follow_up"
    PRIVACY = "privacy"
    MILESTONE = "milestone"


class ClockState(StrEnum):
    """Where a response clock stands. Only an armed clock wakes the sweep."""

    ARMED = "armed"
    PAUSED = "paused"
    MET = "met"
    DISARMED = "disarmed"


class EntryKind(StrEnum):
    """Typed entries of the resolution log."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    JOINED = "joined"
    ADDED = "added"
    LEFT = "left"
    SEATED = "seated"
    FACT = "fact"
    UPDATE = "update"
    DECISION = "decision"
    DECISION_REQUESTED = "decision_requested"
    DECISION_VOTED = "decision_voted"
    DECISION_DEFERRED = "decision_deferred"
    EVIDENCE = "evidence"
    FILE = "file"  # what became of a file that was given as evidence
    ACTION = "action"
    CHECKLIST = "checklist"
    SEVERITY = "severity"
    REBASED = "rebased"
    PAUSED = "paused"
    RESUMED = "resumed"
    WARNED = "warned"
    MISSED = "missed"
    ESCALATED = "escalated"
    TAKEN_UP = "taken_up"
    ASKED = "asked"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    SIGNED_OFF = "signed_off"
    SIGN_OFF_VOIDED = "sign_off_voided"
    SENT_BACK = "sent_back"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    FOLLOW_UP = "follow_up"
    KEPT_OPEN = "kept_open"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    LINKED = "linked"
    CHANNEL = "channel"
    SLACK_REFUSED = "slack_refused"
    PRIVACY = "privacy"
    CORRECTION = "correction"


class Verdict(StrEnum):
    """How somebody who holds the right answers a decision request."""

    APPROVE = "approve"
    DECLINE = "decline"
    DEFER = "defer"


class Notify(StrEnum):
    """Whom a ladder step reaches; resolved to people when it fires."""

    OWNER = "owner"
    DEPUTY = "deputy"
    WORKSTREAM_LEAD = "workstream_lead"
    CLINICAL_LEAD = "clinical_lead"
    TECHNICAL_LEAD = "technical_lead"
    PROGRAMME_MANAGER = "programme_manager"
    STEERING_DUTY = "steering_duty"
    VENDOR_CONTACT = "vendor_contact"
    STEERING_CELL = "steering_cell"
    SPONSOR = "sponsor"
    SAFETY_OFFICER = "safety_officer"


class Rank(StrEnum):
    """What a ping is about; a later member outranks an earlier one."""

    REMINDER = "reminder"
    ASSIGNED = "assigned"
    ASKED = "asked"  # asked to sign off or to confirm
    MISSED = "missed"
    STEP = "step"


class PauseReason(StrEnum):
    """Why a resolve clock may stand still; each is a delay of its own kind in the ledger."""

    AWAITING_VENDOR = "awaiting_vendor"
    AWAITING_REQUESTER = "awaiting_requester"
    AWAITING_CHANGE_WINDOW = "awaiting_change_window"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_DOWNTIME = "awaiting_downtime"
    AWAITING_CLINICAL_VERIFICATION = "awaiting_clinical_verification"
