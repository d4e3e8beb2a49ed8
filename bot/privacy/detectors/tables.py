"""Pasted tables: a heading that names identifiers, and the cells under it, in CSV, tabs, pipes or columns of blanks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.privacy.detectors.identifiers import labels
from bot.privacy.labelled import Hint, Rule
from bot.privacy.person_names import full_name, lower_name
from bot.privacy.terms import Category, Finding
from bot.privacy.tokens import tokens

_CUTS = (re.compile(r"\t"), re.compile(r"\|"), re.compile(r";"), re.compile(r","), re.compile(r" {2,}"))
_RULE = re.compile(r"[\s|:+=-]*")
_QUOTES = " \t\"'*"
_LONGEST_HEADING = 600
_LONGEST_CELL = 80
_IN_CELL = Hint(surely=True, glued=False, loosely=False)
_NAMES = frozenset({"name", "patient", "full name", "surname", "last name", "family name", "pat", "pt"})


class _Column(NamedTuple):
    place: int
    rule: Rule | None
    named: bool
    """Whether names stand in it, or may."""


class _Line(NamedTuple):
    start: int
    text: str


def find(text: str) -> Iterator[Finding]:
    """Every cell with an identifier under a heading that names it."""
    if "\n" not in text:
        return  # nothing stands under a heading
    heading: tuple[re.Pattern[str], list[_Column]] | None = None
    for line in _lines(text):
        if not line.text.strip() or _RULE.fullmatch(line.text):
            heading = heading if line.text.strip() else None
            continue
        following = _heading(line.text)
        if following is not None:
            heading = following
        elif heading is not None:
            yield from _cells(text, line, *heading)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line(start, line)
        start += len(line) + 1


def _heading(line: str) -> tuple[re.Pattern[str], list[_Column]] | None:
    if len(line) > _LONGEST_HEADING or sum(letter.isdigit() for letter in line) > 2:  # noqa: PLR2004 - PID-3 in a heading
        return None
    for cut in _CUTS:
        cells = cut.split(line)
        if len(cells) < 2:  # noqa: PLR2004 - a table has two columns
            continue
        columns = [column for place, cell in enumerate(cells) if (column := _column(place, cell)) is not None]
        if any(column.rule is not None for column in columns):
            return cut, columns
    return None


def _column(place: int, cell: str) -> _Column | None:
    words = tokens(cell.strip(_QUOTES).replace("_", " "))
    rule = labels().rule_of(words)
    named = " ".join(word.text for word in words) in _NAMES
    return _Column(place, rule, named=named) if rule is not None or named else None


def _cells(text: str, line: _Line, cut: re.Pattern[str], columns: list[_Column]) -> Iterator[Finding]:
    places = _places(line, cut)
    for column in columns:
        if column.place >= len(places):
            continue
        start, end = places[column.place]
        start += len(text[start:end]) - len(text[start:end].lstrip(_QUOTES))
        if end - start <= _LONGEST_CELL:
            yield from (found for found in _read(text, start, column) if found.end <= end)


def _read(text: str, start: int, column: _Column) -> Iterator[Finding]:
    if column.named and (end := full_name(text, start) or lower_name(text, start)):
        yield Finding(start, end, Category.PATIENT_NAME)
    elif column.rule and (end := column.rule.read(text, start, _IN_CELL)):
        yield Finding(start, end, column.rule.category)


def _places(line: _Line, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the cells of a line begin and end in the text; a quoted comma parts nothing."""
    masked = re.sub(r'"[^"]{0,80}"', lambda quoted: "_" * len(quoted.group()), line.text)
    places = []
    start = 0
    for mark in cut.finditer(masked):
        places.append((line.start + start, line.start + mark.start()))
        start = mark.end()
    places.append((line.start + start, line.start + len(line.text)))
    return places
