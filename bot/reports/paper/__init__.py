"""The summary as a PDF that can be filed: one page where it fits on one, and behind it the whole log."""

from collections.abc import Sequence
from contextlib import closing

from bot.reports.paper.front import front
from bot.reports.paper.log_pages import LogLine, log_lines, log_pages
from bot.reports.paper.sheet import Imprint, Sheet
from bot.reports.summary import Summary

__all__ = ["LogLine", "log_lines", "to_pdf"]

# The summary takes the largest of these in which it fits on one page, and the largest if it fits in none.
_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)
# Pages in the largest from which on smaller type is tried; what takes more will not fit on one.
_NEARLY = 2


def to_pdf(summary: Summary, log: Sequence[LogLine]) -> bytes:
    """The summary and its log as PDF/A-2U, the same bytes for the same summary and log."""
    with closing(_best(summary)) as sheet:
        log_pages(sheet, log, summary.zone)
        return bytes(sheet.output())


def _best(summary: Summary) -> Sheet:
    large = _fronted(summary, _SIZES[0])
    if large.page_no() == _NEARLY:
        for size in _SIZES[1:]:
            smaller = _fronted(summary, size, large)
            if smaller.page_no() == 1:
                return smaller
    return large


def _fronted(summary: Summary, size: float, tried: Sheet | None = None) -> Sheet:
    at = summary.closed_at or summary.opened_at
    sheet = Sheet(Imprint(summary.key, summary.title, summary.log_head, at), size, tried)
    front(sheet, summary)
    return sheet
