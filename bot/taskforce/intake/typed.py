"""From what a form gives, always text, to what a field takes."""

import re

from bot.taskforce.family import FieldType, FormField

# Thousands separators of the languages around: comma, point, apostrophe, space, thin and hard space.
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,.'\u2019 \u00a0\u202f\u2009][0-9]{3})+")
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def from_typed(form_field: FormField, typed: str) -> object:
    """``typed`` as the field's raw value: a number without its thousands separators, Yes or No as a boolean.

    What cannot be read stays text, so that ``parse_answer`` refuses it in the field's own words.
    """
    written = typed.strip()
    match form_field.type:
        case FieldType.NUMBER:
            digits = re.sub(r"[^0-9]", "", written) if _GROUPED.fullmatch(written) else written
            return int(digits) if _WHOLE.fullmatch(digits) else typed
        case FieldType.BOOLEAN:
            return _YES_NO.get(written.casefold(), typed)
        case FieldType.MULTISELECT:
            return tuple(part.strip() for part in written.split(","))
        case _:
            return typed
