"""The shape of a programme: validated whole, and, when parts are wrong, validated without those parts.

So that one run tells everything, what is wrong is taken out (or given back to the default) and the
rest is looked at again; what only follows from taking out is not told.
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.programme.problems import Path, Problem
from bot.programme.schema.file import ProgrammeFile
from bot.programme.wording import existing_path, in_words

_MOST_ROUNDS = 20
# What stands for something missing or wrong, so that everything around it can still be checked.
_PLACEHOLDERS: Mapping[str, Any] = {
    "organisation": {"name": "missing"},
    "people": {},
    "steering": {"members": [], "channel": "C000"},
    "archive": {"channel": "C001"},
}
_STAND_INS: Mapping[str, Any] = {"name": "missing", "label": "missing", "zone": "UTC"}


@dataclass
class Shaped:
    """What became of a tree: the model (None when too little is left), and the problems of its shape."""

    rest: dict[str, Any]
    default: Mapping[str, Any]
    file: ProgrammeFile | None = None
    problems: list[Problem] = field(default_factory=list)
    _removed: set[Path] = field(default_factory=set)
    # Lists from which something was taken, by identity: the numbers that their items had in the file.
    _numbers: dict[int, list[int]] = field(default_factory=dict)

    def in_file(self, path: Path) -> Path:
        """A path of the model as the file counts it: items before it may have been taken out."""
        original: list[str | int] = []
        value: Any = self.rest
        for part in path:
            numbers = self._numbers.get(id(value)) if isinstance(value, list) else None
            original.append(numbers[part] if numbers is not None and isinstance(part, int) else part)
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                value = None
        return tuple(original)

    def tell(self, error: ErrorDetails) -> None:
        """Note an error, unless it is only there because something was taken out."""
        problem = in_words(error, self.rest)
        path = self.in_file(problem.path)
        if error["type"] == "missing" and (*path, error["loc"][-1]) in self._removed:
            return
        if error["type"] in ("too_short", "value_error") and any(
            taken[: len(path)] == path for taken in self._removed
        ):
            return
        told = Problem(path, problem.message)
        if told not in self.problems:
            self.problems.append(told)

    def repair(self, errors: list[ErrorDetails]) -> bool:
        """Take out what is wrong, innermost and last of a list first; false when the whole cannot go on."""
        paths: set[Path] = set()
        for error in errors:
            path = existing_path(error["loc"], self.rest)
            if not self._stood_in(error, path):
                paths.add(path)
        for path in sorted(paths - {()}, key=_depth_first, reverse=True):
            self._take(path)
        if () not in paths:
            return True
        lacking = [str(error["loc"][0]) for error in errors if error["loc"] and len(error["loc"]) == 1]
        for section in lacking:
            if section in self.rest:
                continue
            if section not in _PLACEHOLDERS:
                return False
            self.rest[section] = copy.deepcopy(_PLACEHOLDERS[section])
        return bool(lacking)

    def _stood_in(self, error: ErrorDetails, path: Path) -> bool:
        """Whether something harmless could take the place of what is missing in an entry."""
        entry = _at(self.rest, path)
        if not path or not isinstance(entry, dict):
            return False
        name = str(error["loc"][-1])
        if error["type"] == "missing" and name in _STAND_INS:
            entry[name] = _STAND_INS[name]
            return True
        if path[:-1] == ("people",) and error["type"] == "missing" and name == "side":
            entry["side"] = "both"
            return True
        if path[:-1] == ("people",) and not {"slack", "email"} & set(entry):
            entry["email"] = f"{path[-1]}@missing.example"
            return True
        return False

    def _take(self, path: Path) -> None:
        self._removed.add(self.in_file(path))
        holder: Any = self.rest
        for part in path[:-1]:
            holder = holder[part]
        last = path[-1]
        if isinstance(holder, list) and isinstance(last, int):
            self._numbers.setdefault(id(holder), list(range(len(holder))))
            del self._numbers[id(holder)][last]
            del holder[last]
            return
        shipped = _at(self.default, path)
        if shipped is not None and shipped != holder[last]:
            holder[last] = copy.deepcopy(shipped)
        else:
            del holder[last]


def shaped(tree: Mapping[str, Any], default: Mapping[str, Any]) -> Shaped:
    """The tree as a model, as far as it can be had, and every problem of its shape."""
    result = Shaped(copy.deepcopy(dict(tree)), default)
    for _ in range(_MOST_ROUNDS):
        try:
            result.file = ProgrammeFile.model_validate_json(json.dumps(result.rest))
            return result
        except ValidationError as fault:
            errors = fault.errors(include_url=False)
        for error in errors:
            result.tell(error)
        if not result.repair(errors):
            break
    return result


def _depth_first(path: Path) -> tuple[int, list[tuple[int, str]]]:
    return len(path), [(part, "") if isinstance(part, int) else (0, part) for part in path]


def _at(tree: Mapping[str, Any], path: Path) -> Any:
    value: Any = tree
    for part in path:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[str(part)]
    return value
