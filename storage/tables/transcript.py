"""What was written where bursts lived, and how far the history of each has been read."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from bot.taskforce.transcript import Gap, Progress, SharedFile, Version
from storage.tables.base import document_column, of_burst


class MessageRecord(SQLModel, table=True):
    """One message as it stands, with what it said before. ``root`` is the message that its thread begins with."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_burst_id_root", "burst_id", "root", "ts"),
        Index("ix_message_author", "author"),
    )

    burst_id: int = Field(sa_column=of_burst())
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    root: str
    thread: str
    author: str
    named: str
    kind: str
    text: str = Field(sa_type=Text)
    files: tuple[SharedFile, ...] = Field(sa_column=document_column(tuple[SharedFile, ...]))
    edited_at: str
    earlier: tuple[Version, ...] = Field(sa_column=document_column(tuple[Version, ...]))
    deleted: bool
    deleted_at: str
    erased: bool


class TranscriptRecord(SQLModel, table=True):
    """Of one burst: the reading of its history, what could not be read, and up to where a reading was complete."""

    __tablename__ = "transcript"

    burst_id: int = Field(sa_column=of_burst())
    progress: Progress | None = Field(sa_column=document_column(Progress, nullable=True))
    gaps: tuple[Gap, ...] = Field(sa_column=document_column(tuple[Gap, ...]))
    read_upto: str
    completed_at: datetime | None
