"""A whole form: every answer, every problem at its field, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.errors import Refused
from bot.taskforce.burst import Answer
from bot.taskforce.family import Family, FieldType, FormField
from bot.taskforce.intake.answers import IntakeContext, parse_answer

_NAMING = frozenset({FieldType.DICOM_ATTRIBUTES, FieldType.HL7_FIELD})


@dataclass(frozen=True, slots=True)
class FormResult:
    """What became of a form.

    ``answers`` are the good ones; ``problems`` says by field id what is wrong; ``missing`` are the
    required fields without an answer, in the form's order.
    """

    answers: Mapping[str, Answer]
    problems: Mapping[str, str]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is wrong and nothing required is missing."""
        return not self.problems and not self.missing


def parse_form(family: Family, raw: Mapping[str, object], context: IntakeContext | None = None) -> FormResult:
    """Check every field of the family's form; blank ones (None, empty text, empty list) count as not given."""
    given = {field.id: raw[field.id] for field in family.form if not _is_blank(raw.get(field.id))}
    answers: dict[str, Answer] = {}
    problems = {name: "This form has no such field." for name in raw if family.field(name) is None}
    start = context or IntakeContext()
    naming = [field for field in family.form if field.type in _NAMING]
    _parse_into(answers, problems, naming, given, start)
    named = any(
        start.around.identifying.any_in(answer)
        for field in naming
        if isinstance(answer := answers.get(field.id), str)
    )
    rest = [field for field in family.form if field.type not in _NAMING]
    _parse_into(answers, problems, rest, given, replace(start, names_identity=start.names_identity or named))
    missing = tuple(field.id for field in family.form if field.required and field.id not in given)
    return FormResult(answers, problems, missing)


def _parse_into(
    answers: dict[str, Answer],
    problems: dict[str, str],
    fields: list[FormField],
    given: Mapping[str, object],
    context: IntakeContext,
) -> None:
    for field in fields:
        if field.id in given:
            try:
                answers[field.id] = parse_answer(field, given[field.id], context)
            except Refused as refusal:
                problems[field.id] = refusal.message


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], ())
