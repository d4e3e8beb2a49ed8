"""What is typed becomes terms."""

import pytest

from storage.sought import Term, terms_of, typed_in
from storage.words import lexeme


def term(*words: str, prefix: bool = False) -> Term:
    return Term(tuple(map(lexeme, words)), prefix)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        ('* " "" ( -', []),
        ("queue Queue", [term("queue")]),
        ('"queue is empty"', [term("queue", "is", "empty")]),
        ("“queue is” empty", [term("queue", "is"), term("empty")]),
        ('"queue is', [term("queue"), term("is")]),
        ('before"queue is"', [term("before"), term("queue", "is")]),
        ("que*", [term("que", prefix=True)]),
        ("NGH_CT*", [term("ngh_ct", prefix=True)]),
        ("(0008,10*", [term("0008,10", prefix=True)]),
        ("v12.*", [term("v12.", prefix=True)]),
        ("one;two*", [term("one"), term("two", prefix=True)]),
        ("a*b", [term("a"), term("b")]),
        ('"study descr*"', [term("study", "descr", prefix=True)]),
        ('"OBR-4.2 is"', [term("obr-4.2", "obr", "4", "2", "is")]),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, terms: list[Term]) -> None:
    assert list(terms_of(typed)) == terms


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("", ()),
        ("queue  Queue queue", ("queue", "Queue")),
        ("“queue is” NGH_CT* - empty", ('"queue is"', "NGH_CT*", "empty")),
    ],
)
def test_what_was_typed_can_be_told_again(typed: str, pieces: tuple[str, ...]) -> None:
    assert typed_in(typed) == pieces
