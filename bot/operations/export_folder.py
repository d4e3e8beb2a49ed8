"""The folder of an export: its files with their digests, and a manifest that says that it is complete.

``SHA256SUMS`` lists every file as ``sha256sum -c`` reads it. ``manifest.json`` is written last and carries the
digest of that list: without it an export is unfinished, and with it every changed byte shows.
"""

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from bot.errors import BotError

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_BLOCK = 1 << 20


class Digesting(io.RawIOBase):
    """A file that knows the digest of what was written to it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("xb", buffering=0)
        self._sum = hashlib.sha256()

    def writable(self) -> bool:
        """It is written to, and nothing else."""
        return True

    def write(self, data: Any, /) -> int:
        """Write all of ``data``."""
        written = self._file.write(data)
        self._sum.update(memoryview(data)[:written])
        return written

    def close(self) -> None:
        """Close it."""
        if not self.closed:
            self._file.close()
        super().close()

    @property
    def digest(self) -> str:
        """SHA-256 of everything that was written, in hex."""
        return self._sum.hexdigest()


class ExportFolder:
    """A folder that is being written. Raises ``BotError`` for one that holds something already."""

    def __init__(self, path: Path) -> None:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise BotError(f"{path} is not empty; name a folder that is, or one that does not exist")
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)  # what is in it is not for everybody on this machine
        self.path = path
        self._sums = Digesting(path / SUMS)

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """Write the file of that name, its folders with it; it counts when the block ends."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = Digesting(path)
        with io.BufferedWriter(raw, _BLOCK) as out:
            yield cast(BinaryIO, out)
        self._sums.write(f"{raw.digest}  {name}\n".encode())

    def finish(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """Say that it is complete; returns the whole manifest."""
        self._sums.close()
        self._make_durable()
        whole = {**manifest, "sums": self._sums.digest}
        unfinished = self.path / f"{MANIFEST}.part"
        with unfinished.open("x", encoding="utf-8") as out:
            json.dump(whole, out, indent=2, ensure_ascii=False)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(self.path / MANIFEST)
        return whole

    def _make_durable(self) -> None:
        """Wait for the disk, in the end: by then it has most of it, and many files take no longer than a few."""
        with (self.path / SUMS).open(encoding="utf-8") as lines:
            for _, name in map(_digest_and_name, lines):
                self.synced(self.path / name)
        self.synced(self.path / SUMS)

    @staticmethod
    def synced(file: Path) -> None:
        """Wait until what was written to the file is on the disk."""
        with file.open("rb") as written:
            os.fsync(written.fileno())


def manifest_of(path: Path) -> dict[str, Any]:
    """The manifest of a complete export. Raises ``BotError`` when there is none, or it is none."""
    file = path / MANIFEST
    if not file.is_file():
        raise BotError(f"{path} holds no complete export: there is no {MANIFEST}, which is written last")
    try:
        found = json.loads(file.read_bytes())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BotError(f"{file} is no manifest of an export")
    return found


def sums_of(path: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and digest of every file of an export. Raises ``BotError`` when the list is not the manifest's."""
    file = path / SUMS
    if not file.is_file() or digest_of(file) != manifest.get("sums"):
        raise BotError(f"{file} is not the one that the export was finished with")
    with file.open(encoding="utf-8") as lines:
        for digest, name in map(_digest_and_name, lines):
            yield name, digest


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hex, read block by block."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _digest_and_name(line: str) -> tuple[str, str]:
    digest, _, name = line.rstrip("\n").partition("  ")
    return digest, name
