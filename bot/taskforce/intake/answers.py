"""One field's answer: the type decides what is taken and what is stored."""

from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass, field

from bot.errors import Refused
from bot.taskforce.burst import Answer
from bot.taskforce.family import FieldType, FormField
from bot.taskforce.intake import choices, identifying, text
from bot.taskforce.notations import Malformed, dicom, hl7, network
from bot.taskforce.surroundings import Surroundings


@dataclass(frozen=True)
class IntakeContext:
    """What validation must know beside the answer.

    ``names_identity`` says that an answer of the same form names an identifying attribute or field,
    so that fields with ``identifying_values: refuse`` take patterns alone.
    """

    around: Surroundings = field(default_factory=Surroundings)
    names_identity: bool = False


def parse_answer(form_field: FormField, raw: object, context: IntakeContext) -> Answer:
    """The answer as it is stored: text trimmed, a choice as its id, a date as YYYY-MM-DD.

    Lists (hosts, ports, attributes, HL7 fields) are stored as they were typed, known to be well
    formed. Raises ``Refused`` with the field's id and a message that never repeats what was typed.
    """
    try:
        answer = _parse(form_field, raw)
        if form_field.identifying_values == "refuse" and context.names_identity and isinstance(answer, str):
            identifying.refuse_values(answer)
    except Malformed as fault:
        raise Refused(f"intake.{form_field.type}", str(fault), field=form_field.id) from None
    return answer


def _parse(form_field: FormField, raw: object) -> Answer:
    if form_field.type in _CHOICES:
        return _CHOICES[form_field.type](form_field, raw)
    if not isinstance(raw, str):
        raise Malformed("Give this as text.")
    if form_field.type is FieldType.TICKET:
        return text.parse_ticket(form_field, raw)
    if form_field.type in _LISTS:
        return _parse_list(form_field, raw)
    if form_field.type in _NOTATIONS:
        typed = text.clean_line(raw)
        _NOTATIONS[form_field.type](typed)
        return typed
    return text.parse_text(form_field, raw)


def _parse_list(form_field: FormField, raw: str) -> str:
    typed = text.clean_line(raw)
    choices.refuse_count(form_field, len(_LISTS[form_field.type](typed)), "entry", "entries")
    return typed


_CHOICES: Mapping[FieldType, Callable[[FormField, object], Answer]] = {
    FieldType.SELECT: choices.parse_option,
    FieldType.MULTISELECT: choices.parse_options,
    FieldType.NUMBER: choices.parse_number,
    FieldType.BOOLEAN: lambda _field, raw: choices.parse_boolean(raw),
    FieldType.DATE: lambda _field, raw: choices.parse_date(raw),
}
_LISTS: Mapping[FieldType, Callable[[str], Sized]] = {
    FieldType.HOSTS: network.parse_hosts,
    FieldType.PORTS: network.parse_ports,
    FieldType.DICOM_ATTRIBUTES: dicom.parse_attributes,
    FieldType.HL7_FIELD: hl7.parse_fields,
}
_NOTATIONS: Mapping[FieldType, Callable[[str], object]] = {
    FieldType.AE_TITLE: dicom.parse_ae_title,
    FieldType.ENDPOINT: network.parse_endpoint,
    FieldType.UID: dicom.parse_uid,
}
