"""Predicates over a form's answers: they decide owners and who is pulled in, as data and not as code."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from bot.taskforce.burst import Answer
from bot.taskforce.policy import Frozen, Id
from bot.taskforce.surroundings import Surroundings


class Op(StrEnum):
    """How a comparison compares."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    CONTAINS_ANY = "contains_any"
    MATCHES = "matches"
    GTE = "gte"
    LTE = "lte"
    IS_IDENTIFYING_ATTRIBUTE = "is_identifying_attribute"
    LEAVES_ORGANISATION = "leaves_organisation"


Scalar: TypeAlias = bool | int | str


class Comparison(Frozen):
    """One answer compared with one value, or with a list of values for ``in`` and ``contains_any``."""

    field: Id
    op: Op
    value: Scalar | tuple[Scalar, ...]


class AnyOf(Frozen):
    """Holds when at least one of its parts does."""

    any: Annotated[tuple["Predicate", ...], Field(min_length=1)]


class AllOf(Frozen):
    """Holds when every part does."""

    all: Annotated[tuple["Predicate", ...], Field(min_length=1)]


class Negation(Frozen):
    """Holds when its part does not; written ``not`` in files."""

    negated: "Predicate" = Field(alias="not")


def _form_of(value: object) -> str:
    """Which form a predicate is written in, so that its faults are told for that form alone."""
    if isinstance(value, AnyOf | AllOf | Negation):
        return {AnyOf: "any", AllOf: "all", Negation: "not"}[type(value)]
    if isinstance(value, Mapping):
        return next((form for form in ("any", "all", "not") if form in value), "field")
    return "field"


Predicate: TypeAlias = Annotated[
    Annotated[Comparison, Tag("field")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[Negation, Tag("not")],
    Discriminator(_form_of),
]

AnyOf.model_rebuild()
AllOf.model_rebuild()
Negation.model_rebuild()


def holds(predicate: Predicate | None, answers: Mapping[str, Answer], around: Surroundings) -> bool:
    """Whether a predicate holds for stored answers; null always does.

    ``answers`` holds the form's answers and the header's (sites, stage, impact, urgency, severity,
    workaround). Without an answer every comparison is false, except ``ne``, which is true.
    """
    if predicate is None:
        return True
    if isinstance(predicate, AnyOf):
        return any(holds(part, answers, around) for part in predicate.any)
    if isinstance(predicate, AllOf):
        return all(holds(part, answers, around) for part in predicate.all)
    if isinstance(predicate, Negation):
        return not holds(predicate.negated, answers, around)
    answer = answers.get(predicate.field)
    if answer is None:
        return predicate.op is Op.NE
    return _COMPARE[predicate.op](answer, predicate.value, around)


_Value: TypeAlias = Scalar | tuple[Scalar, ...]


def _same(answer: Answer, value: _Value) -> bool:
    """Equal and of one kind: true is not 1."""
    return type(answer) is type(value) and answer == value


def _listed(value: _Value) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def _is_in(answer: Answer, value: _Value, _around: Surroundings) -> bool:
    return any(_same(answer, one) for one in _listed(value))


def _contains_any(answer: Answer, value: _Value, _around: Surroundings) -> bool:
    return isinstance(answer, tuple) and any(one in answer for one in _listed(value))


def _matches(answer: Answer, value: _Value, _around: Surroundings) -> bool:
    return isinstance(answer, str) and isinstance(value, str) and re.search(value, answer) is not None


def _number(answer: _Value | Answer) -> int | None:
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _at_least(answer: Answer, value: _Value, _around: Surroundings) -> bool:
    given, bound = _number(answer), _number(value)
    return given is not None and bound is not None and given >= bound


def _at_most(answer: Answer, value: _Value, _around: Surroundings) -> bool:
    given, bound = _number(answer), _number(value)
    return given is not None and bound is not None and given <= bound


def _is_identifying(answer: Answer, value: _Value, around: Surroundings) -> bool:
    return isinstance(answer, str) and around.identifying.patient_in(answer) is value


def _leaves(answer: Answer, value: _Value, around: Surroundings) -> bool:
    return isinstance(answer, str) and around.organisation.is_left_by(answer) is value


_COMPARE: Mapping[Op, Callable[[Answer, _Value, Surroundings], bool]] = {
    Op.EQ: lambda answer, value, _around: _same(answer, value),
    Op.NE: lambda answer, value, _around: not _same(answer, value),
    Op.IN: _is_in,
    Op.CONTAINS_ANY: _contains_any,
    Op.MATCHES: _matches,
    Op.GTE: _at_least,
    Op.LTE: _at_most,
    Op.IS_IDENTIFYING_ATTRIBUTE: _is_identifying,
    Op.LEAVES_ORGANISATION: _leaves,
}
