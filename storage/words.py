"""The one tokeniser behind full-text search on both databases: same words, same bursts.

Text becomes words in Unicode NFKC and folded case. What the field writes with punctuation inside is
kept whole and taken apart: ``(0008,1030)``, ``OBR-4.2``, ``NGH_CT_ER1``, ``1.2.840.10008.1.2`` and
``ORM^O01`` are found as written and by their parts.

Neither database's own parser sees punctuation: inside a word it is shifted into Unicode's private use
area, which SQLite's ``ascii`` tokenizer takes as letters, and PostgreSQL is given finished lexemes.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 80

# A DICOM tag is one word with or without its brackets.
_TAG = r"(?<![0-9a-f])[0-9a-f]{4},[0-9a-f]{4}(?![0-9a-f])"
_COMPOUND = r"\w+(?:[-./:^&+_]+\w+)*"
_WRITTEN = re.compile(f"{_TAG}|{_COMPOUND}")
_PART = re.compile(r"[^\W_]+")
_PRIVATE_USE = 0xE000


def words_of(text: str) -> list[str]:
    """The words of ``text`` in order, compounds followed by their parts; a word may come twice."""
    return list(_words(unicodedata.normalize("NFKC", text).casefold()))


def lexeme(word: str) -> str:
    """``word`` in the form in which it is indexed: no ASCII punctuation, no quotes, no operators."""
    return "".join(
        character if character.isalnum() or not character.isascii() else chr(_PRIVATE_USE + ord(character))
        for character in word
    )


def label(name: str, value: str) -> str:
    """A lexeme that stands for a filter, such as the site.

    No text ever yields it, nor the beginning of one: no word begins with ``=``, and it joins none.
    """
    return lexeme(f"={name}={unicodedata.normalize('NFKC', value).casefold()}")


def _words(folded: str) -> Iterator[str]:
    for found in _WRITTEN.finditer(folded):
        written = found[0][:LONGEST]
        parts = [part[:LONGEST] for part in _PART.findall(found[0])]
        if parts != [written]:
            yield written
        yield from parts
