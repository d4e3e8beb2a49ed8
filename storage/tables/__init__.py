"""The tables. Built only by repositories, from values that the domain has validated.

Columns are what is searched, ordered, guarded or reported on; the rest of a burst is one document.
Times are aware UTC (``UTCDateTime``); ``*_wall`` are real seconds since the epoch. There are no server
defaults and no CHECK on a vocabulary. Hot paths use Core statements on ``table(Model)``.

Partial indexes are written as literal SQL: SQLite's planner takes them only when a statement repeats
the same words (https://www.sqlite.org/partialindex.html).
"""

from storage.tables.archive import SummaryRecord
from storage.tables.base import metadata, table
from storage.tables.bursts import (
    AnchorRecord,
    BurstRecord,
    ChecklistRecord,
    ClockRecord,
    DecisionRequestRecord,
    EvidenceRecord,
    LogRecord,
    ParticipantRecord,
    PolicySnapshot,
    SignOffRecord,
)
from storage.tables.installation import AuditRecord, Counter, LegalHoldRecord, ReplicaRecord, SettingRecord
from storage.tables.people import CoverRecord, PersonRecord
from storage.tables.slack import DraftRecord, HomeRecord, IntentRecord, PostRecord, RequestRecord
from storage.tables.transcript import MessageRecord, TranscriptRecord

__all__ = [
    "AnchorRecord",
    "AuditRecord",
    "BurstRecord",
    "ChecklistRecord",
    "ClockRecord",
    "Counter",
    "CoverRecord",
    "DecisionRequestRecord",
    "DraftRecord",
    "EvidenceRecord",
    "HomeRecord",
    "IntentRecord",
    "LegalHoldRecord",
    "LogRecord",
    "MessageRecord",
    "ParticipantRecord",
    "PersonRecord",
    "PolicySnapshot",
    "PostRecord",
    "ReplicaRecord",
    "RequestRecord",
    "SettingRecord",
    "SignOffRecord",
    "SummaryRecord",
    "TranscriptRecord",
    "metadata",
    "table",
]
