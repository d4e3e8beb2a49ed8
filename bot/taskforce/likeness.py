"""Whether a burst may be about the same blocker as another one, or as one that is about to be raised."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.taskforce.burst import Answer, Burst
from bot.taskforce.family import Family, FieldType, FormField
from bot.taskforce.notations import Malformed
from bot.taskforce.notations.dicom import parse_attributes
from bot.taskforce.notations.network import parse_ports

_NEAR = 80.0
# The answers that tell one blocker from another, beside tags and ports: by the ends of their fields' ids.
_TELLING = ("_group", "interface")
# The comma inside (0008,1030) is part of a tag.
_SEPARATOR = re.compile(r"[,;\n](?![^()]*\))")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two blockers are alike: near titles; of one family, common sites and fields with a common answer."""

    near_title: bool = False
    sites: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def strength(self) -> int:
        """How many ways there are; 0 for blockers that are not alike."""
        return self.near_title + len(self.fields) + bool(self.sites)


def likeness(
    burst: Burst, *, family: Family, title: str, sites: tuple[str, ...], answers: Mapping[str, Answer]
) -> Likeness:
    """How the burst is like a blocker of ``family`` with these answers."""
    near = fuzz.token_sort_ratio(burst.title.casefold(), title.casefold()) >= _NEAR
    if burst.family != family.id:
        return Likeness(near)
    return Likeness(
        near,
        tuple(site for site in sites if site in burst.sites),
        tuple(
            field.id
            for field in family.form
            if _fingerprint(field, burst.answers.get(field.id)) & _fingerprint(field, answers.get(field.id))
        ),
    )


def telling_entries(family: Family, answers: Mapping[str, Answer]) -> Iterator[str]:
    """What stands in the answers that are compared, each entry as somebody wrote it: what another text would say too."""
    for field in family.form:
        answer = answers.get(field.id)
        if not isinstance(answer, str) or not _fingerprint(field, answer):
            continue
        if field.type is FieldType.DICOM_ATTRIBUTES:
            yield from sorted(_fingerprint(field, answer))
        else:
            yield from (entry.strip() for entry in _SEPARATOR.split(answer) if entry.strip())


def _fingerprint(field: FormField, answer: Answer | None) -> frozenset[str]:
    """The entries of an answer that are compared, each in one spelling; none for other fields."""
    if not isinstance(answer, str):
        return frozenset()
    parsed = _PARSED.get(field.type)
    if parsed is not None:
        try:
            return parsed(answer)
        except Malformed:
            return _entries(answer)
    return _entries(answer) if field.id.endswith(_TELLING) else frozenset()


def _entries(answer: str) -> frozenset[str]:
    parts = _SEPARATOR.split(answer)
    return frozenset(" ".join(part.casefold().split()) for part in parts if part.strip())


_PARSED: Mapping[FieldType, Callable[[str], frozenset[str]]] = {
    FieldType.DICOM_ATTRIBUTES: lambda answer: frozenset(one.tag for one in parse_attributes(answer)),
    FieldType.PORTS: lambda answer: frozenset(
        f"{port.first}-{port.last}/{port.protocol}" for port in parse_ports(answer)
    ),
}
