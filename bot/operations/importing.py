"""An export (``bot.operations.exporting``) put into an empty database: all of it, or nothing.

The files are compared with their digests before anything is written. The rows are then one transaction, so
an import that is interrupted leaves the database as empty as it was, and can be begun again.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.operations.export_folder import MANIFEST, digest_of, manifest_of, sums_of
from bot.operations.exporting import FORMAT, FORMAT_VERSION, Progress, data_file
from storage import Unit
from storage.kept_files import kept_file
from storage.portable import travelling

_PAGE = 1_000
_WRITABLE_BY_OWNER = 0o600


@dataclass(frozen=True, slots=True)
class Import:
    """A complete and unchanged export: where it is, how many rows of each table it has, the files in it.

    ``sums`` is the digest of the list of everything in it, and so stands for the whole.
    """

    folder: Path
    rows: Mapping[str, int]
    highest: Mapping[str, int]
    files: tuple[str, ...]
    schema: str
    sums: str

    def count(self, table: str) -> int:
        """How many rows of a table it has."""
        return self.rows.get(table, 0)


def verified(folder: Path) -> Import:
    """The export in ``folder``, every byte compared with its digest.

    Raises ``BotError`` when it is unfinished, of another version, without rows, or not as it was written.
    """
    manifest = manifest_of(folder)
    found = (manifest.get("format"), manifest.get("format_version"))
    if found != (FORMAT, FORMAT_VERSION):
        raise BotError(
            f"{folder} is {found[0]}, version {found[1]}; this version reads {FORMAT}, {FORMAT_VERSION}"
        )
    if "rows" not in manifest:
        raise BotError(f"{folder} was not exported as jsonl; only that can be imported")
    rows, highest = (_numbers(folder, manifest.get(name)) for name in ("rows", "highest"))
    wanted = {data_file(name) for name in rows}
    files = []
    for name, digest in sums_of(folder, manifest):
        kept = name == kept_file(digest)
        if kept or name in wanted:
            if not (folder / name).is_file() or digest_of(folder / name) != digest:
                raise BotError(f"{folder / name} is missing, or not what was exported")
            wanted.discard(name)
            files += [name] if kept else []
    if wanted:
        raise BotError(f"{folder} lacks {', '.join(sorted(wanted))}")
    return Import(folder, rows, highest, tuple(files), str(manifest.get("schema")), manifest["sums"])


def require_room(unit: Unit, found: Import) -> None:
    """Raise ``BotError`` when the database is not empty, or its schema is not the export's."""
    if found.schema != unit.revision():
        raise BotError(
            f"The export has schema revision {found.schema}, and this version reads {unit.revision()} alone; none with another "
            "schema was ever released. Import it with the code that made it, bring that database to this version with "
            "`burst db upgrade`, and use it as it is, or export it again."
        )
    if unknown := sorted(set(found.rows) - set(travelling())):
        raise BotError(f"The export has rows of {', '.join(unknown)}, which this version does not know")
    if occupied := unit.restoring.occupied():
        raise BotError(
            f"The database is not empty: there is something in {', '.join(occupied)}. Import into a new one; "
            "`burst db upgrade` makes it."
        )


def restore(unit: Unit, found: Import, progress: Progress) -> int:
    """Put every row where it belongs; returns how many summaries are in the archive again.

    Raises ``BotError`` for a row that does not fit, and then nothing of it may be committed.
    """
    require_room(unit, found)
    unit.restoring.begin()
    for name, count in found.rows.items():
        stored = 0
        for page in _pages(found.folder / data_file(name)):
            unit.restoring.insert(name, page)
            stored += len(page)
            progress(len(page))
        if stored != count:
            raise BotError(f"{data_file(name)} has {stored} rows, and the manifest says {count}")
    return unit.restoring.finish(found.highest)


def restore_files(found: Import, data_dir: Path) -> int:
    """Put the files into the data folder, those that are not there yet; returns how many the export has."""
    for name in found.files:
        target = data_dir / name
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{target.name}.part")
        shutil.copyfile(found.folder / name, unfinished)
        with unfinished.open("rb+") as copied:
            os.fsync(copied.fileno())
        unfinished.chmod(_WRITABLE_BY_OWNER)
        unfinished.rename(target)
    return len(found.files)


def _numbers(folder: Path, told: object) -> dict[str, int]:
    """What a manifest says of tables."""
    if not isinstance(told, dict) or not all(type(one) is int for one in told.values()):
        raise BotError(f"{folder / MANIFEST} is no manifest of an export")
    return told


def _pages(file: Path) -> Iterator[Sequence[dict[str, Any]]]:
    with file.open("rb") as lines:
        while page := [_row(file, line) for line in islice(lines, _PAGE)]:
            yield page


def _row(file: Path, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BotError(f"{file} has a line that is no JSON object")
    return found
