"""What an answer would change, told as conditions in words."""

from collections.abc import Callable, Iterator, Mapping

from bot.programme.explaining.explanation import Condition
from bot.taskforce.family import Conditional, Family
from bot.taskforce.predicates import AllOf, AnyOf, Comparison, Negation, Op, Predicate
from bot.taskforce.seating import Roster, Seating

Name = Callable[[str | None], str | None]

_COMPARED: Mapping[Op, str] = {
    Op.EQ: "is",
    Op.NE: "is not",
    Op.IN: "is one of",
    Op.CONTAINS_ANY: "has any of",
    Op.MATCHES: "matches",
    Op.GTE: "is at least",
    Op.LTE: "is at most",
}
_FLAGS: Mapping[Op, tuple[str, str]] = {
    Op.IS_IDENTIFYING_ATTRIBUTE: (
        "names what identifies a patient",
        "does not name what identifies a patient",
    ),
    Op.LEAVES_ORGANISATION: ("leaves the organisation", "stays inside the organisation"),
}


def tasks(seating: Seating, roster: Roster, name: Name) -> Iterator[Condition]:
    """The conditionals that hold, with the task that each brings."""
    for conditional in seating.conditionals:
        yield _condition(conditional, roster, name)


def depending(family: Family, seating: Seating, roster: Roster, name: Name) -> Iterator[Condition]:
    """What other answers would bring: other owners first, then conditionals that do not hold."""
    for rule in family.owner_rules:
        if rule.role != seating.owner_role:
            filler = roster.next_in_line(rule.role, frozenset())
            who = f"{name(filler.user)}: {filler.why}" if filler is not None else "nobody"
            yield Condition(in_words(rule.when), owner=who)
    for conditional in family.conditional:
        if conditional not in seating.conditionals:
            yield _condition(conditional, roster, name)


def in_words(predicate: Predicate | None) -> str:
    """A predicate as a person reads it: ``transport is dicomweb``."""
    match predicate:
        case None:
            return "nothing else holds"
        case AnyOf():
            return " or ".join(_bracketed(part) for part in predicate.any)
        case AllOf():
            return " and ".join(_bracketed(part) for part in predicate.all)
        case Negation():
            return f"not {_bracketed(predicate.negated)}"
        case Comparison():
            return _compared(predicate)


def _bracketed(predicate: Predicate) -> str:
    return in_words(predicate) if isinstance(predicate, Comparison) else f"({in_words(predicate)})"


def _compared(comparison: Comparison) -> str:
    value = comparison.value
    words = ", ".join(map(_word, value)) if isinstance(value, tuple) else _word(value)
    flags = _FLAGS.get(comparison.op)
    if flags is not None:
        return f"{comparison.field} {flags[0] if value is True else flags[1]}"
    return f"{comparison.field} {_COMPARED[comparison.op]} {words}"


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _condition(conditional: Conditional, roster: Roster, name: Name) -> Condition:
    people = []
    for role in conditional.roles:
        label = roster.role_labels.get(role, role)
        fillers = roster.of(role)
        contacts = roster.contacts.get(role, ())
        if fillers:
            people.append(f"{name(fillers[0].user)}: {fillers[0].why}")
        else:
            people.append(f"{label}: {contacts[0].text}" if contacts else f"{label}: nobody")
    floor = conditional.severity_at_least
    return Condition(
        in_words(conditional.when),
        people=tuple(people),
        task=conditional.task,
        blocks_closure=conditional.blocks_closure,
        severity_at_least=str(floor) if floor is not None else None,
    )
