"""Bursts, their logs, clocks and lost time as CSV files for spreadsheets (RFC 4180, UTF-8 with a byte order mark).

The mark is for spreadsheets that would otherwise read the bytes in a language's own encoding.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from bot.operations.export_folder import ExportFolder
from bot.reports.exports.cells import cell
from bot.reports.exports.csv_tables import BURSTS, CLOCKS, DELAYS, LOG, Table
from bot.reports.exports.records import Record

_TABLES: Mapping[str, Table[Any]] = {"bursts": BURSTS, "log": LOG, "clocks": CLOCKS, "delays": DELAYS}


@contextmanager
def csv_files(folder: ExportFolder) -> Iterator[Callable[[Record], None]]:
    """Write ``csv/bursts.csv``, ``log.csv``, ``clocks.csv`` and ``delays.csv``; what it gives takes one burst after the other."""
    with ExitStack() as open_files:
        writers = [open_files.enter_context(_file(folder, name, one)) for name, one in _TABLES.items()]

        def add(record: Record) -> None:
            for write in writers:
                write(record)

        yield add


@contextmanager
def _file(folder: ExportFolder, name: str, table: Table[Any]) -> Iterator[Callable[[Record], None]]:
    with folder.file(f"csv/{name}.csv") as out:
        # What somebody wrote may hold half a surrogate pair, which no encoding has.
        text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="")
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(table.columns)

        def write(record: Record) -> None:
            lines.writerows([cell(value) for value in row] for row in table.rows(record))

        yield write
        text.detach()
