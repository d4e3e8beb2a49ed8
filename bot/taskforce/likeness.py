"""Whether an open burst may be about the same blocker as one that is about to be raised."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from bot.taskforce.burst import Answer, Burst
from bot.taskforce.family import Family, FieldType

_NEAR = 80.0
_COMPARED = frozenset({FieldType.DICOM_ATTRIBUTES, FieldType.PORTS})
# The comma inside (0008,1030) is part of a tag.
_SEPARATOR = re.compile(r"[,;\n](?![^()]*\))")


def looks_alike(
    burst: Burst, *, family: Family, title: str, sites: tuple[str, ...], answers: Mapping[str, Answer]
) -> bool:
    """Whether the titles are near, or both are of one family and share a site, a tag, a port or a group."""
    if fuzz.token_sort_ratio(burst.title.casefold(), title.casefold()) >= _NEAR:
        return True
    if burst.family != family.id:
        return False
    return bool(set(burst.sites) & set(sites)) or any(
        _entries(burst.answers.get(field)) & _entries(answers.get(field)) for field in _telling(family)
    )


def _telling(family: Family) -> list[str]:
    return [field.id for field in family.form if field.type in _COMPARED or field.id.endswith("_group")]


def _entries(answer: Answer | None) -> frozenset[str]:
    if not isinstance(answer, str):
        return frozenset()
    parts = _SEPARATOR.split(answer)
    return frozenset(part.strip().casefold() for part in parts if part.strip())
