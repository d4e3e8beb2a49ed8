"""Every section of a programme file with its fields, from the models that read it."""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.programme.schema.file import ProgrammeFile
from bot.taskforce.family import DelayCause, Family, Role
from tools.reference.allowed import allowed, models_in

_PAGE = """# Reference: the programme file

Every section and field, written from the models by `make reference`. [The programme file](../programme.md) says how to
write one, how it lies over the shipped default, and what `burst programme check` says of it. A field without a default has
to be there, in your file or in the shipped one.

"""
# In the file these are known by their keys.
_KEYED = (Family, Role, DelayCause)


def programme_file() -> str:
    """The page, as Markdown."""
    return _PAGE + "\n".join(_section(model) for model in _models(ProgrammeFile, set()))


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The model and those that its fields name, each once, in the order in which they are met."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for hint in _hints(model).values():
        for below in models_in(hint):
            yield from _models(below, seen)


def _hints(model: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _section(model: type[BaseModel]) -> str:
    rows = [
        f"| `{field.alias or name}` | {allowed(_hints(model)[name])} | {_default(field)} |"
        for name, field in model.model_fields.items()
        if not (name == "id" and model in _KEYED)
    ]
    told = re.sub(r"``([^`]+)``", r"`\1`", inspect.getdoc(model) or "")
    table = "\n".join(["| field | takes | default |", "|---|---|---|", *rows])
    return f"## {model.__name__}\n\n{told}\n\n{table}\n"


def _default(field: FieldInfo) -> str:
    """What holds when nobody wrote the field; nothing for one that must be there."""
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True)
    if value in (None, "", (), {}):
        return "none"
    if isinstance(value, BaseModel):
        return "its defaults"
    if isinstance(value, Mapping):
        return ", ".join(f"`{key}: {one}`" for key, one in value.items())
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return ", ".join(f"`{one}`" for one in (value if isinstance(value, tuple) else (value,)))
