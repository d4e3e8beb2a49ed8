"""Whom Slack knows, and who stands in for whom."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.taskforce.terms import (
    Standing,
)
from storage.tables.base import enum_column


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
    standing: Standing = Field(sa_column=enum_column(Standing))
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
