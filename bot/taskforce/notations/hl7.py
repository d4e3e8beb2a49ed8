"""HL7 version 2 field references: ``PID-3``, ``PID-3[2].4.1``."""

import re

from bot.taskforce.notations import Malformed
from bot.taskforce.notations.entries import refuse_repeats, split_at_commas

_REFERENCE = re.compile(
    r"(?P<field>[A-Z][A-Z0-9]{2}-[1-9][0-9]{0,2})(\[[1-9][0-9]?\])?(\.[1-9][0-9]?){0,2}", re.ASCII
)
MESSAGE_TYPE = re.compile(r"[A-Z][A-Z0-9]{2}\^[A-Z][0-9]{2}(\^[A-Z][A-Z0-9]{2}_[A-Z][0-9]{2})?", re.ASCII)


def parse_fields(text: str) -> tuple[str, ...]:
    """The references of a list separated by comma. Raises ``Malformed``."""
    entries = split_at_commas(text)
    for number, entry in enumerate(entries, start=1):
        if not _REFERENCE.fullmatch(entry):
            raise Malformed(f"Entry {number}: give segment and field, such as OBR-4.2, ORC-3 or PID-3[2].4.")
    refuse_repeats(entries)
    return entries


def field_of(reference: str) -> str:
    """The field of a reference, without repetition and components: ``PID-3`` of ``PID-3[2].4.1``."""
    found = _REFERENCE.fullmatch(reference)
    return found["field"] if found else reference
