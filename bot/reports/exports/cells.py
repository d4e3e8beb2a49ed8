"""Cells of a CSV file that no spreadsheet takes for a formula.

A spreadsheet calculates a cell that begins with ``=``, ``+``, ``-`` or ``@``, and with it whatever somebody wrote
into a burst (https://owasp.org/www-community/attacks/CSV_Injection). Where its separator is another than
the file's, a text may even begin a cell in its middle. An apostrophe before the sign makes it text in both places.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | int | bool | datetime | timedelta | None

# Also in full width, which some spreadsheets read alike.
_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_ENDS_A_CELL = re.compile(r"[;,|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Where a sign may follow that begins a cell: the beginning, and what ends cells; blanks and quotes are passed over.
_BEFORE_A_SIGN = re.compile(r"\A|[;,|\s\x00-\x1f\ufeff\"]+")


def cell(value: Cell) -> str | int:
    """The value as it stands in a file: text that is safe, whole minutes, moments in UTC, yes and no."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return value
        case timedelta():
            return round(value / timedelta(minutes=1))
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        case _:
            return text_cell(value)


def text_cell(text: str) -> str:
    """``text`` with an apostrophe before every sign that could begin a formula; null characters are dropped."""
    return _BEFORE_A_SIGN.sub(_guarded, text.replace("\0", ""))


def _guarded(before: re.Match[str]) -> str:
    found, at = before.group(), before.end()
    begins = before.start() == 0 or _ENDS_A_CELL.search(found)
    return f"{found}'" if begins and before.string[at : at + 1] in _SIGNS else found
