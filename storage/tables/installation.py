"""The installation itself: its numbers, processes and small facts."""

from datetime import datetime

from sqlalchemy import Column, Integer, Text
from sqlmodel import Field, SQLModel

from storage.tables.base import enum_column, of_burst
from storage.terms import AuditKind


class Counter(SQLModel, table=True):
    """Numbers that are never given twice, such as the next burst's."""

    name: str = Field(primary_key=True)
    value: int


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


class AuditRecord(SQLModel, table=True):
    """One chained entry of the installation's own log. Forgetting sets ``salt`` and ``body`` to NULL and nothing else.

    ``name_salt`` and ``names`` as in a resolution log.
    """

    __tablename__ = "audit"

    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    kind: AuditKind = Field(sa_column=enum_column(AuditKind))
    actor: str
    at: datetime
    salt: bytes | None
    body: str | None = Field(sa_type=Text)
    digest: str
    entry_hash: str
    name_salt: bytes | None
    names: str | None = Field(sa_type=Text)


class LegalHoldRecord(SQLModel, table=True):
    """A burst that must be kept whatever its age, by whose word and why."""

    __tablename__ = "legal_hold"

    burst_id: int = Field(sa_column=of_burst())
    why: str
    by: str
    at: datetime
