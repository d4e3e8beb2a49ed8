"""Every kind of entry is of one type that people can ask for."""

from collections import Counter

import pytest

from bot.taskforce.entry_types import KINDS, EntryType, type_called
from bot.taskforce.terms import EntryKind


def test_every_kind_of_entry_is_of_one_type() -> None:
    assert Counter(kind for kinds in KINDS.values() for kind in kinds) == Counter(EntryKind)
    assert set(KINDS) == set(EntryType)


@pytest.mark.parametrize("kind", EntryType)
def test_a_type_is_called_by_its_name(kind: EntryType) -> None:
    assert type_called(kind.value) is type_called(f"{kind.value.title()}s") is kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("hand-overs", EntryType.HAND_OVER),
        ("sign-off", EntryType.SIGN_OFF),
        ("Decisions", EntryType.DECISION),
    ],
)
def test_as_people_write_it(word: str, kind: EntryType) -> None:
    assert type_called(word) is kind


@pytest.mark.parametrize("word", ["", "s", "joke", "factual", "fact fact"])
def test_other_words_are_no_type(word: str) -> None:
    assert type_called(word) is None
