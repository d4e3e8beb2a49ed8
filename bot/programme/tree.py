"""A YAML file as plain values, with the line of everything in it.

Only the words ``true``, ``false`` and ``null`` are special: ``no`` and ``on`` are texts, ``08:30`` and
``2026-12-01`` too. Tabs, duplicate keys and what is no YAML become problems, not exceptions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.programme.problems import Path, Problem

_MOST_NODES = 100_000
_INDENT = re.compile(r"^[ \t]*\t[ \t]*")


@dataclass
class Tree:
    """What a file holds: plain values, the line of each path (1 is the first), and what is wrong."""

    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Resolver(yaml.SafeLoader):
    """YAML 1.2's few special words instead of YAML 1.1's many."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _written, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?[0-9]+\.[0-9]+", list("-0123456789")),
):
    _Resolver.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_written})\Z"), _first)


def parse_yaml(text: str) -> Tree:
    """The tree of a YAML text. Problems carry their line; the value is as much as could be read."""
    tree = Tree()
    text = text.removeprefix("\ufeff")
    tree.problems.extend(_tab_problems(text))
    try:
        node = _compose(text, tree)
    except yaml.MarkedYAMLError as fault:
        tree.problems.append(_yaml_problem(fault))
        return tree
    except yaml.YAMLError as fault:
        tree.problems.append(Problem((), f"this is no text that YAML allows: {fault}", 1))
        return tree
    except RecursionError:
        tree.problems.append(Problem((), "the file is nested too deeply to be read", 1))
        return tree
    if node is None:
        tree.problems.append(Problem((), "the file is empty; `burst programme init` writes a start", 1))
    elif not isinstance(node, yaml.MappingNode):
        tree.problems.append(Problem((), "the file must hold keys and values at its top", _line(node)))
    else:
        tree.value = _Reader(tree).value(node, ())
    return tree


class _Reader:
    """Turns nodes into plain values and notes lines; counts nodes, so that aliases cannot explode."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.count = 0
        self.open: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.count += 1
        if self.count == _MOST_NODES:
            self.tree.problems.append(Problem((), "aliases make the file too much to be read", _line(node)))
        if self.count >= _MOST_NODES:
            return None
        if id(node) in self.open:
            self.tree.problems.append(Problem(path, "this holds itself by an alias", _line(node)))
            return None
        self.open.add(id(node))
        try:
            return self._read(node, path)
        finally:
            self.open.discard(id(node))

    def _read(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return self.sequence(node, path)
        return _scalar(node)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            here = (*path, key)
            if not isinstance(key_node, yaml.ScalarNode):
                self.tree.problems.append(Problem(path, "a key must be a plain word", _line(key_node)))
                continue
            if key in value:
                self.tree.problems.append(
                    Problem(
                        here,
                        f"the key is there twice; the first is on line {self.tree.lines[here]}",
                        _line(key_node),
                    )
                )
                continue
            self.tree.lines[here] = _line(key_node)
            value[key] = self.value(value_node, here)
        return value

    def sequence(self, node: yaml.SequenceNode, path: Path) -> list[Any]:
        value: list[Any] = []
        for number, item in enumerate(node.value):
            here = (*path, number)
            self.tree.lines[here] = _line(item)
            value.append(self.value(item, here))
        return value


def _compose(text: str, tree: Tree) -> yaml.Node | None:
    """The text's node, tabs of the indentation read as four, eight or two spaces each.

    Where none of these makes sense the lines with tabs are left out, so that the others can be checked.
    """
    if not any(_INDENT.match(line) for line in text.splitlines()):
        return yaml.compose(text, Loader=_Resolver)
    fault: yaml.YAMLError | None = None
    for width in (4, 8, 2):
        try:
            return yaml.compose(_without_tabs(text, width), Loader=_Resolver)
        except yaml.YAMLError as found:
            fault = fault or found
    node = yaml.compose(_without_tabs(text, None), Loader=_Resolver)
    if isinstance(fault, yaml.MarkedYAMLError):
        tree.problems.append(_yaml_problem(fault))
    return node


def _without_tabs(text: str, width: int | None) -> str:
    if width is None:
        return "\n".join("" if _INDENT.match(line) else line for line in text.split("\n"))
    return "\n".join(
        _INDENT.sub(lambda found: found[0].replace("\t", " " * width), line) for line in text.split("\n")
    )


def _tab_problems(text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), start=1):
        if _INDENT.match(line) and line.strip():
            yield Problem((), "a tab in the indentation; allowed are spaces only", number)


def _yaml_problem(fault: yaml.MarkedYAMLError) -> Problem:
    mark = fault.problem_mark or fault.context_mark
    return Problem((), f"this is no YAML: {fault.problem}", mark.line + 1 if mark else 1)


def _scalar(node: yaml.Node) -> Any:
    written = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return written == "true"
        case "int":
            return int(written)
        case "float":
            return float(written)
        case _:
            return written


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
