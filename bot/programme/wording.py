"""pydantic's errors in words for an administrator: what was found, what is allowed, the nearest word."""

import re
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.programme.nearest import did_you_mean, listed
from bot.programme.problems import Path, Problem
from bot.programme.schema.file import ProgrammeFile

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "date_type": "a date such as 2026-12-01",
    "date_from_datetime_parsing": "a date such as 2026-12-01",
    "date_parsing": "a date such as 2026-12-01",
    "datetime_type": "a local time such as 2026-12-01 14:30",
    "datetime_parsing": "a local time such as 2026-12-01 14:30",
    "datetime_from_date_parsing": "a local time such as 2026-12-01 14:30",
}
_ID_PATTERN = "^[a-z][a-z0-9_]*$"


def in_words(error: ErrorDetails, tree: Mapping[str, Any]) -> Problem:
    """One error of pydantic as a problem at the path where the file has it."""
    path = existing_path(error["loc"], tree)
    match error["type"]:
        case "extra_forbidden":
            allowed = sorted(allowed_keys(error["loc"][:-1]) - {"id"})
            near = did_you_mean(str(error["loc"][-1]), allowed)
            return Problem(path, f"unknown key; allowed are {listed(allowed, most=30)}{near}")
        case "missing":
            return Problem(path, f"'{error['loc'][-1]}' is missing")
        case "literal_error" | "enum":
            allowed = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
            near = did_you_mean(str(error["input"]), allowed)
            return Problem(
                path, f"found {found(error['input'])}; allowed is {listed(allowed, most=30)}{near}"
            )
        case "value_error":
            return Problem(
                path, _told_with(error["input"], str(error.get("ctx", {}).get("error", error["msg"])))
            )
        case "too_short":
            least = error.get("ctx", {}).get("min_length", 1)
            return Problem(
                path, f"found {found(error['input'])}; allowed is at least {least} {_entries(least)}"
            )
        case "string_pattern_mismatch":
            return Problem(path, f"found {found(error['input'])}; allowed is {_pattern_words(error)}")
        case kind if kind in _KINDS:
            return Problem(path, f"found {found(error['input'])}; allowed is {_KINDS[kind]}")
        case _:
            return Problem(
                path, f"found {found(error['input'])}; {error['msg'][:1].lower()}{error['msg'][1:]}"
            )


def _told_with(value: Any, words: str) -> str:
    """The words of a check, after what was found, unless they say it already."""
    if not isinstance(value, str) or words.startswith("found "):
        return words
    return f"found {found(value)}; {words}"


def _entries(number: int) -> str:
    return "entry" if number == 1 else "entries"


def existing_path(location: tuple[str | int, ...], tree: Mapping[str, Any]) -> Path:
    """The part of pydantic's location that the tree has: names of types and of unions are left out."""
    path: list[str | int] = []
    value: Any = tree
    for part in location:
        if isinstance(value, Mapping) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            continue
        path.append(part)
    return tuple(path)


def found(value: Any) -> str:
    """What was found, short enough for a line."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case Mapping():
            return "keys and values"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case str():
            return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}...'"  # noqa: PLR2004
        case _:
            return str(value)


def allowed_keys(location: tuple[str | int, ...]) -> set[str]:
    """The keys of the model at a location of pydantic, as they are written in a file."""
    models = _models_in(ProgrammeFile)
    for part in location:
        annotations = [
            field.annotation
            for model in models
            for name, field in model.model_fields.items()
            if part in (name, field.alias)
        ]
        # Keys of mappings, numbers of lists and names of unions do not change the model.
        if annotations:
            models = [model for annotation in annotations for model in _models_in(annotation)]
        else:
            models = [model for model in models if model.__name__ == part] or models
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model that an annotation may hold: inside lists, mappings and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is Annotated:
        return _models_in(get_args(annotation)[0])
    if origin in (Union, UnionType) or origin is not None:
        return [model for part in get_args(annotation) for model in _models_in(part)]
    return []


def _pattern_words(error: ErrorDetails) -> str:
    pattern = str(error.get("ctx", {}).get("pattern", ""))
    if pattern == _ID_PATTERN:
        return "a name of small letters, digits and underscores"
    return f"the form {pattern.removeprefix('^').removesuffix('$')}"
