"""From a file to a programme, or to every problem that keeps it from being one."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from bot import clock
from bot.errors import ProgrammeError
from bot.programme.checks import problems_of
from bot.programme.checks.case import Case
from bot.programme.overlay import laid_over
from bot.programme.problems import Problem, line_of
from bot.programme.programme import Programme
from bot.programme.schema.file import ProgrammeFile
from bot.programme.shape import shaped
from bot.programme.tree import Tree, parse_yaml

# Questions to somebody else about a programme, answered with problems at paths of its file.
Ask: TypeAlias = Callable[[Programme], Iterable[Problem]]

_DEFAULTS = files("bot.programme") / "defaults"


def load(path: FilePath) -> Programme:
    """The programme that the file at ``path`` describes, over the imaging default.

    Raises ``ProgrammeError`` with every problem as a line ``file:line: where: what``. Gaps, which
    can be served, do not keep a programme from being used.
    """
    reading = _read(path, at=None)
    problems = [problem for problem in reading.problems if not problem.gap]
    if problems or reading.file is None:
        raise ProgrammeError(tuple(reading.lines(problems)))
    return Programme(reading.file)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a check found: ``problems`` keep the file from being served, ``gaps`` do not; ``lines`` is both."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]
    gaps: tuple[str, ...]


def examine(path: FilePath, *, at: datetime | None = None, ask: Ask | None = None) -> Examined:
    """Every problem and every gap of the file at ``path``, in the order of its lines.

    ``at`` (aware UTC; now, if not given) is the moment from which milestones and rotations are judged.
    ``ask`` looks elsewhere for more, at Slack; it is given as much of the programme as could be read, and
    is believed about what the file itself says.
    """
    reading = _read(path, at=at if at is not None else clock.now())
    problems = list(reading.problems)
    if ask is not None and reading.file is not None:
        problems += [found for found in ask(Programme(reading.file)) if found.path in reading.tree.lines]
    return Examined(
        lines=tuple(reading.lines(problems)),
        problems=tuple(reading.lines([problem for problem in problems if not problem.gap])),
        gaps=tuple(reading.lines([problem for problem in problems if problem.gap])),
    )


def check(path: FilePath, *, at: datetime | None = None) -> list[str]:
    """What ``examine`` finds in the file alone, as lines; empty when all is well."""
    return list(examine(path, at=at).lines)


def starter() -> str:
    """A commented programme file to start from; it loads as it is."""
    return (_DEFAULTS / "starter.yml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Reading:
    name: str
    tree: Tree
    file: ProgrammeFile | None
    problems: list[Problem]

    def lines(self, problems: list[Problem]) -> list[str]:
        """Problems as text, in the order of the file."""

        def place(problem: Problem) -> int:
            return problem.line if problem.line is not None else line_of(problem.path, self.tree.lines)

        ordered = sorted(problems, key=lambda problem: (place(problem), problem.message))
        return list(dict.fromkeys(problem.text(self.name, self.tree.lines) for problem in ordered))


def _read(path: FilePath, *, at: datetime | None) -> _Reading:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        return _unreadable(path, f"the file cannot be read: {fault.strerror}")
    except UnicodeDecodeError as fault:
        return _unreadable(path, f"this is no UTF-8 text: byte {fault.start + 1} is wrong")
    tree = parse_yaml(text)
    if not tree.value:
        return _Reading(path.name, tree, None, tree.problems)
    default = _imaging()
    merged = laid_over(default, tree.value)
    result = shaped(merged, laid_over(default, {}))
    problems = [*tree.problems, *result.problems]
    if result.file is not None:
        case = Case(result.file, merged, tree.value, at)
        for problem in problems_of(case):
            moved = Problem(result.in_file(problem.path), problem.message, problem.line, problem.gap)
            problems.append(moved)
    return _Reading(path.name, tree, result.file, problems)


def _unreadable(path: FilePath, why: str) -> _Reading:
    return _Reading(path.name, Tree(), None, [Problem((), why, 1)])


@cache
def _imaging() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((_DEFAULTS / "imaging.json").read_text(encoding="utf-8"))
    return found
