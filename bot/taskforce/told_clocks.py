"""What the log says of response clocks: everything but ``wake_at``, which follows from the rest.

A new clock is told with every field that is not its default, and later what changed. All of it is
derived from the fields of ``ResponseClock``, so that a new one is told without anybody thinking of it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any, cast, get_type_hints

from pydantic import TypeAdapter

from bot.taskforce.decision import Detail
from bot.taskforce.response_clock import ResponseClock

# The sweep's index into the future; ``ladder.with_wakes`` yields it from everything else.
DERIVED = "wake_at"

Fields = dict[str, Detail]


class _Field:
    """One field of a clock in the log."""

    def __init__(self, field: Field[Any], kind: Any) -> None:
        self.name = field.name
        self.default = field.default
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def written(self, value: Any) -> Detail:
        """The value as the log's JSON has it."""
        return cast(Detail, self._adapter.dump_python(value, mode="json", exclude_defaults=True))

    def read(self, written: Detail) -> Any:
        """The value that was written; raises ``ValueError`` when it is none."""
        return self._adapter.validate_python(written)


_HINTS = get_type_hints(ResponseClock)
_FIELDS = tuple(_Field(one, _HINTS[one.name]) for one in fields(ResponseClock) if one.name != DERIVED)
_BY_NAME = {one.name: one for one in _FIELDS}
_NEEDED = frozenset(one.name for one in _FIELDS if one.default is MISSING)


def written(name: str, value: Any) -> str:
    """The value of the field called ``name`` in words of the log, for people and programs to compare."""
    told = _BY_NAME[name].written(value)
    return told if isinstance(told, str) else json.dumps(told)


def changes(before: Iterable[ResponseClock], after: Iterable[ResponseClock]) -> list[Detail]:
    """What an entry says of the clocks that are new or differ, each with its number."""
    known = {clock.number: clock for clock in before}
    told: list[Detail] = []
    for clock in after:
        old = known.get(clock.number)
        if old is not clock and (changed := _changed(old, clock)):
            told.append({"number": clock.number, **changed})
    return told


def _changed(before: ResponseClock | None, after: ResponseClock) -> Fields:
    told: Fields = {}
    for one in _FIELDS:
        value = getattr(after, one.name)
        known = one.default if before is None else getattr(before, one.name)
        if value is not known and value != known:
            told[one.name] = one.written(value)
    return told


class Told:
    """What the entries heard so far say of a burst's clocks."""

    def __init__(self) -> None:
        self._known: dict[int, Fields] = {}

    def hear(self, body: Mapping[str, Detail]) -> tuple[int, ...]:
        """Take in one entry's body; returns the numbers of the clocks that it tells of."""
        told = cast("Sequence[Mapping[str, Detail]]", body.get("clocks", ()))
        for one in told:
            self._known.setdefault(int(str(one["number"])), {}).update(one)
        return tuple(int(str(one["number"])) for one in told)

    def clock(self, number: int) -> ResponseClock | None:
        """The clock as told so far, without its wake-up; None when it was not told whole.

        Versions before this one logged no more than kind, state, due time and subject. Raises
        ``ValueError`` for what no version wrote.
        """
        known = self._known[number]
        if not known.keys() >= _NEEDED:
            return None
        values = {one.name: one.read(known[one.name]) for one in _FIELDS if one.name in known}
        return ResponseClock(**values, wake_at=None)

    def clocks(self) -> tuple[dict[int, ResponseClock], set[int]]:
        """Every clock by its number, and the numbers of those that were not told whole."""
        found = {number: self.clock(number) for number in self._known}
        whole = {number: clock for number, clock in found.items() if clock is not None}
        return whole, found.keys() - whole.keys()
