"""Summaries of ended bursts."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from bot.taskforce.account import Account
from bot.taskforce.terms import (
    Outcome,
    Severity,
)
from storage.tables.base import BigNumber, document_column, enum_column


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
    sites: tuple[str, ...] = Field(sa_column=document_column(tuple[str, ...]))
    cause: str
    severity: Severity = Field(sa_column=enum_column(Severity))
    outcome: Outcome = Field(sa_column=enum_column(Outcome))
    private: bool
    drill: bool
    members: tuple[str, ...] = Field(sa_column=document_column(tuple[str, ...]))
    opened_at: datetime
    closed_at: datetime
    log_head: str
    text: str = Field(sa_type=Text)
    account: Account | None = Field(default=None, sa_column=document_column(Account, nullable=True))
