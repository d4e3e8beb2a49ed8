"""What labels announce: ``mrn``, ``accession``, ``dob``, ``insurance``, ``national_id``, names and addresses."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from bot.privacy.context import LEADING, around
from bot.privacy.dates import date
from bot.privacy.labelled import Hint, Labels, Reader, Rule
from bot.privacy.labels import DICOM_TAGS, FIELDS, LABELS, phrases
from bot.privacy.person_names import caret_name, full_name, has_known_name, is_placeholder, lower_name
from bot.privacy.terms import Category, Finding
from bot.privacy.tokens import Token
from bot.privacy.values import identifier
from bot.privacy.wordlists import words

_SURELY_WHOLE = 6
_MOST_STRAYS = 5
_NUMBERS = frozenset({Category.MRN, Category.ACCESSION})
_STRIKING = re.compile(
    r"(?:[A-Z]{1,4}-?)?(?:0[0-9]{5,11}|(?!20[0-4][0-9](?:0[1-9]|1[0-2])[0-3])[0-9]{7,12})(?![\w.:/-]\w)"
)
_WHOLE = re.compile(r"[0-9]{6}")
_ALONE = re.compile(r"[ \t'\"*)\]}.,;]{0,3}(?:\n|$)|[ \t]?[,;|]")
_NUMBERED = re.compile(r"(?:[A-Z]{1,5}[-_/]?)?[0-9][0-9A-Z/-]{3,20}(?![\w/-])")
_DATED = re.compile(
    r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{2,4}(?![0-9])|[0-9]{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? [0-9]{4}|[0-9]{8}(?![0-9])"
)
_QUOTED = re.compile(r"(?<=[\[\"'>])[^\]\"'<>\n=:]{2,64}(?=[\]\"'<])")
_STREET_OR_CODE = re.compile(
    r"[0-9]{1,5}[A-Za-z]?,? [A-Za-z]|[A-Z][A-Za-z-]{3,30} [0-9]{1,4}\b|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b|[0-9]{5}\b"
)
# Words of a header line between a DICOM tag and its value.
_HEADER = LEADING | words(
    "name names birth date s time other ids address telephone numbers accession placer filler order requested procedure as alphabetic keyword"
    " number family given dicom attribute person issuer of mother length vm tag element"
)
# Lengths that tools print between.
_TAG_PASSED = _HEADER | {str(length) for length in range(1, 130)}
_BANNER = re.compile(r"(?<![\w-])(?:ID|Id|id)\.?\s?[:=#]\s?(?=[A-Z0-9])")
_BESIDE_BANNER = re.compile(r"\b(?:dob|sex|gender|age|patient|pt|birth|geb|m/f)\b", re.IGNORECASE)
_ANOTHER_ID = re.compile(
    r"\b(?:user|account|login|staff|employee|session|device|vendor|ae|meeting|ticket|message|job|batch|app|client|event|rule|asset)\b",
    re.IGNORECASE,
)
_NEAR = 50


def _number(fewest: int) -> Reader:
    def read(text: str, start: int, hint: Hint) -> int | None:
        if hint.glued and _WHOLE.match(text, start) is None:
            return None  # ACC01_11112 is an AE title
        if hint.astray and _STRIKING.match(text, start) is None:
            return None
        enough = max(fewest, _SURELY_WHOLE) if hint.loosely else fewest
        end = identifier(text, start, fewest=enough, surely=hint.surely)
        if (
            end is not None
            and hint.loosely
            and "\n" in text[max(start - 3, 0) : start]
            and not _ALONE.match(text, end)
        ):
            return None
        return end

    return read


def _listed(text: str, start: int, hint: Hint) -> int | None:
    """A number behind "patients:", too long for their count."""
    return identifier(text, start, fewest=7, surely=True) if hint.surely or hint.loosely else None


def _date(text: str, start: int, _hint: Hint) -> int | None:
    return date(text, start)


def _name(text: str, start: int, hint: Hint) -> int | None:
    end = caret_name(text, start) or full_name(text, start)
    if end is None and (hint.surely or hint.loosely):
        end = lower_name(text, start)
    if end is None or (hint.loosely and not has_known_name(text[start:end])):
        return None
    return end


def _tagged_name(text: str, start: int, hint: Hint) -> int | None:
    end = caret_name(text, start) or full_name(text, start)
    if end is not None:
        return end
    quoted = _QUOTED.match(text, start)
    if quoted is None or not hint.surely or is_placeholder(quoted.group()):
        return None
    return None if all(word in _HEADER for word in quoted.group().lower().split()) else quoted.end()


def _address(text: str, start: int, hint: Hint) -> int | None:
    found = _STREET_OR_CODE.match(text, start)
    return found.end() if found and not hint.glued else None


_READERS: dict[Category, tuple[Reader, re.Pattern[str] | None]] = {
    Category.MRN: (_number(5), _NUMBERED),
    Category.ACCESSION: (_number(4), _NUMBERED),
    Category.INSURANCE: (_number(6), _NUMBERED),
    Category.NATIONAL_ID: (_number(6), None),
    Category.DOB: (_date, _DATED),
    Category.PATIENT_NAME: (_name, None),
    Category.ADDRESS: (_address, None),
}
_TAGGED: dict[str, Callable[[str, int, Hint], int | None]] = {
    "name": _tagged_name,
    "number": _number(4),
    "date": _date,
    "any": _tagged_name,
}


@cache
def labels() -> Labels:
    """The tree of every label, built once."""
    tree = Labels()
    for patterns_by_category in (LABELS, FIELDS):
        for category, patterns in patterns_by_category.items():
            read, shapes = _READERS[category]
            strays = _MOST_STRAYS if category in _NUMBERS else 0
            tree.add(phrases(patterns), Rule(category, read, shapes, strays=strays))
    tree.add(
        ((word,) for word in ("patient", "pt", "pat")),
        Rule(Category.MRN, _number(_SURELY_WHOLE), passed=frozenset()),
    )
    tree.add((("patients",),), Rule(Category.MRN, _listed, passed=frozenset()))
    for category, kind, tags in DICOM_TAGS:
        tree.add(tags, Rule(category, _TAGGED[kind], passed=_TAG_PASSED))
    return tree


def find(text: str, pieces: list[Token]) -> Iterator[Finding]:
    """Every labelled identifier."""
    yield from labels().find(text, pieces)
    for found in _BANNER.finditer(text):
        context = around(text, found.start(), found.end(), _NEAR)
        end = identifier(text, found.end(), fewest=_SURELY_WHOLE, surely=True)
        if end is not None and _BESIDE_BANNER.search(context) and not _ANOTHER_ID.search(context):
            yield Finding(found.end(), end, Category.MRN)
