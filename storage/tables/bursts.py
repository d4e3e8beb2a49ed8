"""Bursts with everything that belongs to one: people, clocks, evidence, decisions, log, anchors."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Index, Integer, Text
from sqlmodel import Field, SQLModel

from bot.taskforce.burst import EvidenceFile, Vote
from bot.taskforce.response_clock import FiredStep, SetAside, Standstill, WarningPoint
from bot.taskforce.terms import (
    ClockKind,
    ClockState,
    EntryKind,
    Outcome,
    Seat,
    Severity,
    State,
    Verdict,
)
from storage.tables.base import document_column, enum_column, of_burst
from storage.types import DurationValue


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
    sites: tuple[str, ...] = Field(sa_column=document_column(tuple[str, ...]))
    severity: Severity = Field(sa_column=enum_column(Severity))
    state: State = Field(sa_column=enum_column(State))
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
    outcome: Outcome | None = Field(sa_column=enum_column(Outcome, nullable=True))
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

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    user: str
    via: str
    added_at: datetime
    left_at: datetime | None


class ClockRecord(SQLModel, table=True):
    """A response clock; the sweep finds it by ``(state, wake_at)``."""

    __tablename__ = "clock"
    __table_args__ = (Index("ix_clock_state_wake_at", "state", "wake_at", "burst_id", "number"),)

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    kind: ClockKind = Field(sa_column=enum_column(ClockKind))
    state: ClockState = Field(sa_column=enum_column(ClockState))
    promise: str
    calendar: str
    armed_at: datetime
    due_at: datetime
    wake_at: datetime | None
    subject: int | None
    total_for: timedelta = Field(sa_column=Column(DurationValue, nullable=False))
    warned: tuple[WarningPoint, ...] = Field(sa_column=document_column(tuple[WarningPoint, ...]))
    fired: tuple[FiredStep, ...] = Field(sa_column=document_column(tuple[FiredStep, ...]))
    missed_at: datetime | None
    met_at: datetime | None
    held_since: datetime | None
    held_for: timedelta = Field(sa_column=Column(DurationValue, nullable=False))
    paused_at: datetime | None
    left_for: timedelta | None = Field(sa_column=Column(DurationValue, nullable=True))
    stood: tuple[Standstill, ...] = Field(sa_column=document_column(tuple[Standstill, ...]))
    set_aside: tuple[SetAside, ...] = Field(sa_column=document_column(tuple[SetAside, ...]))


class ChecklistRecord(SQLModel, table=True):
    """One line of a burst's checklist."""

    __tablename__ = "checklist_item"

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    text: str
    source: str
    assignee: str | None
    blocks_closure: bool
    done_at: datetime | None
    done_by: str | None
    note: str
    applies: bool


class EvidenceRecord(SQLModel, table=True):
    """One piece of closing evidence."""

    __tablename__ = "evidence"

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    kind: str
    text: str
    added_by: str
    added_at: datetime
    link: str | None
    files: tuple[EvidenceFile, ...] = Field(sa_column=document_column(tuple[EvidenceFile, ...]))
    withdrawn_at: datetime | None


class SignOffRecord(SQLModel, table=True):
    """A co-lead's yes, in the order in which they were given."""

    __tablename__ = "sign_off"

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    seat: Seat = Field(sa_column=enum_column(Seat))
    user: str
    signed_at: datetime
    voided_at: datetime | None


class DecisionRequestRecord(SQLModel, table=True):
    """A question put to whoever holds the right to decide it."""

    __tablename__ = "decision_request"

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    question: str
    asked_by: str
    asked_at: datetime
    right: str
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    options: tuple[str, ...] = Field(sa_column=document_column(tuple[str, ...]))
    recommended: int | None
    clinical_impact: str
    technical_impact: str
    quorum: int
    votes: tuple[Vote, ...] = Field(sa_column=document_column(tuple[Vote, ...]))
    verdict: Verdict | None = Field(sa_column=enum_column(Verdict, nullable=True))
    chosen: int | None


class LogRecord(SQLModel, table=True):
    """One chained entry of a resolution log. Erasing its text sets ``salt`` and ``body`` to NULL and nothing else.

    ``name_salt`` or ``names`` are what the digests of its people are made from (``bot.taskforce.entry_names``); an entry of
    before has neither.
    """

    __tablename__ = "log_entry"

    burst_id: int = Field(sa_column=of_burst())
    number: int = Field(primary_key=True)
    kind: EntryKind = Field(sa_column=enum_column(EntryKind))
    actor: str
    at: datetime
    salt: bytes | None
    body: str | None = Field(sa_type=Text)
    digest: str
    entry_hash: str
    name_salt: bytes | None
    names: str | None = Field(sa_type=Text)


class AnchorRecord(SQLModel, table=True):
    """How long a log was and where it stood at some time, under a key that the database does not hold."""

    __tablename__ = "anchor"

    burst_id: int = Field(sa_column=of_burst())
    entry_count: int = Field(primary_key=True)
    head: str
    seal: str
    at: datetime
