"""A form's answers read field by field: the type of a field says what there is to explain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.taskforce.burst import Answer
from bot.taskforce.diagnosis import associations, attributes, fields, identifiers, ports, representations
from bot.taskforce.family import FREE_TEXT, Family, FieldType, FormField
from bot.taskforce.notations import Malformed, dicom, hl7, network
from bot.taskforce.surroundings import Identifying

MOST_FOR_ONE = 6


@dataclass(frozen=True, slots=True)
class Note:
    """What an answer tells: the field's id, and one plain line for people."""

    field: str
    text: str


def diagnose(family: Family, answers: Mapping[str, Answer], identifying: Identifying) -> tuple[Note, ...]:
    """Everything that is known about the answers, in the form's order, at most six lines for each.

    Answers of an older form, or ones that today's rules would refuse, are passed over.
    """
    attribute = _only_attribute(family, answers, identifying)
    notes: list[Note] = []
    for field in family.form:
        answer = answers.get(field.id)
        if isinstance(answer, str):
            lines = dict.fromkeys(_lines(field, answer, attribute))
            notes += [Note(field.id, line) for line in tuple(lines)[:MOST_FOR_ONE]]
    return tuple(notes)


def _lines(field: FormField, answer: str, attribute: dicom.Attribute | None) -> Iterator[str]:
    try:
        match field.type:
            case FieldType.DICOM_ATTRIBUTES:
                yield from map(attributes.explain, dicom.parse_attributes(answer))
            case FieldType.HL7_FIELD:
                yield from filter(None, map(fields.explain, hl7.parse_fields(answer)))
            case FieldType.PORTS:
                yield from ports.explain(network.parse_ports(answer))
            case FieldType.ENDPOINT:
                yield ports.explain_endpoint(network.parse_endpoint(answer)[1])
            case FieldType.UID:
                yield from identifiers.explain(answer)
            case _ if field.type in FREE_TEXT:
                yield from _free_text(field, answer, attribute)
    except Malformed:
        return


def _free_text(field: FormField, answer: str, attribute: dicom.Attribute | None) -> Iterator[str]:
    told = (*associations.explain(answer), *identifiers.explain(answer))
    yield from told
    if attribute is None or told or field.identifying_values != "refuse":
        return
    entry = attributes.dictionary_entry(attribute)
    for fault in representations.faults(entry.vr, answer):
        yield f"read as a value of {entry.name}: {fault}"


def _only_attribute(
    family: Family, answers: Mapping[str, Answer], identifying: Identifying
) -> dicom.Attribute | None:
    """The one attribute that the form is about. Of an identifying one no value is taken, so none is read."""
    named: list[dicom.Attribute] = []
    for field in family.form:
        answer = answers.get(field.id)
        if field.type is not FieldType.DICOM_ATTRIBUTES or not isinstance(answer, str):
            continue
        try:
            named += dicom.parse_attributes(answer)
        except Malformed:
            return None
        if identifying.any_in(answer):
            return None
    return named[0] if len(named) == 1 and not named[0].is_private else None
