"""Families: ids used once, owner rules that always find somebody, predicates that can be judged."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.programme.checks.case import Case
from bot.programme.nearest import did_you_mean, listed
from bot.programme.problems import Path, Problem
from bot.taskforce.family import Family, FieldType
from bot.taskforce.intake.header import WORKAROUND
from bot.taskforce.predicates import AllOf, AnyOf, Comparison, Negation, Op, Predicate
from bot.taskforce.terms import Severity

_SAME = frozenset({FieldType.SELECT, FieldType.NUMBER, FieldType.BOOLEAN, FieldType.TICKET})
_FITTING: Mapping[Op, frozenset[FieldType]] = {
    Op.EQ: _SAME,
    Op.NE: _SAME,
    Op.IN: frozenset({FieldType.SELECT, FieldType.NUMBER}),
    Op.CONTAINS_ANY: frozenset({FieldType.MULTISELECT}),
    Op.MATCHES: frozenset(
        {
            FieldType.TEXT,
            FieldType.MULTILINE,
            FieldType.HL7_FIELD,
            FieldType.DICOM_ATTRIBUTES,
            FieldType.TICKET,
        }
    ),
    Op.GTE: frozenset({FieldType.NUMBER}),
    Op.LTE: frozenset({FieldType.NUMBER}),
    Op.IS_IDENTIFYING_ATTRIBUTE: frozenset({FieldType.DICOM_ATTRIBUTES, FieldType.HL7_FIELD}),
    Op.LEAVES_ORGANISATION: frozenset({FieldType.HOSTS, FieldType.ENDPOINT}),
}
_LISTED = frozenset({Op.IN, Op.CONTAINS_ANY})
_FLAGS = frozenset({Op.IS_IDENTIFYING_ATTRIBUTE, Op.LEAVES_ORGANISATION})
_HEADER: Mapping[str, FieldType] = {
    "sites": FieldType.MULTISELECT,
    "stage": FieldType.SELECT,
    "impact": FieldType.NUMBER,
    "urgency": FieldType.NUMBER,
    "severity": FieldType.SELECT,
    "workaround": FieldType.SELECT,
}
_TAKEN = frozenset({*_HEADER, "title", "workflow_impact", "needed_by", "family", "owner"})


def check(case: Case) -> Iterator[Problem]:
    """Problems inside each family."""
    for name, family in case.file.families.items():
        here: Path = ("families", name)
        yield from _ids(family, here)
        yield from _owner_rules(case, family, here)
        for number, conditional in enumerate(family.conditional):
            path = (*here, "conditional", number, "when")
            yield from _judgeable(case, family, conditional.when, path)
            if conditional.severity_at_least is not None and _reads(conditional.when, "severity"):
                yield Problem(path, "what raises the severity must not depend on the severity")


def _ids(family: Family, here: Path) -> Iterator[Problem]:
    for section, ids in (
        ("form", [field.id for field in family.form]),
        ("conditional", [conditional.id for conditional in family.conditional]),
        ("checklist", [line.id for line in family.checklist]),
        ("evidence", [kind.id for kind in family.evidence]),
    ):
        for number, name in enumerate(ids):
            if name in ids[:number]:
                yield Problem((*here, section, number, "id"), f"'{name}' is there twice")
    for number, field in enumerate(family.form):
        if field.id in _TAKEN:
            yield Problem(
                (*here, "form", number, "id"), f"'{field.id}' is a question of every family; use another id"
            )


def _owner_rules(case: Case, family: Family, here: Path) -> Iterator[Problem]:
    for number, rule in enumerate(family.owner_rules):
        path = (*here, "owner_rules", number)
        is_last = number == len(family.owner_rules) - 1
        if rule.when is None and not is_last:
            yield Problem(path, "'when: null' always holds, so the rules after it never do")
        if rule.when is not None:
            yield from _judgeable(case, family, rule.when, (*path, "when"))
            if is_last:
                yield Problem((*path, "when"), "the last rule must have 'when: null', so that somebody owns")


def _judgeable(case: Case, family: Family, predicate: Predicate, path: Path) -> Iterator[Problem]:
    match predicate:
        case AnyOf():
            for number, part in enumerate(predicate.any):
                yield from _judgeable(case, family, part, (*path, "any", number))
        case AllOf():
            for number, part in enumerate(predicate.all):
                yield from _judgeable(case, family, part, (*path, "all", number))
        case Negation():
            yield from _judgeable(case, family, predicate.negated, (*path, "not"))
        case Comparison():
            yield from _comparison(case, family, predicate, path)


def _comparison(case: Case, family: Family, predicate: Comparison, path: Path) -> Iterator[Problem]:
    field = family.field(predicate.field)
    kind = field.type if field is not None else _HEADER.get(predicate.field)
    if kind is None:
        known = [*(one.id for one in family.form), *_HEADER]
        near = did_you_mean(predicate.field, known)
        yield Problem(
            (*path, "field"),
            f"there is no field '{predicate.field}'; there are {listed(known, most=20)}{near}",
        )
        return
    if kind not in _FITTING[predicate.op]:
        fitting = sorted(op for op, kinds in _FITTING.items() if kind in kinds)
        yield Problem(
            (*path, "op"), f"'{predicate.op}' does not fit a field of type {kind}; {listed(fitting)} do"
        )
        return
    yield from _value(case, family, predicate, kind, (*path, "value"))


def _value(
    case: Case, family: Family, predicate: Comparison, kind: FieldType, path: Path
) -> Iterator[Problem]:
    value = predicate.value
    if predicate.op in _LISTED and not (isinstance(value, tuple) and value):
        yield Problem(path, f"'{predicate.op}' takes a list")
    elif predicate.op not in _LISTED and isinstance(value, tuple):
        yield Problem(path, f"'{predicate.op}' takes one value, not a list")
    elif predicate.op in _FLAGS:
        if not isinstance(value, bool):
            yield Problem(path, "allowed is true or false")
    elif predicate.op is Op.MATCHES:
        yield from _expression(value, path)
    else:
        values = value if isinstance(value, tuple) else (value,)
        yield from _fits(case, family, predicate.field, kind, values, path)


def _expression(value: object, path: Path) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(path, "allowed is a regular expression")
        return
    try:
        re.compile(value)
    except re.error as fault:
        yield Problem(path, f"found '{value}'; not a regular expression: {fault}")


def _fits(
    case: Case, family: Family, name: str, kind: FieldType, values: Iterable[object], path: Path
) -> Iterator[Problem]:
    """Values of the kind that the field stores; of a choice, options that exist."""
    wanted = {FieldType.NUMBER: int, FieldType.BOOLEAN: bool}.get(kind, str)
    for value in values:
        if type(value) is not wanted:
            words = {int: "a whole number", bool: "true or false", str: "a text"}[wanted]
            yield Problem(path, f"found {value!r}; the field holds {words}")
    if kind not in (FieldType.SELECT, FieldType.MULTISELECT):
        return
    options = _options(case, family, name)
    for value in values:
        if isinstance(value, str) and value not in options:
            near = did_you_mean(value, options)
            yield Problem(
                path, f"'{value}' is no option of {name}; there are {listed(options, most=20)}{near}"
            )


def _options(case: Case, family: Family, name: str) -> list[str]:
    field = family.field(name)
    if field is not None:
        return [option.id for option in field.options or ()]
    return {
        "sites": list(case.names("sites")),
        "stage": list(case.names("stages")),
        "severity": [str(severity) for severity in Severity],
        "workaround": [option.id for option in WORKAROUND.options or ()],
    }[name]


def _reads(predicate: Predicate, field: str) -> bool:
    match predicate:
        case AnyOf():
            return any(_reads(part, field) for part in predicate.any)
        case AllOf():
            return any(_reads(part, field) for part in predicate.all)
        case Negation():
            return _reads(predicate.negated, field)
        case Comparison():
            return predicate.field == field
