"""What somebody searches the archive for: words, ``"quoted phrases"`` and ``prefix*``, all of which must occur.

A phrase is a run of words as they stand in the text. A prefix is the beginning of a word as it is written, ``NGH_CT*`` or
``0008,10*``, or of one of its parts; a phrase may end in one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from storage.words import LONGEST, lexeme, words_of

# Keyboards and Slack's own editor turn quotes into these.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PIECE = re.compile(r'"([^"]*)"|([^"\s]+)')
# The beginning of a word: what may stand inside of one, a tag's comma too, with a letter or digit first.
_BEGINNING = re.compile(r"[^\W_][\w\-./:^&+,]*\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """Lexemes that must follow one another; with ``prefix`` the last is only the beginning of one."""

    lexemes: tuple[str, ...]
    prefix: bool = False

    @property
    def shortest(self) -> int:
        """How many characters of a prefix are given; more than any word has where none is."""
        return len(self.lexemes[-1]) if self.prefix else LONGEST + 1


def terms_of(words: str) -> tuple[Term, ...]:
    """The terms of what was typed, each once; an asterisk or a quote that belongs to nothing says nothing."""
    folded = unicodedata.normalize("NFKC", straight_quotes(words)).casefold()
    found = (term for piece in _PIECE.finditer(folded) for term in _terms(piece))
    return tuple(dict.fromkeys(found))


def typed_in(words: str) -> tuple[str, ...]:
    """Each word, ``"phrase"`` and ``prefix*`` as it was typed, once; none that says nothing."""
    pieces = (piece[0] for piece in _PIECE.finditer(straight_quotes(words)))
    return tuple(dict.fromkeys(piece for piece in pieces if terms_of(piece)))


def straight_quotes(text: str) -> str:
    """``text`` with the quotes that keyboards make of ``"`` turned back."""
    return text.translate(_QUOTES)


def _terms(piece: re.Match[str]) -> Iterator[Term]:
    phrase, word = piece.groups()
    lexemes, prefix = _begun(phrase if word is None else word)
    if word is None:
        if lexemes:
            yield Term(lexemes, prefix)
        return
    whole = lexemes[:-1] if prefix else lexemes
    yield from (Term((one,)) for one in whole)
    if prefix:
        yield Term(lexemes[-1:], prefix=True)


def _begun(text: str) -> tuple[tuple[str, ...], bool]:
    """The lexemes of ``text``, and whether the last is the beginning of one."""
    head = text.rstrip()
    found = _BEGINNING.search(head.rstrip("*")) if head.endswith("*") else None
    if found is None:
        return tuple(map(lexeme, words_of(text))), False
    before = map(lexeme, words_of(head[: found.start()]))
    return (*before, lexeme(found[0][:LONGEST])), True
