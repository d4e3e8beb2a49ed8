"""Bursts as PDF: a folder for each year in which they were opened (UTC), a file for each with summary and log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.operations.export_folder import ExportFolder
from bot.reports.exports.records import Record
from bot.reports.paper import log_lines, to_pdf


@contextmanager
def pdf_tree(folder: ExportFolder) -> Iterator[Callable[[Record], None]]:
    """Write ``pdf/2026/BURST-42.pdf`` and its like; what it gives takes one burst after the other."""

    def add(record: Record) -> None:
        written = to_pdf(record.summary, log_lines(record.burst, record.entries, record.labels))
        with folder.file(f"pdf/{record.burst.opened_at.year}/{record.burst.key}.pdf") as out:
            out.write(written)

    yield add
