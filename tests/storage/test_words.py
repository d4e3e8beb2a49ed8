"""One tokeniser decides what a word is, for both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import LONGEST, label, lexeme, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CT studies hang", ["ct", "studies", "hang"]),
        ("(0008,1030)", ["0008,1030", "0008", "1030"]),
        ("tag 0008,1030.", ["tag", "0008,1030", "0008", "1030"]),
        ("(0008,103E)", ["0008,103e", "0008", "103e"]),
        ("OBR-4.2", ["obr-4.2", "obr", "4", "2"]),
        ("ORM^O01", ["orm^o01", "orm", "o01"]),
        ("NGH_CT_ER1", ["ngh_ct_er1", "ngh", "ct", "er1"]),
        ("1.2.840.10008.1.2", ["1.2.840.10008.1.2", "1", "2", "840", "10008", "1", "2"]),
        ("v12.0.3,", ["v12.0.3", "v12", "0", "3"]),
        ("pacs01.ngh.example:11112", ["pacs01.ngh.example:11112", "pacs01", "ngh", "example", "11112"]),
        ("C-STORE 0xA700", ["c-store", "c", "store", "0xa700"]),
        ("Röntgen STRASSE straße", ["röntgen", "strasse", "strasse"]),
        ("\ufb01lm \uff23\uff34", ["film", "ct"]),
        ("a, b; c", ["a", "b", "c"]),
        ("...--- ()", []),
        ("", []),
    ],
)
def test_text_is_taken_apart_as_the_field_writes_it(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_is_cut_at_its_longest() -> None:
    assert words_of("x" * 500) == ["x" * LONGEST]
    assert max(len(word) for word in words_of("1." * 500)) == LONGEST


@given(st.text())
def test_a_lexeme_has_nothing_that_a_database_would_split_or_obey(text: str) -> None:
    for word in words_of(text):
        shown = lexeme(word)
        assert shown
        assert not any(sign.isascii() and not sign.isalnum() for sign in shown)


@given(st.text(), st.text())
def test_different_words_have_different_lexemes(one: str, other: str) -> None:
    for first in words_of(one):
        for second in words_of(other):
            assert (first == second) == (lexeme(first) == lexeme(second))


@given(st.text(max_size=30))
def test_no_text_yields_a_label(value: str) -> None:
    assert label("site", value) not in {lexeme(word) for word in words_of(f"site={value} {value}")}


def test_labels_are_told_apart_whatever_their_case() -> None:
    assert label("site", "NGH") == label("site", "ngh")
    assert label("site", "NGH") != label("family", "NGH")
    assert label("site", "A") != label("site", "A B")
