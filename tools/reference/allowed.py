"""What a field of a programme takes, in words, from its annotation."""

import types
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.programme.schema import words
from bot.programme.schema.places import Days, Network
from bot.programme.schema.rules import Holder
from bot.taskforce.durations import DurationText
from bot.taskforce.policy import Id, Recipient
from bot.taskforce.predicates import Predicate

# Words of the file that have a name of their own; everything else tells itself.
_NAMED: tuple[tuple[Any, str], ...] = (
    (words.SiteCode, "a site's code"),
    (words.UserId, "a Slack user id"),
    (words.ChannelId, "a Slack channel id"),
    (words.GroupId, "a Slack user group id"),
    (words.Email, "an e-mail address"),
    (words.PersonKey, "a person's key"),
    (words.Hours, "hours such as `08:00-12:00, 13:00-17:00`"),
    (words.QuietHours, "hours such as `20:00-07:00`, or `never`"),
    (words.Zone, "an IANA time zone"),
    (words.TimeOfDay, "a time of day such as `08:00`"),
    (Days, "a day (`mon`) or days (`mon-fri`)"),
    (Network, "a network such as `10.0.0.0/8`"),
    (Holder, "`steering`, `role:<id>` or `workstream:<id>`"),
    (DurationText, "a duration such as `15m`, `4h`, `3bd`"),
    (Id, "an id"),
    (Recipient, "[whom](../programme.md#ladders)"),
    (Predicate, "[a predicate](../programme.md#adding-a-kind-of-blocker)"),
)
_PLAIN: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "`true` or `false`",
    date: "a day such as `2026-12-01`",
    datetime: "a local time such as `2026-12-01T16:30`",
}
_BOUNDS = {Ge: ("ge", "from {}"), Gt: ("gt", "above {}"), Le: ("le", "to {}"), Lt: ("lt", "below {}")}
_LENGTHS = {MinLen: ("min_length", "at least {}"), MaxLen: ("max_length", "at most {}")}


def allowed(hint: Any) -> str:
    """The annotation in words; raises ``TypeError`` for one that nobody found words for."""
    named = next((name for known, name in _NAMED if hint == known), None)
    if named is not None:
        return named
    if isinstance(hint, type) and get_origin(hint) is None:
        return _of_class(hint)
    return _of_parts(hint, get_origin(hint), get_args(hint))


def _of_class(hint: type) -> str:
    if issubclass(hint, StrEnum):
        return _choice(tuple(hint))
    if issubclass(hint, BaseModel):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    if hint in _PLAIN:
        return _PLAIN[hint]
    raise TypeError(f"no words for {hint!r}")


def _of_parts(hint: Any, origin: Any, parts: tuple[Any, ...]) -> str:
    if origin is Annotated:
        return _bounded(parts[0], parts[1:])
    if origin is Literal:
        return _choice(parts)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(allowed(part) for part in parts if part is not types.NoneType))
    if origin is tuple:
        return _listed(parts)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"by {_bare(allowed(parts[0]))}: {allowed(parts[1])}"
    raise TypeError(f"no words for {hint!r}")


def models_in(hint: Any) -> Iterator[type[BaseModel]]:
    """The models that the annotation names; those of a predicate are told elsewhere."""
    if hint == Predicate:
        return
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for part in get_args(hint):
        yield from models_in(part)


def _choice(values: tuple[Any, ...]) -> str:
    told = ", ".join(f"`{value}`" for value in values)
    return f"one of {told}" if len(values) > 1 else told


def _listed(parts: tuple[Any, ...]) -> str:
    if parts[-1] is Ellipsis:
        return f"a list: {allowed(parts[0])}"
    return f"a list of {len(parts)}: {allowed(parts[0])}"


def _bare(words_for: str) -> str:
    return words_for.removeprefix("a ").removeprefix("an ")


def _bounded(plain: Any, metadata: tuple[Any, ...]) -> str:
    """The words of the plain annotation, with what bounds it."""
    rules = [rule for one in metadata for rule in (one.metadata if isinstance(one, FieldInfo) else [one])]
    said = [text for rule in rules if (text := _rule(rule, sized=get_origin(plain) is not None))]
    return ", ".join([allowed(plain), *said])


def _rule(rule: Any, *, sized: bool) -> str | None:
    for kind, (name, words_for) in _BOUNDS.items():
        if isinstance(rule, kind):
            return words_for.format(getattr(rule, name))
    if isinstance(rule, MinLen) and rule.min_length == 1:
        return "not empty"
    for kind, (name, words_for) in _LENGTHS.items():
        if isinstance(rule, kind):
            return f"{words_for.format(getattr(rule, name))} {'of them' if sized else 'characters'}"
    pattern = getattr(rule, "pattern", None)
    return f"written as `{pattern}`".replace("|", "\\|") if pattern else None
