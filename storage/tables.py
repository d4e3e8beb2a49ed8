"""The tables. Built only by repositories, from values that the domain has validated.

Columns are what is searched, ordered, guarded or reported on; the rest of a burst is one document.
Times are aware UTC (``UTCDateTime``); ``*_wall`` are real seconds since the epoch. There are no server
defaults and no CHECK on a vocabulary. Hot paths use Core statements on ``table(Model)``.

Partial indexes are written as literal SQL: SQLite's planner takes them only when a statement repeats
the same words (https://www.sqlite.org/partialindex.html).
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, text
from sqlmodel import Field, SQLModel

from bot.taskforce.burst import FiredStep
from bot.taskforce.terms import (
    ClockKind,
    ClockState,
    EntryKind,
    Outcome,
    Seat,
    Severity,
    Standing,
    State,
)
from storage.terms import IntentState
from storage.types import Document, DurationValue, EnumValue

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata

# AUTOINCREMENT needs SQLite's own INTEGER; PostgreSQL gets 64 bits for numbers that only grow.
BigNumber = BigInteger().with_variant(Integer, "sqlite")


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    return cast(Table, cast(Any, model).__table__)


def _enum(words: Any, *, nullable: bool = False, **options: Any) -> Any:
    return Column(EnumValue(words), nullable=nullable, **options)


def _document(kind: Any, *, nullable: bool = False) -> Any:
    return Column(Document(kind), nullable=nullable)


def _of_burst() -> Any:
    return Column(Integer, ForeignKey("burst.id", ondelete="CASCADE"), primary_key=True)


class Counter(SQLModel, table=True):
    """Numbers that are never given twice, such as the next burst's."""

    name: str = Field(primary_key=True)
    value: int


class PolicySnapshot(SQLModel, table=True):
    """A policy under which bursts were opened, by the SHA-256 of its JSON."""

    __tablename__ = "policy"

    digest: str = Field(primary_key=True)
    body: str = Field(sa_type=Text)


class BurstRecord(SQLModel, table=True):
    """One burst without its children. ``details`` holds the fields that nobody searches."""

    __tablename__ = "burst"
    __table_args__ = (
        Index("ix_burst_state_archive_at", "state", "archive_at"),
        Index("ix_burst_channel", "channel"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    version: int
    title: str
    family: str
    workstream: str
    sites: tuple[str, ...] = Field(sa_column=_document(tuple[str, ...]))
    severity: Severity = Field(sa_column=_enum(Severity))
    state: State = Field(sa_column=_enum(State))
    private: bool
    drill: bool
    raiser: str
    owner: str | None
    clinical_lead: str | None
    technical_lead: str | None
    opened_at: datetime
    closed_at: datetime | None
    archive_at: datetime | None
    archived_at: datetime | None
    outcome: Outcome | None = Field(sa_column=_enum(Outcome, nullable=True))
    channel: str | None
    thread_ts: str | None
    policy_digest: str = Field(foreign_key="policy.digest")
    log_count: int
    log_head: str
    details: str = Field(sa_type=Text)


class ParticipantRecord(SQLModel, table=True):
    """Somebody who belongs to a burst, in the order in which they came."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_user", "user"),)

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    user: str
    via: str
    added_at: datetime
    left_at: datetime | None


class ClockRecord(SQLModel, table=True):
    """A response clock; the sweep finds it by ``(state, wake_at)``."""

    __tablename__ = "clock"
    __table_args__ = (Index("ix_clock_state_wake_at", "state", "wake_at", "burst_id", "number"),)

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    kind: ClockKind = Field(sa_column=_enum(ClockKind))
    state: ClockState = Field(sa_column=_enum(ClockState))
    promise: str
    calendar: str
    armed_at: datetime
    due_at: datetime
    wake_at: datetime | None
    subject: int | None
    total_for: timedelta = Field(sa_column=Column(DurationValue, nullable=False))
    warned: tuple[float, ...] = Field(sa_column=_document(tuple[float, ...]))
    fired: tuple[FiredStep, ...] = Field(sa_column=_document(tuple[FiredStep, ...]))
    missed_at: datetime | None
    met_at: datetime | None
    held_since: datetime | None
    held_for: timedelta = Field(sa_column=Column(DurationValue, nullable=False))
    paused_at: datetime | None
    left_for: timedelta | None = Field(sa_column=Column(DurationValue, nullable=True))


class ChecklistRecord(SQLModel, table=True):
    """One line of a burst's checklist."""

    __tablename__ = "checklist_item"

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    text: str
    source: str
    assignee: str | None
    blocks_closure: bool
    done_at: datetime | None
    done_by: str | None
    note: str


class EvidenceRecord(SQLModel, table=True):
    """One piece of closing evidence."""

    __tablename__ = "evidence"

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    kind: str
    text: str
    added_by: str
    added_at: datetime
    link: str | None
    file_id: str | None
    withdrawn_at: datetime | None


class SignOffRecord(SQLModel, table=True):
    """A co-lead's yes, in the order in which they were given."""

    __tablename__ = "sign_off"

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    seat: Seat = Field(sa_column=_enum(Seat))
    user: str
    signed_at: datetime
    voided_at: datetime | None


class DecisionRequestRecord(SQLModel, table=True):
    """A question put to whoever holds the right to decide it."""

    __tablename__ = "decision_request"

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    question: str
    asked_by: str
    asked_at: datetime
    right: str
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


class LogRecord(SQLModel, table=True):
    """One chained entry of a resolution log. Erasing sets ``salt`` and ``body`` to NULL and nothing else."""

    __tablename__ = "log_entry"

    burst_id: int = Field(sa_column=_of_burst())
    number: int = Field(primary_key=True)
    kind: EntryKind = Field(sa_column=_enum(EntryKind))
    actor: str
    at: datetime
    salt: bytes | None
    body: str | None = Field(sa_type=Text)
    digest: str
    entry_hash: str


class AnchorRecord(SQLModel, table=True):
    """How long a log was and where it stood at some time, under a key that the database does not hold."""

    __tablename__ = "anchor"

    burst_id: int = Field(sa_column=_of_burst())
    entry_count: int = Field(primary_key=True)
    head: str
    seal: str
    at: datetime


class IntentRecord(SQLModel, table=True):
    """An intent for Slack, written in the transaction of the state that it follows from.

    ``not_before_wall`` is real time. Active rows (pending or leased) have an index of their own, so
    that a year of delivered ones costs a claim nothing. Ids are never used again: posts carry them.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_active",
            "lane",
            "id",
            "state",
            sqlite_where=text("state IN ('pending', 'leased')"),
            postgresql_where=text("state IN ('pending', 'leased')"),
        ),
        Index("ix_outbox_burst_id", "burst_id"),
        Index("ix_outbox_state_created_at", "state", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=Column(BigNumber, primary_key=True))
    burst_id: int | None
    kind: str
    version: int
    lane: str
    subject: str
    state: IntentState = Field(sa_column=_enum(IntentState))
    attempt: int
    not_before_wall: float
    holder: str | None
    fence: int
    parked_reason: str
    created_at: datetime


class PostRecord(SQLModel, table=True):
    """A message that was posted: where it is, what it shows, and which intent it answers."""

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_burst_id_slot", "burst_id", "slot"),
        Index("ix_post_channel_ts", "channel", "ts"),
        Index("ix_post_outbox_id", "outbox_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=Column(BigNumber, primary_key=True))
    burst_id: int = Field(foreign_key="burst.id", ondelete="CASCADE")
    slot: str
    subject: str
    user: str | None
    channel: str
    ts: str
    outbox_id: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    version: int
    settled_at: datetime | None


class RequestRecord(SQLModel, table=True):
    """A delivery that was already acted on, and what it was answered."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_seen_wall", "seen_wall"),)

    key: str = Field(primary_key=True)
    operation: str
    at: datetime
    seen_wall: float
    outcome: str | None = Field(sa_type=Text)


class DraftRecord(SQLModel, table=True):
    """What somebody has typed into a modal that is not finished; real time, gone after an hour."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_touched_wall", "touched_wall"),)

    id: str = Field(primary_key=True)
    user: str
    kind: str
    body: str = Field(sa_type=Text)
    touched_wall: float


class PersonRecord(SQLModel, table=True):
    """A person as Slack last described them."""

    __tablename__ = "person"

    user: str = Field(primary_key=True)
    team: str
    handle: str
    name: str
    zone: str
    title: str
    email: str
    standing: Standing = Field(sa_column=_enum(Standing))
    direct_channel: str | None
    refreshed_at: datetime


class CoverRecord(SQLModel, table=True):
    """Who is asked instead of somebody, for a while of policy time."""

    __tablename__ = "cover"

    user: str = Field(primary_key=True)
    by: str
    since: datetime
    until: datetime
    set_by: str


class SummaryRecord(SQLModel, table=True):
    """The archived summary of an ended burst. A later id was summarised later: newest first by id."""

    __tablename__ = "archive"
    __table_args__ = (
        Index("uq_archive_burst_id", "burst_id", unique=True),
        Index("ix_archive_closed_at", "closed_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=Column(BigNumber, primary_key=True))
    burst_id: int = Field(foreign_key="burst.id", ondelete="CASCADE")
    title: str
    family: str
    workstream: str
    sites: tuple[str, ...] = Field(sa_column=_document(tuple[str, ...]))
    cause: str
    severity: Severity = Field(sa_column=_enum(Severity))
    outcome: Outcome = Field(sa_column=_enum(Outcome))
    private: bool
    drill: bool
    members: tuple[str, ...] = Field(sa_column=_document(tuple[str, ...]))
    opened_at: datetime
    closed_at: datetime
    log_head: str
    text: str = Field(sa_type=Text)


class ReplicaRecord(SQLModel, table=True):
    """A running process that may hold leases. ``beat`` only has to move; no clock is compared."""

    __tablename__ = "replica"

    holder: str = Field(primary_key=True)
    beat: int
    started_at: datetime


class SettingRecord(SQLModel, table=True):
    """A small fact about this installation, such as its team or the version that last ran."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str
