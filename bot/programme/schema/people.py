"""Who takes part: people, contacts without Slack, vendors, rotations, the steering cell."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from bot.programme.schema.places import Window
from bot.programme.schema.words import (
    ChannelId,
    Email,
    PersonKey,
    QuietHours,
    SiteCode,
    TimeOfDay,
    UserId,
    Zone,
)
from bot.taskforce.durations import DurationText
from bot.taskforce.policy import Frozen, Id
from bot.taskforce.terms import Severity

Everywhere: TypeAlias = Literal["all"]
Sites: TypeAlias = Everywhere | tuple[SiteCode, ...]
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Person(Frozen):
    """Somebody with a Slack account, given by user id or by e-mail address.

    ``roles`` names the sites of each role, or ``all``. While one of ``absences`` lasts, ``stand_in``
    takes their place. ``quiet`` are hours of their own in which what can wait does; without them those
    of the organisation hold.
    """

    name: Annotated[str, Field(min_length=1)]
    slack: UserId | None = None
    email: Email | None = None
    side: Literal["clinical", "technical", "both"]
    roles: Mapping[Id, Sites] = Field(default_factory=dict)
    stand_in: PersonKey | None = None
    absences: tuple[Window, ...] = ()
    quiet: QuietHours | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if self.slack is None and self.email is None:
            raise ValueError("a person needs 'slack' (a user id) or 'email'")
        return self


class ContactEntry(Frozen):
    """How a role is reached that has nobody in Slack: shown on the card, never pinged."""

    role: Id
    sites: Sites = "all"
    text: Annotated[str, Field(min_length=1, max_length=200)]
    vendor: Id | None = None


class Vendor(Frozen):
    """A supplier: whom the ladder notifies about it, and the response times it promised by severity."""

    name: Annotated[str, Field(min_length=1)]
    escalation: PersonKey | None = None
    promised: Mapping[Severity, DurationText] = Field(default_factory=dict)


class RotationOverride(Frozen):
    """Somebody else is on call for a while; local times of the rotation's zone."""

    person: PersonKey
    start: datetime = Field(alias="from")
    until: datetime

    @model_validator(mode="after")
    def _local_and_forward(self) -> Self:
        if self.start.tzinfo is not None or self.until.tzinfo is not None:
            raise ValueError("times of an override are local: write no zone")
        if self.until <= self.start:
            raise ValueError("'until' must lie after 'from'")
        return self


class Turns(Frozen):
    """People who take turns, handing over daily or weekly at a local time.

    The first of ``people`` begins on the day ``start`` at the time ``at``; a weekly turn hands over
    on that day's weekday. ``zone`` defaults to the zone of the first site it serves.
    """

    people: Annotated[tuple[PersonKey, ...], Field(min_length=1)]
    every: Literal["day", "week"] = "week"
    start: date = Field(alias="from")
    until: date | None = None
    at: TimeOfDay = "08:00"
    zone: Zone | None = None
    overrides: tuple[RotationOverride, ...] = ()


class Rotation(Turns):
    """On-call turns for a role at some sites."""

    role: Id
    sites: Sites = "all"


class Steering(Frozen):
    """The steering cell: members, its private channel, who is on duty, how many decide.

    Without ``duty`` the first member is always on duty.
    """

    members: tuple[PersonKey, ...]
    channel: ChannelId
    duty: Turns | None = None
    quorum: Annotated[int, Field(ge=1)] = 1


class Archive(Frozen):
    """Where summaries go (a private channel), and for how many years bursts are kept.

    Six years is what 45 CFR 164.316(b)(2)(i) asks of required documentation.
    """

    channel: ChannelId
    keep_years: Annotated[int, Field(ge=1, le=100)] = 6
    grace: DurationText = "24h"
