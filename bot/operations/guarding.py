"""The guard at the door: what a person typed is inspected before anything of it is stored or posted."""

from collections.abc import Iterator, Mapping

from bot.operations.refused_fields import RefusedFields
from bot.privacy import Category, Inspection, Verdict
from bot.privacy.wording import doubt, refusal
from bot.programme import Programme


class Doubtful(RefusedFields):
    """What was typed may be about a patient: the person has to say that it is not, or to take it out."""


def guarded(programme: Programme, typed: Mapping[str, object], *, confirmed: bool) -> tuple[Category, ...]:
    """Inspect what was typed, by field id; returns the categories of doubt that were confirmed away.

    Raises ``RefusedFields`` at each field that identifies a patient, and ``Doubtful`` at each that may,
    unless the person ``confirmed`` that it is not about one. A programme in strict mode knows no doubt.
    """
    found = {name: programme.guard.inspect("\n".join(_texts(value))) for name, value in typed.items()}
    blocked = {
        name: refusal(inspection.categories)
        for name, inspection in found.items()
        if _is_refused(programme, inspection)
    }
    if blocked:
        raise RefusedFields(blocked)
    doubted = {name: one.categories for name, one in found.items() if one.verdict is Verdict.WARN}
    if doubted and not confirmed:
        raise Doubtful({name: doubt(categories) for name, categories in doubted.items()})
    return tuple(dict.fromkeys(category for categories in doubted.values() for category in categories))


def _is_refused(programme: Programme, inspection: Inspection) -> bool:
    strict = programme.file.privacy.mode == "strict"
    return inspection.verdict is Verdict.BLOCK or (strict and inspection.verdict is Verdict.WARN)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
