"""Kinds of blocker as data: a family's form, owner rules, conditional roles, checklist and evidence."""

import re
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from bot.taskforce.policy import Frozen, Id
from bot.taskforce.predicates import Predicate
from bot.taskforce.terms import Severity, Side


class FieldType(StrEnum):
    """What a form field takes; each type's rule is a module of ``bot.taskforce.intake``."""

    TEXT = "text"
    MULTILINE = "multiline"
    SELECT = "select"
    MULTISELECT = "multiselect"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    AE_TITLE = "ae_title"
    ENDPOINT = "endpoint"
    HOSTS = "hosts"
    PORTS = "ports"
    DICOM_ATTRIBUTES = "dicom_attributes"
    HL7_FIELD = "hl7_field"
    TICKET = "ticket"
    UID = "uid"


CHOSEN = frozenset({FieldType.SELECT, FieldType.MULTISELECT})
PATTERNED = frozenset({FieldType.TEXT, FieldType.TICKET})
FREE_TEXT = frozenset({FieldType.TEXT, FieldType.MULTILINE})
BOUNDED = frozenset(
    {
        FieldType.TEXT,
        FieldType.MULTILINE,
        FieldType.MULTISELECT,
        FieldType.NUMBER,
        FieldType.HOSTS,
        FieldType.PORTS,
        FieldType.DICOM_ATTRIBUTES,
        FieldType.HL7_FIELD,
    }
)


class EvidenceType(StrEnum):
    """How a piece of evidence may be given."""

    TEXT = "text"
    LINK = "link"
    FILE = "file"
    ANY = "any"


class Option(Frozen):
    """One choice of a select or multiselect."""

    id: Id
    label: Annotated[str, Field(min_length=1, max_length=75)]


class FormField(Frozen):
    """One question of a family's form.

    ``min`` and ``max`` bound characters, the number itself, or the count of entries or options, as
    the type says. ``pattern`` must match the whole text. ``identifying_values="refuse"`` means that
    no concrete value of a person, order or study is taken.
    """

    id: Id
    label: Annotated[str, Field(min_length=1, max_length=60)]
    type: FieldType
    required: bool
    min: int | None = None
    max: int | None = None
    pattern: str | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=100)] | None = None
    hint: Annotated[str, Field(min_length=1, max_length=150)] | None = None
    identifying_values: Literal["refuse"] | None = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as fault:
                raise ValueError(f"not a regular expression: {fault}") from fault
        return pattern

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        for given, allowed, what in (
            (self.options, CHOSEN, "options"),
            (self.pattern, PATTERNED, "a pattern"),
            (self.identifying_values, FREE_TEXT, "identifying_values"),
            (self.min if self.min is not None else self.max, BOUNDED, "min and max"),
        ):
            if given is not None and self.type not in allowed:
                raise ValueError(f"a field of type {self.type} takes no {what.removeprefix('a ')}")
        if self.type in CHOSEN and not self.options:
            raise ValueError(f"a field of type {self.type} needs options")
        if self.type in BOUNDED and (self.min is None or self.max is None):
            raise ValueError(f"a field of type {self.type} needs min and max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min must not be above max")
        if self.options and len({option.id for option in self.options}) < len(self.options):
            raise ValueError("an option is there twice")
        return self

    def option_label(self, option: str) -> str:
        """The words shown for an option id; the id itself when the field no longer has it."""
        return next((o.label for o in self.options or () if o.id == option), option)


class OwnerRule(Frozen):
    """The role that owns when ``when`` holds; null always holds."""

    when: Predicate | None
    role: Id


class Conditional(Frozen):
    """Roles and a task that apply when the answers say so; may keep the burst open and raise its severity."""

    id: Id
    when: Predicate
    roles: tuple[Id, ...]
    task: Annotated[str, Field(min_length=1)] | None = None
    blocks_closure: bool = False
    severity_at_least: Severity | None = None

    @model_validator(mode="after")
    def _has_something_to_do(self) -> Self:
        if self.task is None and (self.blocks_closure or not self.roles):
            raise ValueError("without roles, or when it blocks closure, a conditional needs a task")
        return self


class ChecklistLine(Frozen):
    """One line of a family's starter checklist."""

    id: Id
    text: Annotated[str, Field(min_length=1)]


class EvidenceKind(Frozen):
    """A kind of proof that closing may rest on."""

    id: Id
    label: Annotated[str, Field(min_length=1, max_length=120)]
    type: EvidenceType


class Family(Frozen):
    """A kind of blocker. Closing needs at least two different kinds of its ``evidence``."""

    id: Id
    label: Annotated[str, Field(min_length=1, max_length=75)]
    workstream: Id
    private: bool
    owner_rules: Annotated[tuple[OwnerRule, ...], Field(min_length=1)]
    clinical_lead: Annotated[tuple[Id, ...], Field(min_length=1)]
    technical_lead: Annotated[tuple[Id, ...], Field(min_length=1)]
    roles: Annotated[tuple[Id, ...], Field(min_length=1)]
    conditional: tuple[Conditional, ...] = ()
    form: Annotated[tuple[FormField, ...], Field(min_length=5, max_length=8)]
    checklist: Annotated[tuple[ChecklistLine, ...], Field(min_length=1)]
    evidence: Annotated[tuple[EvidenceKind, ...], Field(min_length=2)]
    delay_causes: Annotated[tuple[Id, ...], Field(min_length=1)]
    lead_time_hint: Annotated[str, Field(min_length=1)] | None = None
    note: str = ""

    def field(self, field_id: str) -> FormField | None:
        """The form's field of that id, None when there is none."""
        return next((field for field in self.form if field.id == field_id), None)


class Role(Frozen):
    """A job that somebody has in the programme. ``often_without_slack``: a contact will do."""

    id: Id
    label: Annotated[str, Field(min_length=1)]
    side: Side
    often_without_slack: bool = False
    aliases: tuple[str, ...] = ()


class DelayCause(Frozen):
    """A reason why time was lost; the group says who could have prevented it."""

    id: Id
    label: Annotated[str, Field(min_length=1)]
    group: Literal["controllable", "governance", "external", "technical", "none"]
