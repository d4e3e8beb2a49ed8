"""The words that storage adds to the domain's. Values are stored, so they never change."""

from enum import StrEnum


class IntentState(StrEnum):
    """Where an outbox row stands. Only pending and leased rows take part in their lane."""

    HELD = "held"  # until manners let it go: policy time, see `storage.holding`
    MERGED = "merged"  # it went along in another one's message
    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    DROPPED = "dropped"  # stale or no longer needed: nothing was sent
    PARKED = "parked"  # refused for good; an alert says so and a person may retry it


class AuditKind(StrEnum):
    """What was done to the installation as a whole."""

    EXPORTED = "exported"
    RESTORED = "restored"
    ERASED = "erased"
    REDACTED = "redacted"
    HELD = "held"
    RELEASED = "released"
