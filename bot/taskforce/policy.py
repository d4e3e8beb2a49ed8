"""What a burst is promised: response times, ladder and calendars of one severity.

A policy is frozen with its burst when it is opened, calendars included, so that editing the
programme later moves no promise.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bot.taskforce.calendar import Calendar, Day, Holidays, shared
from bot.taskforce.durations import Duration, DurationText
from bot.taskforce.terms import ClockKind, Notify, Severity

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_AT = re.compile(r"fraction (?P<share>[0-9]+(?:\.[0-9]+)?)|due(?:\+(?P<late>.+))?|unanswered (?P<silent>.+)")
AT_ALLOWED = "'fraction 0.8', 'due', 'due+20m' or 'unanswered 10m'"
# What a ladder's word for the people of a role begins with; the role's id follows.
ROLE = "role:"
MOST_REPEATS = 20
SHORTEST_REPEAT = timedelta(minutes=5)
Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Frozen(BaseModel):
    """Base of the models that a programme is made of: strict, unchangeable, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def check_day(day: Day) -> Day:
    """The day as it is; raises ``ValueError`` for what is no HH:MM, runs backwards or overlaps."""
    previous = ""
    for start, end in day:
        if not (_TIME.fullmatch(start) and _TIME.fullmatch(end)):
            raise ValueError("working hours are HH:MM-HH:MM, from 00:00 to 24:00")
        if end <= start:
            raise ValueError("working hours must end after they start")
        if start < previous:
            raise ValueError("working hours of a day must not overlap and must be in order")
        previous = end
    return day


CheckedDay: TypeAlias = Annotated[Day, AfterValidator(check_day)]
Week: TypeAlias = tuple[CheckedDay, CheckedDay, CheckedDay, CheckedDay, CheckedDay, CheckedDay, CheckedDay]

ALL_DAY: Day = (("00:00", "24:00"),)


class CalendarSpec(Frozen):
    """When a clock runs, in local time of ``zone`` (an IANA name).

    ``week`` has seven days, Monday first; a day is its working intervals, empty when it is free.
    ``holidays`` are dates on which the calendar stands still, or ``run`` when it knows none.
    """

    zone: str
    week: Week
    holidays: Holidays = "run"

    @model_validator(mode="after")
    def _runs_at_all(self) -> Self:
        if not any(self.week):
            raise ValueError("a calendar needs working hours on at least one day")
        return self

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar that runs like this."""
        return shared(self.zone, self.week, self.holidays)


class TriggerKind(StrEnum):
    """What a ladder step waits for."""

    FRACTION = "fraction"
    DUE = "due"
    UNANSWERED = "unanswered"


class Trigger(Frozen):
    """When a ladder step fires: on ``clock``, ``at`` a share of it, its due time or later, or after silence."""

    clock: Literal[ClockKind.ACCEPT, ClockKind.UPDATE, ClockKind.RESOLVE, ClockKind.DECISION]
    at: str

    @field_validator("clock", mode="before")
    @classmethod
    def _clock(cls, value: object) -> object:
        # A strict literal of enum members takes no plain string, which is what files hold.
        return ClockKind(value) if isinstance(value, str) and value in set(ClockKind) else value

    @field_validator("at")
    @classmethod
    def _readable(cls, at: str) -> str:
        found = _AT.fullmatch(at)
        if found is None:
            raise ValueError(f"a step fires at {AT_ALLOWED}")
        for written in (found["late"], found["silent"]):
            if written is not None:
                Duration.parse(written)
        if found["share"] is not None and float(found["share"]) <= 0:
            raise ValueError("the share of a clock must be above 0")
        return at

    @cached_property
    def kind(self) -> TriggerKind:
        """Which of the three kinds ``at`` is."""
        return next(kind for kind in TriggerKind if self.at.startswith(kind))

    @cached_property
    def fraction(self) -> float | None:
        """The share of the clock's working time (above 1 lies after the due time), for kind ``fraction``."""
        return float(self.at.removeprefix("fraction ")) if self.kind is TriggerKind.FRACTION else None

    @cached_property
    def wait_for(self) -> Duration | None:
        """How long after the due time (None: at once), or for how long unanswered."""
        if self.kind is TriggerKind.UNANSWERED:
            return Duration.parse(self.at.removeprefix("unanswered "))
        late = self.at.partition("+")[2]
        return Duration.parse(late) if late else None


def _recipient(word: str) -> str:
    if not word.startswith(ROLE) and word not in set(Notify):
        allowed = ", ".join(f"'{one}'" for one in (*Notify, f"{ROLE}<id>"))
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": allowed})
    return word


Recipient: TypeAlias = Annotated[str, Field(max_length=70), AfterValidator(_recipient)]
"""Whom a step notifies: a word of ``Notify``, or ``role:<id>`` for whoever fills that role at the burst's sites."""


class Needed(StrEnum):
    """Whose answer ends the silence of those whom a step reached."""

    ANY = "any"
    ALL = "all"


class Repeat(Frozen):
    """How a step is said again while it stays unanswered: ``every`` so long after it was due, so many ``times``."""

    every: DurationText
    times: Annotated[int, Field(ge=1, le=MOST_REPEATS)]

    @field_validator("every")
    @classmethod
    def _bearable(cls, every: str) -> str:
        length = Duration.parse(every).elapsed_for
        if length is not None and length < SHORTEST_REPEAT:
            raise ValueError("a step is repeated every 5m at most often")
        return every


class Step(Frozen):
    """One step of the ladder: when, whom it notifies, how long they have to answer, what it says.

    ``say`` may use ``{key}``, ``{owner}``, ``{due}``, ``{late}`` and ``{left}``. ``answer`` says whether
    one of those who were reached is enough. ``bring`` names roles whose people are added to the burst for
    what they know: nobody waits for their answer. A step notifies or brings, or both.
    """

    id: Id
    trigger: Trigger
    notify: tuple[Recipient, ...] = ()
    answer: Needed = Needed.ANY
    answer_within: DurationText | None = None
    repeat: Repeat | None = None
    bring: tuple[Id, ...] = ()
    say: Annotated[str, Field(min_length=1, max_length=200)]

    @field_validator("say")
    @classmethod
    def _known_words(cls, say: str) -> str:
        unknown = set(re.findall(r"\{([^}]*)\}", say)) - {"key", "owner", "due", "late", "left"}
        if unknown:
            raise ValueError("the words in braces may be {key}, {owner}, {due}, {late} and {left}")
        return say

    @model_validator(mode="after")
    def _asks_or_brings(self) -> Self:
        if not self.notify and not self.bring:
            raise ValueError("a step says whom it notifies, or whose expertise it brings")
        if self.notify and self.answer_within is None:
            raise ValueError("'answer_within' is missing: how long its people have to answer")
        if not self.notify and (self.repeat is not None or self.answer is Needed.ALL):
            raise ValueError("a step that notifies nobody is neither answered nor repeated")
        return self

    @cached_property
    def answer_for(self) -> Duration | None:
        """How long those whom it notifies have to answer; None when it notifies nobody."""
        return Duration.parse(self.answer_within) if self.answer_within is not None else None

    @property
    def roles(self) -> tuple[str, ...]:
        """The ids of the roles that it names, in ``notify`` and in ``bring``."""
        notified = (word.removeprefix(ROLE) for word in self.notify if word.startswith(ROLE))
        return (*notified, *self.bring)


class Milestone(Frozen):
    """In these stages a needed-by date is warned about so long before it, in business days."""

    stages: tuple[str, ...]
    warn_before: Annotated[tuple[DurationText, ...], Field(min_length=1)]


class PolicyTerms(Frozen):
    """The terms of one severity as a programme writes them, before they are frozen for a burst.

    Durations run on ``calendar`` (or ``calendar_by_stage``). ``attainment`` is the share of promises
    that the programme aims to keep; ``warn_at`` are shares of a clock at which the owner is warned.
    """

    label: Annotated[str, Field(min_length=1)]
    calendar: str
    calendar_by_stage: Mapping[str, str] = Field(default_factory=dict)
    accept: DurationText
    first_update: DurationText
    update_every: DurationText
    update_every_after_workaround: DurationText | None = None
    workaround: DurationText | None = None
    resolve: DurationText
    warn_at: Annotated[tuple[Annotated[float, Field(gt=0, lt=1)], ...], Field(min_length=1)]
    attainment: Annotated[float, Field(gt=0, le=1)]
    ladder: tuple[Step, ...]


class Policy(PolicyTerms):
    """The promises of one burst, complete: ``calendar`` is the one that holds in the burst's stage.

    ``calendars`` holds every calendar by its name, frozen with the holidays known at opening;
    ``business`` is always among them, since business days are counted on it. ``grace`` is how long
    the channel stays after closing: hours by the clock on the wall, business days the site's.
    ``elsewhere`` has, for a burst at several sites, the names of the same calendar at its further
    sites: a clock runs on whichever of them is due first.
    """

    severity: Severity
    calendars: Mapping[str, CalendarSpec]
    elsewhere: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    milestone: Milestone | None = None
    grace: DurationText = "24h"

    @model_validator(mode="after")
    def _calendars_known(self) -> Self:
        if not {self.calendar, "business"} <= set(self.calendars):
            raise ValueError("the policy's calendar and 'business' must be among its calendars")
        if not {name for names in self.elsewhere.values() for name in names} <= set(self.calendars):
            raise ValueError("the calendars of further sites must be among the policy's calendars")
        return self

    @property
    def calendar_spec(self) -> CalendarSpec:
        """The calendar on which this policy's clocks run."""
        return self.calendars[self.calendar]

    def everywhere(self, calendar: str) -> tuple[str, ...]:
        """The names of a calendar at the burst's first site and at its others."""
        return (calendar, *self.elsewhere.get(calendar, ()))

    @cached_property
    def snapshot(self) -> str:
        """The whole policy as JSON, as it is frozen with a burst."""
        return self.model_dump_json()

    @cached_property
    def digest(self) -> str:
        """What names this policy in the log and in the database: the SHA-256 of its snapshot, in hex."""
        return hashlib.sha256(self.snapshot.encode()).hexdigest()

    @cached_property
    def steps(self) -> Mapping[ClockKind, tuple[Step, ...]]:
        """The ladder by the kind of clock that climbs it, each in order; kinds without steps are left out."""
        kinds = {step.trigger.clock for step in self.ladder}
        return {kind: tuple(step for step in self.ladder if step.trigger.clock is kind) for kind in kinds}

    @cached_property
    def steps_by_id(self) -> Mapping[str, Step]:
        """Every step of the ladder by its id."""
        return {step.id: step for step in self.ladder}

    @cached_property
    def asked_before(self) -> Mapping[str, str]:
        """For a step's id, that of the last one before it on its clock that asks somebody; without one, none."""
        before: dict[str, str] = {}
        for steps in self.steps.values():
            asking = None
            for step in steps:
                if asking is not None:
                    before[step.id] = asking
                asking = step.id if step.notify else asking
        return before

    @cached_property
    def named_roles(self) -> tuple[str, ...]:
        """The ids of the roles that its ladder names, each once."""
        return tuple(dict.fromkeys(role for step in self.ladder for role in step.roles))

    def promise(self, kind: ClockKind, *, first: bool = False, workaround: str = "none") -> str | None:
        """The duration promised for a clock of ``kind``; None when this policy promises none.

        ``first`` asks for the first update instead of the following ones; ``workaround`` is
        ``none``, ``partial`` or ``full``: any workaround that stands may stretch the update cadence.
        """
        if kind is ClockKind.UPDATE:
            return self._update_promise(workaround, first=first)
        return {
            ClockKind.ACCEPT: self.accept,
            ClockKind.WORKAROUND: self.workaround,
            ClockKind.RESOLVE: self.resolve,
        }.get(kind)

    def _update_promise(self, workaround: str, *, first: bool) -> str:
        if first:
            return self.first_update
        if workaround != "none" and self.update_every_after_workaround is not None:
            return self.update_every_after_workaround
        return self.update_every
