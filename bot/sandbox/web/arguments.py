"""The arguments of a call: how they arrive, and of what kind each must be.

A method's arguments are written as one line, such as `"channel! users!:list force:bool"`: `!`
marks a required one, the kind is `text` unless given. Slack ignores arguments that it does not
know; this server refuses them, so that a typing error shows in a test and not in a hospital.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.values import JsonObject

EVERYWHERE = {"team_id": "text"}
"""Arguments of every method: Bolt adds the workspace's id to all calls, for org-wide tokens."""


@dataclass(frozen=True)
class Signature:
    """The arguments that a method knows, each with its kind, and which it cannot do without."""

    kinds: Mapping[str, str]
    required: tuple[str, ...]

    def read(self, given: Mapping[str, Any]) -> JsonObject:
        """Return the arguments as their kinds; raise `invalid_arguments` naming each wrong one.

        A JSON null counts as not given.
        """
        present = {name: value for name, value in given.items() if value is not None}
        problems = [f"unknown argument: {name}" for name in present if name not in self.kinds]
        problems += [f"missing required field: {name}" for name in self.required if name not in present]
        if problems:
            raise invalid_arguments(*problems)
        return {name: _as_kind(self.kinds[name], name, value) for name, value in present.items()}


def signature(line: str) -> Signature:
    """Read a method's arguments from one line; see the module's text for the notation."""
    kinds = dict(EVERYWHERE)
    required: list[str] = []
    for word in line.split():
        marked, _, kind = word.partition(":")
        name = marked.removesuffix("!")
        kinds[name] = kind or "text"
        if marked.endswith("!"):
            required.append(name)
    return Signature(kinds, tuple(required))


def _as_kind(kind: str, name: str, value: Any) -> Any:
    if kind == "bool":
        return _as_bool(name, value)
    if kind == "int":
        return _as_int(name, value)
    if kind == "json":
        return _as_json(name, value)
    if kind == "list":
        return _as_list(name, value)
    return _as_text(name, value)


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, (dict, list)):
        raise invalid_arguments(f"must be a string [json-pointer:/{name}]")
    return str(value)


def _as_bool(name: str, value: Any) -> bool:
    truths = {"1": True, "true": True, "0": False, "false": False}
    word = str(value).lower()
    if word not in truths:
        raise invalid_arguments(f"must be a boolean [json-pointer:/{name}]")
    return truths[word]


def _as_int(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from error


def _as_json(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        if name == "blocks":
            raise SlackError("invalid_blocks_format") from error
        if name == "metadata":
            raise SlackError("invalid_metadata_format") from error
        raise invalid_arguments(f"must be valid JSON [json-pointer:/{name}]") from error


def _as_list(name: str, value: Any) -> list[str]:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return list(value)
    raise invalid_arguments(f"must be a list of strings [json-pointer:/{name}]")
