"""A small vocabulary for describing JSON: strings, lists, records, unions by ``type``.

Slack validates payloads against closed schemas: an unknown property is an error, and so is a `null` where
a value is expected. A `Rule` yields one line (see `problem`) for each thing that is wrong, and nothing for
a value that fits. Rules never raise, whatever JSON they are given. Lengths are counted in code points.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeGuard

from bot.sandbox.rules.problem import child, problem

Record = Mapping[str, Any]
Check = Callable[[Record, str], Iterator[str]]


class Rule(Protocol):
    """Something that a JSON value can fit or not."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Each thing that is wrong with `value`, which stands at JSON pointer `at`."""


@dataclass(frozen=True)
class String:
    """A string of `shortest` to `longest` characters, fully matching `pattern` if one is given."""

    longest: int | None = None
    shortest: int = 1
    pattern: str | None = None
    wanted: str = "must be in the documented format"

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, str):
            yield problem("must provide a string", at)
            return
        if len(value) < self.shortest:
            yield problem(f"must be more than {self.shortest - 1} characters", at)
        elif self.longest is not None and len(value) > self.longest:
            yield problem(f"must be less than {self.longest + 1} characters", at)
        elif self.pattern is not None and not re.fullmatch(self.pattern, value):
            yield problem(self.wanted, at)


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`; a boolean is not a number."""

    least: int
    most: int

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must provide an integer", at)
        elif not self.least <= value <= self.most:
            yield problem(f"must be between {self.least} and {self.most}", at)


@dataclass(frozen=True)
class Flag:
    """A boolean."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, bool):
            yield problem("must provide a boolean", at)


class Choice:
    """One of a fixed list of strings."""

    def __init__(self, *allowed: str) -> None:
        """Allow exactly the strings given."""
        self.allowed = allowed

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, str) or value not in self.allowed:
            yield problem("must be a valid enum value", at)


@dataclass(frozen=True)
class Items:
    """A list of `fewest` to `most` values, each fitting `of`."""

    of: Rule
    most: int | None = None
    fewest: int = 1

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not is_list(value):
            yield problem("must provide an array", at)
            return
        if len(value) < self.fewest:
            yield problem(f"no less than {self.fewest} items allowed", at)
        if self.most is not None and len(value) > self.most:
            yield problem(f"no more than {self.most} items allowed", at)
            return
        for number, item in enumerate(value):
            yield from self.of.problems(item, child(at, number))


@dataclass(frozen=True)
class Fields:
    """An object with exactly the properties named, and `checks` between them once each property fits."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    checks: Sequence[Check] = ()

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, Mapping):
            yield problem("must provide an object", at)
            return
        found = [*self._properties(value, at)]
        yield from found
        if not found:
            for check in self.checks:
                yield from check(value, at)

    def _properties(self, value: Record, at: str) -> Iterator[str]:
        for name in self.required:
            if name not in value:
                yield problem(f"missing required field: {name}", at)
        for name, content in value.items():
            rule = self.required.get(name) or self.optional.get(name)
            if rule is None:
                yield problem(f"invalid additional property: {name}", at)
            else:
                yield from rule.problems(content, child(at, name))


class ByType:
    """An object whose ``type`` says which of several rules it must fit."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        """Choose among `rules` by ``type``; each rule sees the object with its ``type``."""
        self.rules = rules

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, Mapping):
            yield problem("must provide an object", at)
            return
        kind = value.get("type")
        if kind is None:
            yield problem("missing required field: type", at)
            return
        if not isinstance(kind, str):
            yield problem("must provide a string", child(at, "type"))
        elif kind not in self.rules:
            yield problem(f"unsupported type: {kind}", child(at, "type"))
        else:
            yield from self.rules[kind].problems(value, at)


def typed(
    kind: str,
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    *checks: Check,
) -> Fields:
    """An object whose ``type`` is `kind`, with the further properties named."""
    return Fields({"type": Choice(kind), **(required or {})}, optional or {}, checks)


def kind_of(value: Record) -> str:
    """The ``type`` of an object; the empty string where it has none, or one that is no string."""
    kind = value.get("type")
    return kind if isinstance(kind, str) else ""


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether `value` is a JSON array (a list or a tuple, never a string)."""
    return isinstance(value, list | tuple)
