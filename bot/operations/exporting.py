"""The whole of what is kept, or that of some bursts, as JSON Lines: enough to restore it elsewhere.

One file for each table, one JSON object a line, in an order that needs no looking back, all from one moment
of the database. ``bot.operations.importing`` reads it again.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from bot.operations.export_folder import ExportFolder
from storage import Unit
from storage.kept_files import kept_file
from storage.portable import PAGE, Wanted, documents

FORMAT = "issue-burst export"
FORMAT_VERSION = 1
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_DIGEST = re.compile("[0-9a-f]{64}")

# Told how many more rows are done.
Progress: TypeAlias = Callable[[int], object]


def data_file(table: str) -> str:
    """Where the rows of a table are."""
    return f"data/{table}.jsonl"


def row_counts(unit: Unit, wanted: Wanted) -> dict[str, int]:
    """How many rows of each table travel."""
    return {name: unit.portable.count(name, wanted) for name in unit.portable.tables(wanted)}


@dataclass(slots=True)
class Written:
    """What was written: how many rows of each table, and the digests of the files that they name."""

    rows: dict[str, int] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)


def write_rows(unit: Unit, wanted: Wanted, folder: ExportFolder, progress: Progress) -> Written:
    """Write every row that travels, the tables in the order in which they can be put back."""
    written = Written()
    for name in unit.portable.tables(wanted):
        _write_table(unit, name, wanted, folder, written, progress)
    return written


def write_files(data_dir: Path, digests: Iterable[str], folder: ExportFolder) -> int:
    """Copy the files with these digests that are kept beside the database; returns how many there are."""
    count = 0
    for digest in sorted(digests):
        name = kept_file(digest)
        if (data_dir / name).is_file():
            with (data_dir / name).open("rb") as source, folder.file(name) as out:
                shutil.copyfileobj(source, out)
            count += 1
    return count


def manifest(unit: Unit, wanted: Wanted, written: Written | None) -> dict[str, Any]:
    """What the export holds and, where rows were ``written``, how to read them again."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "schema": unit.revision(),
        "everything": wanted.everything,
        "bursts": unit.portable.count("burst", wanted),
        **({} if written is None else _to_restore(unit, wanted, written)),
    }


def _to_restore(unit: Unit, wanted: Wanted, written: Written) -> dict[str, Any]:
    return {"rows": written.rows, "highest": unit.portable.highest() if wanted.everything else {}}


def _write_table(
    unit: Unit, name: str, wanted: Wanted, folder: ExportFolder, written: Written, progress: Progress
) -> None:
    rows = unit.portable.rows(name, wanted)
    written.rows[name] = 0
    with folder.file(data_file(name)) as out:
        while page := [*islice(rows, PAGE)]:
            out.writelines(_LINE.encode(row).encode() + b"\n" for row in page)
            for column in documents(name):
                for row in page:
                    if row[column]:
                        written.digests.update(_digests(row[column]))
            written.rows[name] += len(page)
            progress(len(page))


def _digests(value: object) -> Iterator[str]:
    """Every digest that stands anywhere in a document: whatever row names a file, the file goes with it."""
    if isinstance(value, str):
        if _DIGEST.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        yield from _digests([*value.values()])
    elif isinstance(value, Sequence):
        for one in value:
            yield from _digests(one)
