"""A burst as a value: it never changes, another one takes its place."""

from dataclasses import FrozenInstanceError, replace

import pytest

from bot.taskforce.burst import Place
from tests.unit.taskforce.cases import opened


def test_a_burst_with_other_values_is_another_one_that_differs_in_these_alone() -> None:
    before = opened()
    there = Place("C0ROOM")

    after = before.having(place=there, version=7)

    assert after == replace(before, place=there, version=7)
    assert before == opened()


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="a Burst has no owners"):
        opened().having(owners="U01NOOR")


def test_nobody_changes_it() -> None:
    with pytest.raises(FrozenInstanceError):
        opened().having(version=2).version = 3  # type: ignore[misc]
