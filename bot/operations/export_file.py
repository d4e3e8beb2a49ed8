"""An export as one file, ``.tar`` or ``.zip``: made of its folder when that is complete, and unpacked to be imported.

Files pass block by block. Of a packed export only members with the names that an import reads are unpacked, as plain
files in a folder of their own: no other name, link or path leaves a trace, whatever made the archive.
"""

import re
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from bot.errors import BotError
from bot.operations.export_folder import MANIFEST, SUMS, ExportFolder, sums_of

_BLOCK = 1 << 20
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# A name that is no text is a ValueError, an encrypted member a RuntimeError.
_UNREADABLE = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
_READ = re.compile(
    rf"{re.escape(MANIFEST)}|{SUMS}|data/[a-z_]+\.jsonl|files/[0-9a-f]{{2}}/[0-9a-f]{{2}}/[0-9a-f]{{64}}"
)
# Documents for people, which an import has no use for.
_PASSED_OVER = re.compile(r"(csv|markdown|pdf)/[^\\]+")


def export_to(path: Path) -> ExportFolder:
    """Where an export is written: a folder, or one file if ``path`` ends in ``.tar`` or ``.zip``.

    Raises ``BotError`` for a folder that holds something already, and for a file that exists.
    """
    return ExportFile(path) if path.suffix in _PACKING else ExportFolder(path)


class ExportFile(ExportFolder):
    """A folder beside the file, ``....part``, from which files move into the archive in the end."""

    def __init__(self, path: Path) -> None:
        unfinished = path.with_name(f"{path.name}.part")
        for one in (path, unfinished):
            if one.exists():
                raise BotError(f"{one} exists already; name another file, or remove it if nobody needs it")
        super().__init__(unfinished)
        self._file = path

    def finish(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """Say that it is complete, and pack it; returns the whole manifest."""
        whole = super().finish(manifest)
        packed = self.path / f"packed{self._file.suffix}"
        packed.touch(mode=0o600)
        _PACKING[self._file.suffix](packed, self._moved(whole))
        self.synced(packed)
        packed.rename(self._file)
        shutil.rmtree(self.path)
        return whole

    def _moved(self, manifest: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
        """Each file with its name; it is gone when the next one is asked for, so that two copies of all never exist."""
        yield self.path / MANIFEST, MANIFEST
        yield self.path / SUMS, SUMS
        for name, _ in sums_of(self.path, manifest):
            yield self.path / name, name
            (self.path / name).unlink()


@contextmanager
def unpacked(path: Path, room: Path) -> Iterator[Path]:
    """The folder of an export: ``path`` itself, or what the file there holds, in ``room`` as long as the block lasts.

    Raises ``BotError`` for a file that cannot be read, or holds anything that is no part of an export.
    """
    if path.is_dir():
        yield path
        return
    reading = _READING.get(path.suffix)
    if reading is None:
        raise BotError(f"{path} is neither a folder nor a file that ends in {' or '.join(_READING)}")
    with tempfile.TemporaryDirectory(prefix="import-", dir=room) as folder:
        try:
            reading(path, Path(folder))
        except _UNREADABLE as error:
            raise BotError(f"{path} cannot be unpacked: {error}") from None
        yield Path(folder)


def _tar(target: Path, files: Iterator[tuple[Path, str]]) -> None:
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as archive:
        for path, name in files:
            archive.add(path, name, recursive=False)


def _zip(target: Path, files: Iterator[tuple[Path, str]]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in files:
            archive.write(path, name)


def _from_tar(source: Path, folder: Path) -> None:
    with tarfile.open(source, "r:") as archive:
        for member in archive:
            if member.isdir():
                continue
            if not member.isreg():
                raise BotError(f"{source} holds {member.name!r}, which is no plain file")
            data = archive.extractfile(member)
            if data is not None:
                _unpack(source, member.name, member.size, data, folder)


def _from_zip(source: Path, folder: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        for member in archive.infolist():
            if member.compress_type not in _PACKED:
                raise BotError(
                    f"{source} holds {member.filename!r}, packed as no export is; pack it as usual"
                )
            if not member.is_dir():
                with archive.open(member) as data:
                    _unpack(source, member.filename, member.file_size, data, folder)


def _unpack(source: Path, written: str, size: int, data: IO[bytes], folder: Path) -> None:
    name = written.removeprefix("./")
    if _PASSED_OVER.fullmatch(name) and ".." not in name:
        return
    if not _READ.fullmatch(name):
        raise BotError(f"{source} holds {written!r}, which is no part of an export")
    target = folder / name
    if target.exists():
        raise BotError(f"{source} holds {written!r} twice")
    if size > shutil.disk_usage(folder).free:
        raise BotError(f"{source} needs more room than there is in {folder.parent}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        shutil.copyfileobj(data, out, _BLOCK)


_PACKING: Mapping[str, Callable[[Path, Iterator[tuple[Path, str]]], None]] = {".tar": _tar, ".zip": _zip}
_READING: Mapping[str, Callable[[Path, Path], None]] = {".tar": _from_tar, ".zip": _from_zip}
