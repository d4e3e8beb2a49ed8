"""What counts as the value behind a label: a number of a patient or an order, and not a mask, count or ticket.

Every reader takes a folded text and a place, and answers with the end of the value there, or None.
"""

import re

from bot.privacy.dates import is_calendar_date

_IDENTIFIER = re.compile(
    r"(?:[A-Z]{1,6}(?:-\n?|[_/.])?|[a-z]{1,3}[-_/.]?){0,2}"  # a site's or a modality's letters
    r"[0-9][0-9A-Za-z]{0,39}"
    r"(?:[-_/.][0-9A-Za-z]{1,20}|-?\n(?=[0-9]{2,6}\b)[0-9]{2,6}|[ ](?=[0-9]{1,5}(?![0-9A-Za-z:/]))[0-9]{1,5}){0,14}"
)
_MASK = re.compile(r"\*{2}|#{2}|[•█]|[Xx]{3}|[Nn]{4}")
_TICKET = re.compile(
    r"(?:INC|CHG|RITM|REQ|PRB|SCTASK|TASK|CTASK|KB|CASE|SR|RFC|CR|CVE|BURST|UAT|DEF|BUG|JIRA|TKT|HD|WO|PO|FW|BG"
    r"|SCRIPT|VLAN|BUILD|PORT|EI|IT)[-_ ]?[0-9]",
    re.IGNORECASE,
)
_INVENTED = re.compile(
    r"(?:Z{2,3}|TEST|TST|DEMO|DUMMY|PHANTOM|QA|SYN|FAKE|SAMPLE|EXAMPLE|ANON)[A-Z_-]*[0-9]", re.IGNORECASE
)
_OID = re.compile(r"[0-2](?:\.[0-9]+){4,}")
_VERSION = re.compile(r"[vV]?[0-9]{1,3}(?:\.[0-9]{1,4}){1,3}")
_COUNTED = re.compile(
    r"\s*(?:of|out|percent|studies|study|exams?|orders?|records?|patients?|images?|rows?|messages?|files?|entries"
    r"|users?|char(?:acter)?s?|digits?|letters?|bytes?|[kmgt]b|ms|secs?|seconds?|min(?:ute)?s?|hours?|hrs?|days?|times"
    r"|values?|numbers|items?|events?|lines?|were|duplicates?|mismatches|errors?|accessions|mrns|series|results?"
    r"|reports?|objects?|instances?|tickets?|matched|failed|checked|migrated|worklist)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r",[0-9]{3}(?![0-9])")
_PERIOD = re.compile(r"(?:20[0-4][0-9])(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")
_TAG_ELEMENT = re.compile(r", ?[0-9A-Fa-f]{4}\)")
_SURE_DIGITS = 7


def identifier(text: str, start: int, *, fewest: int, surely: bool) -> int | None:
    """The end of an identifier with at least ``fewest`` digits at ``start``.

    ``surely`` says that a sign such as ``:`` introduced it; otherwise what may be a day or a count is none.
    """
    found = _IDENTIFIER.match(text, start)
    if found is None:
        return None
    value = found.group()
    count = sum(letter.isdigit() for letter in value)
    if (
        _TAG_ELEMENT.match(text, found.end())
        or count < fewest
        or is_masked(text, start, found.end())
        or _is_something_else(value)
    ):
        return None
    if _is_counted(text, found.end(), value, count) or (not surely and _PERIOD.fullmatch(value)):
        return None
    return found.end()


def is_masked(text: str, start: int, end: int) -> bool:
    """Whether a value is hidden or stands for any: signs or X instead of digits, or one digit only."""
    digits = {letter for letter in text[start:end] if letter.isdigit()}
    return len(digits) == 1 or _MASK.search(text, max(start - 2, 0), end + 2) is not None


def _is_something_else(value: str) -> bool:
    return (
        _TICKET.match(value) is not None
        or _INVENTED.match(value) is not None
        or _VERSION.fullmatch(value) is not None
        or _OID.match(value) is not None
        or (value[0] in "vV" and value[1:].isdigit())
        or is_calendar_date(value)
    )


def _is_counted(text: str, end: int, value: str, count: int) -> bool:
    """Whether a short number is a count: "10482 records", "120,000"."""
    may_be = value.isdigit() and count < _SURE_DIGITS and not value.startswith("0")
    return may_be and (_COUNTED.match(text, end) or _THOUSANDS.match(text, end)) is not None
