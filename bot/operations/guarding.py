"""The judgement of the privacy guard on what a person typed: taken, refused, or asked about."""

from collections.abc import Iterator, Mapping

from bot.operations.refused_fields import RefusedFields
from bot.privacy import Category, Inspection, Verdict
from bot.privacy.wording import doubt, refusal
from bot.programme import Programme

Found = Mapping[str, tuple[Category, ...]]


class Identifying(RefusedFields):
    """What was typed may not be taken: it identifies a patient. ``categories`` say how."""

    def __init__(self, found: Found) -> None:
        super().__init__({name: refusal(categories) for name, categories in found.items()})
        self.categories = _all(found)


class Doubtful(RefusedFields):
    """What was typed may be about a patient: the person has to say that it is not, or to take it out."""

    def __init__(self, found: Found) -> None:
        super().__init__({name: doubt(categories) for name, categories in found.items()})
        self.categories = _all(found)


def guarded(programme: Programme, typed: Mapping[str, object], *, confirmed: bool) -> tuple[Category, ...]:
    """Inspect what was typed, by field id; returns the categories of doubt that were confirmed away.

    Raises ``Identifying`` at each field that identifies a patient, and ``Doubtful`` at each that may,
    unless the person ``confirmed`` that it is not about one.
    """
    found = {name: programme.guard.inspect("\n".join(_texts(value))) for name, value in typed.items()}
    blocked = {name: one.categories for name, one in found.items() if is_refused(programme, one)}
    if blocked:
        raise Identifying(blocked)
    doubted = {name: one.categories for name, one in found.items() if one.verdict is Verdict.WARN}
    if doubted and not confirmed:
        raise Doubtful(doubted)
    return _all(doubted)


def is_refused(programme: Programme, inspection: Inspection) -> bool:
    """Whether it counts as identifying a patient. A programme in strict mode knows no doubt."""
    strict = programme.file.privacy.mode == "strict"
    return inspection.verdict is Verdict.BLOCK or (strict and inspection.verdict is Verdict.WARN)


def _all(found: Found) -> tuple[Category, ...]:
    return tuple(dict.fromkeys(category for categories in found.values() for category in categories))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
