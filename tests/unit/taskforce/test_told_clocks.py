"""What the log says of clocks is all there is to say, field by field, and no more than changed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.taskforce import told_clocks
from bot.taskforce.decision import Detail
from bot.taskforce.response_clock import FiredStep, ResponseClock, SetAside
from bot.taskforce.told_clocks import Told

st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(timedelta, st.timedeltas(timedelta(days=-900), timedelta(days=900)))
st.register_type_strategy(float, st.floats(0, 1))

NAMES = tuple(one.name for one in fields(ResponseClock) if one.name != "wake_at")


def everything_about(kind: type[Any], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a dataclass, those of its fields that have a default included."""
    hints = get_type_hints(kind)
    unknown = {one.name: st.from_type(hints[one.name]) for one in fields(kind) if one.name not in known}
    return st.builds(kind, **unknown, **known)


def few(kind: type[Any], most: int) -> st.SearchStrategy[Any]:
    """A tuple of at most so many: what is nested would be too much to draw otherwise."""
    return st.lists(st.from_type(kind), max_size=most).map(tuple)


st.register_type_strategy(FiredStep, everything_about(FiredStep))
st.register_type_strategy(SetAside, everything_about(SetAside, fired=few(FiredStep, 1)))
CLOCKS = everything_about(ResponseClock, fired=few(FiredStep, 3), set_aside=few(SetAside, 2)).map(
    lambda clock: replace(clock, number=1, wake_at=None)
)


def read(*logged: Iterable[Detail]) -> ResponseClock | None:
    """The first clock of a log whose entries said so much of clocks, through the JSON that is stored."""
    told = Told()
    for one in logged:
        body: Mapping[str, Detail] = json.loads(json.dumps({"clocks": one}, allow_nan=False))
        told.hear(body)
    return told.clock(1)


@given(first=CLOCKS, second=CLOCKS)
@settings(max_examples=60)
def test_a_clock_is_rebuilt_from_what_was_told_of_it(first: ResponseClock, second: ResponseClock) -> None:
    opened, changed = told_clocks.changes((), [first]), told_clocks.changes([first], [second])
    assert read(opened) == first
    assert read(opened, changed) == second


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=10)
def test_every_field_is_told_when_it_changes_and_alone(name: str, data: st.DataObject) -> None:
    first, second = data.draw(CLOCKS), data.draw(CLOCKS)
    changed = replace(first, **{name: getattr(second, name)})
    told = told_clocks.changes([first], [changed])
    if changed == first:
        assert told == []
    else:
        assert [set(one) for one in told if isinstance(one, Mapping)] == [{"number", name}]


@given(clock=CLOCKS)
def test_when_it_wakes_is_not_told(clock: ResponseClock) -> None:
    assert told_clocks.changes([clock], [replace(clock, wake_at=clock.due_at)]) == []


def test_a_clock_of_an_earlier_version_is_known_not_to_be_whole() -> None:
    told = Told()
    told.hear({"clocks": [{"number": 2, "kind": "accept", "state": "met", "due_at": "2026-03-02T12:00:00Z"}]})
    assert told.clocks() == ({}, {2})
