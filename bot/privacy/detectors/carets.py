"""``dicom_pn``: names as DICOM writes them, ``Family^Given^Middle`` (PS3.5 6.2, VR PN)."""

import re
from collections.abc import Iterator

from bot.privacy.imaging_words import IMAGING, PLACEHOLDERS
from bot.privacy.known_names import KNOWN
from bot.privacy.terms import Category, Finding

_NAME = re.compile(
    r"(?<![\w^&'-])(?P<family>[A-Za-z][A-Za-z'-]{1,40})\s?\^{1,2}\s?(?P<given>[A-Za-z][A-Za-z'.-]{0,40})(?!\w)"
    r"(?P<more>(?:\^[A-Za-z0-9'. -]{0,30}){0,4})"
)
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}\|")
_PIECE = re.compile(r"[A-Za-z]+")
# HL7 tables 0396 and 0203: the last part of a coded element or an identifier.
_SCHEMES = frozenset({"l", "ln", "sct", "c4", "radlex", "local", "i9", "i10", "cpt", "dcm", "srt", "scpt"})
_FEWEST_LETTERS = 5
_LONGEST_LINE = 600


def find(text: str) -> Iterator[Finding]:
    """Every name with carets outside HL7 segments that is no code, protocol or placeholder."""
    for found in _NAME.finditer(text):
        if _is_name(found) and not _is_in_segment(text, found.start()):
            yield Finding(found.start(), found.end("given"), Category.DICOM_PN)


def _is_name(found: re.Match[str]) -> bool:
    words = [piece.lower() for piece in _PIECE.findall(found["family"] + " " + found["given"])]
    if any(word in IMAGING or word in PLACEHOLDERS or set(word) <= {"x", "z"} for word in words):
        return False
    known = any(word in KNOWN for word in words)
    more = [part.strip().lower() for part in found["more"].split("^") if part.strip()]
    if not known and more and (more[-1] in _SCHEMES or any(letter.isdigit() for letter in found["more"])):
        return False
    return known or len(found["family"]) + len(found["given"]) >= _FEWEST_LETTERS


def _is_in_segment(text: str, start: int) -> bool:
    if text[start - 1 : start] != "|":
        return False
    line = text.rfind("\n", max(start - _LONGEST_LINE, 0), start) + 1
    return _SEGMENT.match(text, line or max(start - _LONGEST_LINE, 0)) is not None
