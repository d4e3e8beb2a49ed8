"""The types of entries that people know a resolution log by; every kind of entry is of one type."""

from collections.abc import Mapping
from enum import StrEnum

from bot.taskforce.terms import EntryKind


class EntryType(StrEnum):
    """What an entry is, in one word that people type."""

    FACT = "fact"
    UPDATE = "update"
    DECISION = "decision"
    EVIDENCE = "evidence"
    ACTION = "action"
    HAND_OVER = "handover"
    ESCALATION = "escalation"
    PAUSE = "pause"
    SIGN_OFF = "signoff"
    PRIVACY = "privacy"
    CORRECTION = "correction"
    SYSTEM = "system"


KINDS: Mapping[EntryType, frozenset[EntryKind]] = {
    EntryType.FACT: frozenset({EntryKind.FACT}),
    EntryType.UPDATE: frozenset({EntryKind.UPDATE}),
    EntryType.DECISION: frozenset(
        {
            EntryKind.DECISION,
            EntryKind.DECISION_REQUESTED,
            EntryKind.DECISION_VOTED,
            EntryKind.DECISION_DEFERRED,
        }
    ),
    EntryType.EVIDENCE: frozenset({EntryKind.EVIDENCE, EntryKind.FILE}),
    EntryType.ACTION: frozenset({EntryKind.ACTION, EntryKind.CHECKLIST, EntryKind.FOLLOW_UP}),
    EntryType.HAND_OVER: frozenset(
        {
            EntryKind.ASSIGNED,
            EntryKind.ACCEPTED,
            EntryKind.DECLINED,
            EntryKind.HANDED_OVER,
            EntryKind.SEATED,
        }
    ),
    EntryType.ESCALATION: frozenset(
        {
            EntryKind.WARNED,
            EntryKind.MISSED,
            EntryKind.ESCALATED,
            EntryKind.TAKEN_UP,
            EntryKind.ASKED,
        }
    ),
    EntryType.PAUSE: frozenset({EntryKind.PAUSED, EntryKind.RESUMED}),
    EntryType.SIGN_OFF: frozenset(
        {
            EntryKind.RESOLVED,
            EntryKind.CONFIRMED,
            EntryKind.SIGNED_OFF,
            EntryKind.SIGN_OFF_VOIDED,
            EntryKind.SENT_BACK,
        }
    ),
    EntryType.PRIVACY: frozenset({EntryKind.PRIVACY}),
    EntryType.CORRECTION: frozenset({EntryKind.CORRECTION}),
    EntryType.SYSTEM: frozenset(
        {
            EntryKind.OPENED,
            EntryKind.JOINED,
            EntryKind.ADDED,
            EntryKind.LEFT,
            EntryKind.SEVERITY,
            EntryKind.REBASED,
            EntryKind.CANCELLED,
            EntryKind.CLOSED,
            EntryKind.KEPT_OPEN,
            EntryKind.ARCHIVED,
            EntryKind.REOPENED,
            EntryKind.LINKED,
            EntryKind.CHANNEL,
            EntryKind.SLACK_REFUSED,
        }
    ),
}


def type_called(word: str) -> EntryType | None:
    """The type that a person means: one or several, with a hyphen or without; None when it is none."""
    plain = word.lower().replace("-", "").replace("_", "")
    for spelled in (plain, plain.removesuffix("s")):
        if spelled in set(EntryType):
            return EntryType(spelled)
    return None
