"""A text as words, runs of digits and single signs, the way labels are compared: lower case, compounds apart."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:'[^\W\d_]{1,2}(?![^\W\d_]))?)|(?P<digits>\d+)|(?P<sign>[^\w \t]|_)"
)
_HUMP = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]?[a-z]+(?:'[a-z]+)?|[A-Z]+(?![a-z])|[A-Z]|'[a-z]+")
_SHORTEST_COMPOUND = 4  # DoB is one word
_LONGEST_COMPOUND = 60


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A piece of a folded text: its letters in lower case (without a possessive ``'s``) and its place."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a folded text; blanks are left out, line ends are kept."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match["word"]
        if word is not None and _is_compound(word):
            found += _parts(word, match.start())
        else:
            found.append(_token(match.group(), match.start()))
    return found


def _is_compound(word: str) -> bool:
    plain = word.islower() or word.isupper() or word[1:].islower()
    return not plain and _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND and word.isascii()


def _parts(word: str, start: int) -> list[Token]:
    return [_token(part.group(), start + part.start()) for part in _HUMP.finditer(word)]


def _token(text: str, start: int) -> Token:
    lower = text.lower()
    return Token(lower.removesuffix("'s") if len(lower) > 2 else lower, start, start + len(text))  # noqa: PLR2004 - 's alone
