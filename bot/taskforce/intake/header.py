"""The questions that every family shares: title, sites, stage, impact, urgency, what people cannot do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import Refused
from bot.taskforce.burst import Answer
from bot.taskforce.family import FieldType, FormField, Option
from bot.taskforce.intake.answers import IntakeContext, parse_answer
from bot.taskforce.terms import Severity

TITLE = FormField(id="title", label="Title", type=FieldType.TEXT, required=True, min=5, max=80)
IMPACT = FormField(id="impact", label="Impact", type=FieldType.NUMBER, required=True, min=1, max=3)
URGENCY = FormField(id="urgency", label="Urgency", type=FieldType.NUMBER, required=True, min=1, max=3)
WORKFLOW_IMPACT = FormField(
    id="workflow_impact",
    label="What can people not do?",
    type=FieldType.MULTILINE,
    required=True,
    min=20,
    max=1000,
    hint="Who cannot do what, how many studies or users, since when",
)
NEEDED_BY = FormField(id="needed_by", label="Needed by", type=FieldType.DATE, required=False)
WORKAROUND = FormField(
    id="workaround",
    label="Workaround",
    type=FieldType.SELECT,
    required=True,
    options=(
        Option(id="none", label="None"),
        Option(id="partial", label="Partial"),
        Option(id="full", label="Full"),
    ),
)
_FIELDS = (TITLE, IMPACT, URGENCY, WORKFLOW_IMPACT, NEEDED_BY, WORKAROUND)


@dataclass(frozen=True, slots=True)
class Header:
    """A blocker's header, checked. ``needed_by`` is a day in the site's own time."""

    title: str
    sites: tuple[str, ...]
    stage: str
    impact: int
    urgency: int
    workflow_impact: str
    workaround: str = "none"
    needed_by: date | None = None

    def answers(self, severity: Severity) -> Mapping[str, Answer]:
        """The part of the header that predicates may read."""
        return {
            "sites": self.sites,
            "stage": self.stage,
            "impact": self.impact,
            "urgency": self.urgency,
            "severity": str(severity),
            "workaround": self.workaround,
        }


@dataclass(frozen=True, slots=True)
class HeaderResult:
    """A header, or what is wrong with it by field id."""

    header: Header | None
    problems: Mapping[str, str]


def parse_header(raw: Mapping[str, object], *, sites: Sequence[str], stages: Sequence[str]) -> HeaderResult:
    """Check the header; ``sites`` and ``stages`` are the programme's. A workaround not given is none."""
    values: dict[str, Answer] = {"workaround": "none"}
    problems: dict[str, str] = {}
    for field in _FIELDS:
        value = raw.get(field.id)
        if value is None or value == "":
            if field.required and field.id not in values:
                problems[field.id] = "Fill this in."
            continue
        try:
            values[field.id] = parse_answer(field, value, IntakeContext())
        except Refused as refusal:
            problems[field.id] = refusal.message
    chosen = _sites(raw.get("sites"), sites, problems)
    stage = raw.get("stage")
    if stage not in stages:
        problems["stage"] = f"Choose one of: {', '.join(stages)}."
    if problems:
        return HeaderResult(None, problems)
    return HeaderResult(_header(values, chosen, str(stage)), problems)


def _sites(raw: object, known: Sequence[str], problems: dict[str, str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(str(one) for one in raw)) if isinstance(raw, list | tuple) else ()
    if not chosen or not set(chosen) <= set(known):
        problems["sites"] = f"Choose from: {', '.join(known)}."
    return chosen


def _header(values: Mapping[str, Answer], sites: tuple[str, ...], stage: str) -> Header:
    needed_by = values.get("needed_by")
    return Header(
        title=str(values["title"]),
        sites=sites,
        stage=stage,
        impact=int(str(values["impact"])),
        urgency=int(str(values["urgency"])),
        workflow_impact=str(values["workflow_impact"]),
        workaround=str(values["workaround"]),
        needed_by=date.fromisoformat(needed_by) if isinstance(needed_by, str) else None,
    )
