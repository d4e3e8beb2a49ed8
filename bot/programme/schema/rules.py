"""What a programme rules: severities, calendars, policies and their overrides, decision rights, privacy."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.programme.schema.people import Sites
from bot.programme.schema.words import Hours
from bot.taskforce.durations import DurationText
from bot.taskforce.policy import Frozen, Id, Milestone, PolicyTerms, Step
from bot.taskforce.terms import Severity

STEERING = "steering"
Holder: TypeAlias = Annotated[
    str, Field(pattern=r"^(steering|role:[a-z][a-z0-9_]*|workstream:[a-z][a-z0-9_]*)$")
]
Level: TypeAlias = Annotated[str, Field(min_length=1, max_length=75)]
Row: TypeAlias = tuple[Severity, Severity, Severity]


class Levels(Frozen):
    """What 1, 2 and 3 mean, for people who choose."""

    first: Level = Field(alias="1")
    second: Level = Field(alias="2")
    third: Level = Field(alias="3")

    @property
    def all(self) -> tuple[str, str, str]:
        """The three texts, 1 first."""
        return (self.first, self.second, self.third)


class CalendarRule(Frozen):
    """A calendar before it meets a site: ``site`` for its working hours, or hours of every day."""

    hours: Literal["site"] | Hours
    holidays: Literal["run", "stop"]


class OverrideTerms(Frozen):
    """The terms of a policy that an override changes; what is not named stays."""

    calendar: str | None = None
    accept: DurationText | None = None
    first_update: DurationText | None = None
    update_every: DurationText | None = None
    update_every_after_workaround: DurationText | None = None
    workaround: DurationText | None = None
    resolve: DurationText | None = None
    warn_at: tuple[Annotated[float, Field(gt=0, lt=1)], ...] | None = None
    attainment: Annotated[float, Field(gt=0, le=1)] | None = None
    ladder: tuple[Step, ...] | None = None


class Override(Frozen):
    """Other terms for some severities, families, stages or sites; an empty list means every one."""

    severities: tuple[Severity, ...] = ()
    families: tuple[Id, ...] = ()
    stages: tuple[Id, ...] = ()
    sites: Sites = "all"
    terms: OverrideTerms


class Policies(Frozen):
    """The terms of each severity."""

    sev1: PolicyTerms
    sev2: PolicyTerms
    sev3: PolicyTerms
    sev4: PolicyTerms

    def of(self, severity: Severity) -> PolicyTerms:
        """The terms of one severity."""
        return {
            Severity.SEV1: self.sev1,
            Severity.SEV2: self.sev2,
            Severity.SEV3: self.sev3,
            Severity.SEV4: self.sev4,
        }[severity]


class SeverityRules(Frozen):
    """How severity follows from impact and urgency, and what each severity promises."""

    impact: Levels
    urgency: Levels
    matrix: tuple[Row, Row, Row]
    calendars: Mapping[str, CalendarRule]
    milestone: Milestone | None = None
    policies: Policies
    overrides: tuple[Override, ...] = ()


class IdentifyingAttribute(Frozen):
    """A DICOM attribute whose values identify somebody or something (PS3.15 Table E.1-1)."""

    tag: Annotated[str, Field(pattern=r"^\([0-9A-F]{4},[0-9A-F]{4}\)$")]
    keyword: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    identifies: Literal["patient", "staff", "device"]


class IdentifyingRules(Frozen):
    """Attributes and HL7 fields of which no concrete value is taken."""

    attributes: tuple[IdentifyingAttribute, ...]
    hl7_fields: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{2}-[1-9][0-9]?$")], ...]


class DecisionRight(Frozen):
    """A decision and who holds the right to it: the steering cell, a role, or a workstream's lead.

    ``holder_by_stage`` names other holders for some stages. With ``stages`` the right is held in those
    alone; in all others the steering cell decides. ``quorum`` is how many of the holders must agree;
    without it one does, and of the steering cell as many as it says itself.
    """

    label: Annotated[str, Field(min_length=1)]
    holder: Holder
    holder_by_stage: Mapping[Id, Holder] = Field(default_factory=dict)
    stages: tuple[Id, ...] = ()
    quorum: Annotated[int, Field(ge=1)] | None = None

    def held_by(self, stage: str | None) -> str:
        """The holder in a stage; outside every burst (None) the usual one."""
        if stage is None:
            return self.holder
        if self.stages and stage not in self.stages:
            return STEERING
        return self.holder_by_stage.get(stage, self.holder)


class Files(Frozen):
    """Which files are kept as evidence. A text is looked through for patient data, so it may not be long."""

    largest_megabytes: Annotated[int, Field(ge=1, le=1000)] = 50
    largest_text_megabytes: Annotated[int, Field(ge=1, le=20)] = 5
    types: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+*-]+$")], ...], Field(min_length=1)
    ] = (
        "image/*",
        "text/*",
        "application/pdf",
        "application/json",
        "application/xml",
    )


class Privacy(Frozen):
    """Where the programme lives, for the privacy guard's rules. No patient data is allowed anywhere.

    In ``standard`` mode what surely identifies a patient is refused and what may is asked about; in
    ``strict`` mode both are refused. ``deleted_messages`` says what a transcript keeps of a message that its
    author deleted: that it was there (``drop``), or its words too (``keep``).
    """

    mode: Literal["standard", "strict"] = "standard"
    locales: Annotated[tuple[Literal["US", "UK", "EU"], ...], Field(min_length=1)] = ("US", "UK", "EU")
    vendor_domains: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")], ...] = ()
    deleted_messages: Literal["drop", "keep"] = "drop"
