"""The pages behind the summary: every entry of the resolution log with its number and its hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.reports.durations import local_time
from bot.reports.entries import LoggedEntry
from bot.reports.entry_words import told
from bot.reports.labels import Labels
from bot.reports.paper.glyphs import LACKING
from bot.reports.paper.sheet import Sheet
from bot.taskforce.burst import Burst

_SIZE = 7.5
# Wide enough, for each point of the type, for the numbers of a long log.
_NUMBERS = 1.1
_ABOUT = (
    "Every entry that was logged, in order, with its hash. A hash holds its entry and the hash before it: "
    "an entry that is changed, left out, moved or put in no longer fits what follows. Corrections are entries "
    "of their own. What was erased for good reads (erased) and still has its hash."
)
_LACKS = (
    f"{LACKING} stands for a character of a script that the fonts in this paper do not have; the export has"
    " what was written."
)


class HashedEntry(LoggedEntry, Protocol):
    """A stored entry of the log with its place in the chain."""

    @property
    def entry_hash(self) -> str:
        """Its hash in hex, which holds the one before it."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of the log in plain words, with its hash in hex; ``at`` is aware."""

    number: int
    at: datetime
    headline: str
    text: str
    entry_hash: str


def log_lines(burst: Burst, entries: Iterable[HashedEntry], labels: Labels) -> tuple[LogLine, ...]:
    """The burst's entries in plain words."""
    words = ((entry, told(burst, entry, labels)) for entry in entries)
    return tuple(LogLine(one.number, one.at, say.headline, say.text, one.entry_hash) for one, say in words)


def log_pages(sheet: Sheet, lines: Iterable[LogLine], zone: ZoneInfo) -> None:
    """Write the log, on pages of its own."""
    sheet.size = _SIZE
    sheet.add_page()
    sheet.heading("Resolution log")
    sheet.fine(_ABOUT)
    left = sheet.column(_NUMBERS)
    for line in lines:
        sheet.ln(1.2)
        sheet.labelled(str(line.number), line.headline, width=_NUMBERS, bold=True, ours=True)
        if line.text.strip():
            sheet.paragraph(line.text, left=left)
        sheet.fine(f"{local_time(line.at, zone)} · {line.entry_hash}", left=left)
    if sheet.lacks:
        sheet.ln(2.4)
        sheet.fine(_LACKS)
