"""The installation itself: its numbers, processes and small facts."""

from datetime import datetime

from sqlmodel import Field, SQLModel


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
