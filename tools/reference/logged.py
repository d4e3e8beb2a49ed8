"""Which details the domain logs with each kind of entry, read from its calls of ``draft.log``."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.taskforce.lifecycle.messages import LOGGABLE
from bot.taskforce.lifecycle.noting import NOTABLE
from bot.taskforce.terms import EntryKind

_LIFECYCLE = Path(__file__).parents[2] / "bot" / "taskforce" / "lifecycle"
# Where the kind is the caller's, it is one of these.
_GIVEN: Mapping[str, frozenset[EntryKind]] = {"messages.py": LOGGABLE, "noting.py": NOTABLE}
# What a message brings along is named in one module and spread in another.
_ELSEWHERE = {"kept": "messages.py"}


def logged() -> dict[EntryKind, frozenset[str]]:
    """The names of the details of each kind; raises ``ValueError`` for a call that cannot be read."""
    modules = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in _LIFECYCLE.glob("*.py")}
    found: dict[EntryKind, frozenset[str]] = {}
    for name, module in modules.items():
        for call in _calls(module):
            for kind in _kinds(call, name):
                found[kind] = found.get(kind, frozenset()) | set(_details(call, name, modules))
    return found


def _calls(module: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "log":
            yield node


def _kinds(call: ast.Call, module: str) -> frozenset[EntryKind]:
    kind = call.args[0]
    return frozenset({EntryKind[kind.attr]}) if isinstance(kind, ast.Attribute) else _GIVEN[module]


def _details(call: ast.Call, name: str, modules: Mapping[str, ast.Module]) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg
        else:
            yield from _spread(keyword.value, name, modules)


def _spread(value: ast.expr, name: str, modules: Mapping[str, ast.Module]) -> Iterator[str]:
    """The keys of what is spread: a dictionary that stands there, or the one that a name or a call yields."""
    match value:
        case ast.IfExp(body=body, orelse=otherwise):
            yield from _spread(body, name, modules)
            yield from _spread(otherwise, name, modules)
        case ast.Dict(keys=keys, values=values):
            for key, below in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value)
                else:
                    yield from _spread(below, name, modules)
        case ast.Attribute(attr=known) | ast.Name(id=known) | ast.Call(func=ast.Name(id=known)):
            home = _ELSEWHERE.get(known, name)
            yield from _spread(_made(modules[home], known), home, modules)
        case _:
            raise ValueError(
                f"{name}:{value.lineno}: what is logged cannot be read from {ast.unparse(value)}"
            )


def _made(module: ast.Module, known: str) -> ast.expr:
    """What the function or variable of that name yields."""
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name, body=[*_, ast.Return(value=ast.expr() as value)]) if (
                name == known
            ):
                return value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name == known:
                return value
    raise ValueError(f"no {known} makes what is logged")
