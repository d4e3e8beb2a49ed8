"""Follows what people typed through the views, and finds where it would reach Slack's parser unescaped.

Slack parses ``mrkdwn`` and the ``text`` of a message. Whatever flows there must be made of our own
words, of values that are ours by their nature (``OURS``), and of what an escaping piece of
``bot.slack.views.parts`` returned. Everything else is raw: an attribute of a burst, what a label or
the log says, a parameter that a caller fills with one of these. Functions are summed up (what of
their parameters do they return, what do they pass on to Slack) until nothing changes any more, so
that a raw text is found however many functions it goes through.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

VIEWS = "bot.slack.views"
ESCAPES = frozenset(
    {"inline", "code", "quote", "escape", "escaped", "person", "channel_link", "message_link"}
)
# What Slack parses: constructors whose strings are mrkdwn, or a message's text.
PARSED = frozenset({"MarkdownTextObject", "SectionBlock", "ContextBlock", "Rendered"})
# Attributes that no person writes: numbers, moments, enumerations, and words made of them. The blocks of a
# message were looked at where the message was made; what waits for somebody (``safe_words``) was escaped piece by piece
# there, and hostile bursts are put on a home tab to see it.
OURS = frozenset(
    {
        "key", "number", "severity", "day", "total", "pages", "kept", "missed", "log_count", "reopened_from",
        "page", "same_as", "same_at", "subject", "impact", "urgency", "owned", "quorum", "extended", "blocks",
        "moments", "safe_words",
    }
)  # fmt: skip
# Functions elsewhere whose texts are made of numbers, moments and our own tables.
OUR_WORDS = frozenset(
    {
        "lasting",
        "worked",
        "local_time",
        "len",
        "sum",
        "int",
        "min",
        "max",
        "round",
        "range",
        "within",
        "extended_lines",
        "used_words",
    }
)
_CARRIERS = frozenset(
    {"str", "list", "tuple", "sorted", "next", "enumerate", "dict", "set", "iter", "reversed", "zip"}
)
_SAME_TEXT = frozenset(
    {"lower", "upper", "strip", "rstrip", "lstrip", "title", "capitalize", "items", "values", "to_dict"}
)

Marks = frozenset[str]
NONE: Marks = frozenset()
_PARAMETER = "parameter "


@dataclass
class Function:
    """One function and what is known of it: ``returns`` and ``passes`` hold raw sources and parameters."""

    module: str
    node: ast.FunctionDef
    imported: Mapping[str, str]
    returns: Marks = NONE
    passes: Marks = NONE
    names: dict[str, Marks] = field(default_factory=dict)

    @property
    def parameters(self) -> list[str]:
        """Their names, in the order of positional arguments, keyword-only ones last."""
        arguments = self.node.args
        return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def unescaped(sources: Mapping[str, str]) -> list[str]:
    """Every raw text that reaches Slack in the modules of ``sources`` (name and text), one line each."""
    functions = {
        (module, node.name): Function(module, node, imported)
        for module, text in sources.items()
        for tree in [ast.parse(text)]
        for imported in [_imports(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    reader = _Reader(functions)
    while sum(reader.read(function) for function in functions.values()):
        pass  # what one function turned out to return may change what its callers do
    return sorted(
        f"{function.module}.{function.node.name}: {mark}"
        for function in functions.values()
        for mark in function.passes
        if not mark.startswith(_PARAMETER)
    )


def view_sources(root: Path) -> dict[str, str]:
    """The modules under ``bot/slack/views`` of a tree."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in sorted((root / "bot" / "slack" / "views").rglob("*.py"))
    }


def _imports(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


class _Reader:
    """Reads one function at a time, with what is known of the others."""

    def __init__(self, functions: Mapping[tuple[str, str], Function]) -> None:
        self._functions = functions
        self._now: Function

    def read(self, function: Function) -> bool:
        """Sum the function up anew; whether that said anything new."""
        self._now = function
        before = (function.returns, function.passes, dict(function.names))
        for name in function.parameters:
            function.names.setdefault(name, frozenset({_PARAMETER + name}))
        extra = (function.node.args.vararg, function.node.args.kwarg)
        for argument in extra:
            if argument is not None:
                function.names.setdefault(argument.arg, frozenset({_PARAMETER + argument.arg}))
        for node in ast.walk(function.node):
            self._statement(node)
        return before != (function.returns, function.passes, function.names)

    def _statement(self, node: ast.AST) -> None:
        match node:
            case ast.Return(value=ast.expr() as value):
                self._now.returns |= self._text(value)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, value)
            case (
                ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.AugAssign(target=target, value=value)
            ):
                self._bind(target, value)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                self._bind(target, value)
            case ast.NamedExpr(target=target, value=value):
                self._bind(target, value)
            case ast.Call(
                func=ast.Attribute(value=ast.Name() as holder, attr="append" | "extend"), args=[value]
            ):
                self._bind(holder, value)
            case ast.Call():
                self._text(node)

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        marks = self._text(value)
        for name in ast.walk(target):
            if isinstance(name, ast.Name):
                self._now.names[name.id] = self._now.names.get(name.id, NONE) | marks

    def _text(self, node: ast.expr) -> Marks:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of expression
        """What raw text the expression may hold."""
        match node:
            case ast.Constant() | ast.Compare() | ast.UnaryOp():
                return NONE
            case ast.Name(id=name):
                return NONE if _is_constant(name) else self._now.names.get(name, NONE)
            case ast.Attribute(value=ast.Name(id=name)) if _is_constant(name) or name[0].isupper():
                return NONE
            case ast.Attribute(value=ast.Name(id=name), attr="text") if self._is_message(name):
                return NONE  # it was looked at where it was made
            case ast.Attribute(attr=name):
                return NONE if name in OURS or _is_constant(name) else _raw(node)
            case ast.Subscript(value=inner) | ast.Starred(value=inner) | ast.Await(value=inner):
                return self._text(inner)
            case ast.JoinedStr(values=values):
                return self._all(values)
            case ast.FormattedValue(value=inner, format_spec=None):
                return self._text(inner)
            case ast.FormattedValue():  # "{share:.0%}": a number or a moment
                return NONE
            case ast.IfExp(body=body, orelse=other):
                return self._text(body) | self._text(other)
            case ast.BoolOp(values=values):
                return self._all(values)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._text(left) | self._text(right)
            case ast.BinOp():
                return NONE
            case ast.Tuple(elts=[_, value]):  # a pair for ``fields``, which escapes the label itself
                return self._text(value)
            case ast.List(elts=parts) | ast.Set(elts=parts) | ast.Tuple(elts=parts):
                return self._all(parts)
            case ast.Dict(values=values):
                return self._all(values)
            case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner) | ast.SetComp(elt=inner):
                return self._text(inner)
            case ast.DictComp(value=inner) | ast.Lambda(body=inner) | ast.NamedExpr(value=inner):
                return self._text(inner)
            case ast.Call():
                return self._called(node)
        return _raw(node)

    def _is_message(self, name: str) -> bool:
        arguments = self._now.node.args
        return any(
            one.arg == name and one.annotation is not None and ast.unparse(one.annotation) == "Rendered"
            for one in (*arguments.args, *arguments.kwonlyargs)
        )

    def _all(self, nodes: list[ast.expr]) -> Marks:
        return NONE.union(*(self._text(node) for node in nodes))

    def _called(self, node: ast.Call) -> Marks:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        match node.func:
            case ast.Attribute(value=value, attr=name):
                return self._method(node, value, name)
            case ast.Name(id=name) if name in PARSED:
                self._now.passes |= self._all(arguments)
                return NONE
            case ast.Name(id=name):
                if name in ESCAPES or name in OUR_WORDS or name[0].isupper():
                    return NONE  # a class of ours or of Slack's that parses nothing: inputs, options, pages
                if name in _CARRIERS:
                    return self._all(arguments)
                return self._function(node, name)
        return _raw(node)

    def _method(self, node: ast.Call, value: ast.expr, name: str) -> Marks:
        if name in {"join", "format", "replace", "sub"}:
            return self._text(value) | self._all(node.args) if name != "sub" else self._all(node.args)
        if name in _SAME_TEXT:
            return self._text(value)
        if isinstance(value, ast.Name) and _is_constant(value.id):
            return self._all(node.args[1:])  # TABLE.get(key, instead)
        return _raw(node)

    def _function(self, node: ast.Call, name: str) -> Marks:
        here = self._now.imported.get(name, self._now.module)
        called = self._functions.get((here, name))
        if called is None:
            return _raw(node)
        given = self._given(called, node)
        for mark in called.passes:
            if mark.startswith(_PARAMETER):
                self._now.passes |= given.get(mark.removeprefix(_PARAMETER), NONE)
        return NONE.union(
            *(
                given.get(mark.removeprefix(_PARAMETER), NONE) if mark.startswith(_PARAMETER) else {mark}
                for mark in called.returns
            )
        )

    def _given(self, called: Function, node: ast.Call) -> dict[str, Marks]:
        """The marks of every argument, by the name of its parameter."""
        given: dict[str, Marks] = {}
        rest = called.node.args.vararg
        positional = [one.arg for one in (*called.node.args.posonlyargs, *called.node.args.args)]
        for position, argument in enumerate(node.args):
            name = positional[position] if position < len(positional) else rest.arg if rest else ""
            given[name] = given.get(name, NONE) | self._text(argument)
        for keyword in node.keywords:
            given[keyword.arg or ""] = self._text(keyword.value)
        return given


def _is_constant(name: str) -> bool:
    """``STATE``, ``_LIMIT``: a table or number of a module."""
    return name.isupper()


def _raw(node: ast.expr) -> Marks:
    return frozenset({f"{ast.unparse(node)} (line {node.lineno})"})


def parsed_elsewhere(root: Path) -> Iterator[str]:
    """Modules outside the views that build what Slack parses; the sandbox and the demonstration are no part of the bot."""
    for path in sorted((root / "bot").rglob("*.py")):
        inside = path.relative_to(root / "bot").as_posix()
        if inside.startswith(("slack/views/", "sandbox/", "demo/")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value == "mrkdwn":
                yield f"bot/{inside}:{node.lineno} mrkdwn"
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PARSED:
                yield f"bot/{inside}:{node.lineno} {node.func.id}"
