"""The formats in which bursts are exported for people, written together in one pass over the bursts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import TypeAlias

from bot.operations.export_folder import ExportFolder
from bot.operations.exporting import Progress
from bot.reports.exports.csv_files import csv_files
from bot.reports.exports.markdown_tree import markdown_tree
from bot.reports.exports.pdf_tree import pdf_tree
from bot.reports.exports.records import Record

_Writer: TypeAlias = Callable[[ExportFolder], AbstractContextManager[Callable[[Record], None]]]

DOCUMENTS: Mapping[str, _Writer] = {"csv": csv_files, "markdown": markdown_tree, "pdf": pdf_tree}


def write_documents(
    records: Iterable[Record], formats: Sequence[str], folder: ExportFolder, progress: Progress
) -> None:
    """Write the bursts in each of these formats, which are among ``DOCUMENTS``."""
    with ExitStack() as open_formats:
        writers = [open_formats.enter_context(DOCUMENTS[name](folder)) for name in formats]
        for record in records:
            for write in writers:
                write(record)
            progress(1)
