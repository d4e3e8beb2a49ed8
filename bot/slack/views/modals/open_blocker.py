"""The modal "Raise a blocker": page 1, and the family's own page 2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.models.blocks import InputInteractiveElement

from bot.operations.candidates import InLine
from bot.reports.words import WORKAROUND
from bot.slack.ids import Block, Metadata, View, field_block
from bot.slack.views.modals.loads import loads
from bot.slack.views.modals.parts import (
    Choice,
    asking,
    boxes,
    date_input,
    modal,
    one_of,
    option,
    person_input,
    radio,
    some_of,
    text_input,
)
from bot.slack.views.parts import BlockDict, ViewDict, context, inline, section
from bot.taskforce.burst import Burst
from bot.taskforce.family import Family, FieldType, FormField
from bot.taskforce.terms import Severity

TITLE_SHORTEST, TITLE_LONGEST = 5, 80
IMPACT_SHORTEST, IMPACT_LONGEST = 20, 1000
_LISTS = frozenset({FieldType.MULTILINE, FieldType.HOSTS, FieldType.PORTS, FieldType.DICOM_ATTRIBUTES})
_DRILL: Choice = ("drill", "This is a drill")
_OFFERED = (
    "*{key} is resolved*, and you said that it is the same at other sites. Raise it there now, or close this page: "
    "{key} stays resolved."
)
_YES_NO: tuple[Choice, ...] = (("true", "Yes"), ("false", "No"))


@dataclass(frozen=True, slots=True)
class OpenChoices:
    """What page 1 offers, as (id, label); impact and urgency are keyed by their number."""

    families: Sequence[Choice]
    sites: Sequence[Choice]
    stages: Sequence[Choice]
    impacts: Sequence[Choice]
    urgencies: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Header:
    """What page 1 starts with: from a command's title, a message, or an earlier try."""

    family: str | None = None
    title: str = ""
    sites: tuple[str, ...] = ()
    stage: str | None = None
    impact: str | None = None
    urgency: str | None = None
    workflow_impact: str = ""
    needed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What page 2 starts with. ``owner_reason`` says why this owner is suggested, ``line`` who else could own.

    ``same_as`` is the key of the burst at another site from which the answers are, empty when from none.
    """

    severity: Severity
    severity_label: str
    impact: int
    urgency: int
    owner: str | None = None
    owner_reason: str = ""
    workaround: str | None = None
    answers: Mapping[str, object] = field(default_factory=dict)
    line: Sequence[InLine] = ()
    same_as: str = ""


def open_blocker(
    draft_id: str,
    choices: OpenChoices,
    header: Header | None = None,
    *,
    note: str | None = None,
    same_as: Burst | None = None,
) -> ViewDict:
    """Page 1: what every family asks. ``note`` is handed back with it.

    ``same_as`` is the burst whose blocker is to be raised at another site, just resolved.
    """
    given = header or Header()
    blocks = [
        *([section(_OFFERED.format(key=same_as.key))] if same_as else []),
        asking(Block.FAMILY, "What kind of blocker?", one_of(Block.FAMILY, choices.families, given.family)),
        asking(
            Block.TITLE,
            "Title",
            text_input(Block.TITLE, shortest=TITLE_SHORTEST, longest=TITLE_LONGEST, initial=given.title),
            hint="What is blocked, in a few words. Never a patient's name, number or study.",
        ),
        asking(Block.SITES, "Site", some_of(Block.SITES, choices.sites, given.sites)),
        asking(Block.STAGE, "Project stage", one_of(Block.STAGE, choices.stages, given.stage)),
        asking(Block.IMPACT, "Impact", one_of(Block.IMPACT, choices.impacts, given.impact)),
        asking(Block.URGENCY, "Urgency", one_of(Block.URGENCY, choices.urgencies, given.urgency)),
        asking(
            Block.WORKFLOW_IMPACT,
            "What can people not do?",
            text_input(
                Block.WORKFLOW_IMPACT,
                multiline=True,
                shortest=IMPACT_SHORTEST,
                longest=IMPACT_LONGEST,
                initial=given.workflow_impact,
            ),
            hint="Who, how many, since when.",
        ),
        asking(Block.NEEDED_BY, "Needed by", date_input(Block.NEEDED_BY, given.needed_on), required=False),
        asking(Block.DRILL, "Practice", boxes(Block.DRILL, [option(_DRILL)]), required=False),
    ]
    about = Metadata(draft_id=draft_id, burst_id=same_as.id if same_as else None, detail=note)
    return modal(View.OPEN, "Raise a blocker", blocks, about=about, submit="Next")


def open_details(draft_id: str, family: Family, details: Details) -> ViewDict:
    """Page 2: the derived severity, the family's own questions, workaround and owner."""
    blocks = [
        section(_severity_line(details)),
        *(_question(question, details.answers.get(question.id)) for question in family.form),
        asking(
            Block.WORKAROUND,
            "Workaround",
            one_of(Block.WORKAROUND, tuple(WORKAROUND.items()), details.workaround),
            hint="Is there a way to go on meanwhile?",
        ),
        asking(
            Block.OWNER,
            "Accountable owner",
            person_input(Block.OWNER, details.owner),
            hint=details.owner_reason or None,
            required=False,
        ),
        *loads(details.line),
    ]
    if details.same_as:
        blocks.insert(1, context(f"Filled in from {details.same_as}; correct what is different here."))
    if family.lead_time_hint:
        blocks.insert(1, context(inline(family.lead_time_hint, 500)))
    about = Metadata(draft_id=draft_id)
    return modal(View.OPEN_DETAILS, "Details", blocks, about=about, submit="Open burst")


def _severity_line(details: Details) -> str:
    named = f"*{details.severity} {inline(details.severity_label, 40)}*"
    return f"{named}, from impact {details.impact} and urgency {details.urgency}."


def _question(question: FormField, answer: object) -> BlockDict:
    block = field_block(question.id)
    return asking(
        block,
        question.label,
        _element(question, block, answer),
        hint=question.hint,
        required=question.required,
    )


def _element(question: FormField, block: str, answer: object) -> InputInteractiveElement:
    options = [(option.id, option.label) for option in question.options or ()]
    match question.type:
        case FieldType.SELECT:
            return one_of(block, options, answer if isinstance(answer, str) else None)
        case FieldType.MULTISELECT:
            chosen = [str(option) for option in answer] if isinstance(answer, list | tuple) else []
            return some_of(block, options, chosen, most=question.max)
        case FieldType.BOOLEAN:
            return radio(block, _YES_NO, str(answer).lower() if isinstance(answer, bool) else None)
        case FieldType.DATE:
            return date_input(block, _day(answer))
        case _:
            # Numbers are typed as text, so that thousands separators may be used.
            typed = "" if answer is None else _lines(answer)
            return text_input(block, multiline=question.type in _LISTS, initial=typed)


def _lines(answer: object) -> str:
    return "\n".join(map(str, answer)) if isinstance(answer, list | tuple) else str(answer)


def _day(answer: object) -> date | None:
    """A date as it was answered before; a draft may hold anything."""
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None
