"""What Slack is to hear, has heard and has said: intents, posts, request keys, drafts, home tabs."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from bot.taskforce.terms import Severity
from storage.tables.base import BigNumber, document_column, enum_column
from storage.terms import IntentState


class IntentRecord(SQLModel, table=True):
    """An intent for Slack, written in the transaction of the state that it follows from.

    ``not_before_wall`` is real time. Active rows (pending or leased) have an index of their own, so
    that a year of delivered ones costs a claim nothing. Ids are never used again: posts carry them.

    What asks for somebody's attention has an ``audience``. It is held, at least until ``held_until``,
    and was let go at ``released_at`` (policy time both), as a message of its own or in that of its
    ``carrier``, another row.
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
        Index(
            "ix_outbox_held",
            "audience",
            "id",
            "held_until",
            "state",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        Index(
            "ix_outbox_released",
            "audience",
            "released_at",
            sqlite_where=text("released_at IS NOT NULL"),
            postgresql_where=text("released_at IS NOT NULL"),
        ),
        Index(
            "ix_outbox_carrier",
            "carrier",
            sqlite_where=text("carrier IS NOT NULL"),
            postgresql_where=text("carrier IS NOT NULL"),
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
    state: IntentState = Field(sa_column=enum_column(IntentState))
    attempt: int
    not_before_wall: float
    holder: str | None
    fence: int
    parked_reason: str
    created_at: datetime
    audience: str | None
    weight: int
    at_once: bool
    held_until: datetime | None
    released_at: datetime | None
    carrier: int | None = Field(sa_column=Column(BigInteger, nullable=True))


class PostRecord(SQLModel, table=True):
    """A message that was posted: where it is, what it shows, and which intent it answers.

    ``drawn`` is a digest of what a message about several bursts shows, as kept by the first of its posts.
    """

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
    drawn: str | None


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


class HomeRecord(SQLModel, table=True):
    """What somebody chose to see on their home tab, and a digest of what it shows since it was published last."""

    __tablename__ = "home"

    user: str = Field(primary_key=True)
    mine: bool
    site: str | None
    severity: Severity | None = Field(sa_column=enum_column(Severity, nullable=True))
    pages: Mapping[str, int] = Field(sa_column=document_column(dict[str, int]))
    drawn: str | None
    opened_at: datetime
