"""Predicates over a form's answers: they decide owners and who is pulled in, as data and not as code."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from bot.taskforce.policy import Frozen, Id


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
    """Holds when its part does not."""

    negated: Annotated["Predicate", Field(alias="not")]


Predicate: TypeAlias = Comparison | AnyOf | AllOf | Negation

AnyOf.model_rebuild()
AllOf.model_rebuild()
Negation.model_rebuild()
