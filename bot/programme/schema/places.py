"""Where a programme happens: the organisation, its sites and its workstreams."""

import ipaddress
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from bot.programme.schema.words import (
    ChannelId,
    GroupId,
    Hours,
    PersonKey,
    QuietHours,
    SiteCode,
    Zone,
    parse_days,
    parse_hours,
    written_as,
)
from bot.taskforce.calendar import Day
from bot.taskforce.policy import Frozen

_PROXY = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?"
_OFFICE_HOURS: Mapping[str, str] = {"mon-fri": "08:00-17:00"}


def _checked_network(text: str) -> str:
    try:
        ipaddress.ip_network(text)
    except ValueError as fault:
        raise ValueError(f"found '{text}'; allowed is a network such as 10.0.0.0/8") from fault
    return text


def _checked_days(text: str) -> str:
    parse_days(text)
    return text


Network: TypeAlias = Annotated[str, AfterValidator(_checked_network)]
Days: TypeAlias = Annotated[str, AfterValidator(_checked_days)]


class Organisation(Frozen):
    """The hospital group: its name, and the domains and networks inside which traffic stays at home.

    ``quiet`` are the hours in which people are not told of what can wait; without them there are none.
    """

    name: Annotated[str, Field(min_length=1)]
    domains: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")], ...] = ()
    networks: tuple[Network, ...] = ()
    quiet: QuietHours | None = None


class Proxies(Frozen):
    """The way out of the hospital's network, where the environment names none (``HTTPS_PROXY``).

    Hosts of the domains in ``except`` are reached without it.
    """

    https: Annotated[str, AfterValidator(written_as(_PROXY, "an address such as http://proxy.example:3128"))]
    direct: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")], ...] = Field(default=(), alias="except")

    def way_to(self, host: str) -> str | None:
        """The proxy for a host, None when it is reached without one."""
        spared = any(host == domain or host.endswith(f".{domain}") for domain in self.direct)
        return None if spared else self.https


class Window(Frozen):
    """Days, both included, in the site's own time."""

    start: date = Field(alias="from")
    until: date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.until < self.start:
            raise ValueError("'until' lies before 'from'")
        return self


class Site(Frozen):
    """One hospital or centre.

    ``hours`` are its working hours by day or days (``mon-fri``); days that are not named are free.
    While a ``go_live`` window lasts, bursts are opened there under the terms of that stage.
    ``country`` and ``subdivision`` are codes of the ``holidays`` package; ``holidays`` adds own dates.
    ``keep_years`` says how long its bursts are kept where that differs from the archive's.
    """

    name: Annotated[str, Field(min_length=1)]
    zone: Zone
    hours: Annotated[Mapping[Days, Hours], Field(min_length=1)] = _OFFICE_HOURS
    country: str | None = None
    subdivision: str | None = None
    holidays: tuple[date, ...] = ()
    go_live: tuple[Window, ...] = ()
    keep_years: Annotated[int, Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        days = [day for named in self.hours for day in parse_days(named)]
        if len(set(days)) < len(days):
            raise ValueError("working hours name a day twice")
        return self

    @property
    def week(self) -> tuple[Day, Day, Day, Day, Day, Day, Day]:
        """The working intervals of each day, Monday first."""
        by_day: dict[int, Day] = {
            day: parse_hours(text) for named, text in self.hours.items() for day in parse_days(named)
        }
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
            by_day.get(day, ()) for day in range(7)
        )
        return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


class Workstream(Frozen):
    """One stream of work: who leads it, who stands in, and where it talks.

    ``channel`` is also where a burst lives in a thread when no channel can be made.
    """

    label: Annotated[str, Field(min_length=1)]
    lead: PersonKey | None = None
    deputies: tuple[PersonKey, ...] = ()
    members: tuple[PersonKey, ...] = ()
    user_group: GroupId | None = None
    channel: ChannelId | None = None


class StageMilestone(Frozen):
    """A date that a stage must reach at some sites (all of them when none is named)."""

    label: Annotated[str, Field(min_length=1)]
    on: date
    sites: tuple[SiteCode, ...] = ()
    criteria: tuple[str, ...] = ()


class Stage(Frozen):
    """A stage of the project, with its milestones."""

    label: Annotated[str, Field(min_length=1)]
    milestones: tuple[StageMilestone, ...] = ()
