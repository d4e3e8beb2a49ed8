"""Copies of files, in a folder beside the database, each named by what is in it.

The copy of a file with the SHA-256 ``abcd...`` is ``files/ab/cd/abcd...``: the same file is kept once, and a copy
that was altered is told by its own name. A copy appears whole or not at all, and is on the disk before anybody
hears of it.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

FOLDER = "files"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HEAD = 512
_ARRIVING = ".arriving-"
_OURS_ALONE = 0o600


class Arriving:
    """A file on its way in: written piece by piece, kept by ``keep``, gone without it."""

    def __init__(self, folder: Path, temporary: IO[bytes]) -> None:
        self._folder = folder
        self._temporary = temporary
        self._hash = hashlib.sha256()
        self.path = Path(temporary.name)
        self.size = 0
        self.head = b""

    def write(self, piece: bytes) -> None:
        """Take the next bytes. ``head`` has the first few hundred of the file, which tell what it is."""
        self._temporary.write(piece)
        self._hash.update(piece)
        self.size += len(piece)
        if len(self.head) < _HEAD:
            self.head += piece[: _HEAD - len(self.head)]

    def content(self) -> bytes:
        """Everything that was written so far."""
        self._temporary.flush()
        return self.path.read_bytes()

    def keep(self) -> str:
        """Put the copy in its place, durably; returns its digest."""
        digest = self._hash.hexdigest()
        self._temporary.flush()
        os.fsync(self._temporary.fileno())
        place = _place(self._folder, digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(place)
        for folder in (place.parent, place.parent.parent, self._folder):
            _sync(folder)
        return digest


class KeptFiles:
    """The copies in the data directory. Thread safe: a copy that arrives twice at once is the same file."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    @contextmanager
    def arriving(self) -> Iterator[Arriving]:
        """Room for a file on its way in, on the disk where it will stay. Raises ``OSError`` when there is none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, prefix=_ARRIVING, delete=False) as temporary:
            arriving = Arriving(self._folder, temporary)
            try:
                arriving.path.chmod(_OURS_ALONE)
                yield arriving
            finally:
                arriving.path.unlink(missing_ok=True)

    def tidy(self, before: float) -> int:
        """Remove what arrived in part before this wall time, as its process was killed; returns how many there were."""
        gone = 0
        for one in self._folder.glob(f"{_ARRIVING}*"):
            with suppress(FileNotFoundError):  # it has arrived meanwhile
                if one.stat().st_mtime < before:
                    one.unlink()
                    gone += 1
        return gone

    def path(self, digest: str) -> Path | None:
        """Where the copy with this digest is; None when there is none. Raises ``ValueError`` for what is no digest."""
        place = _place(self._folder, digest)
        return place if place.is_file() else None

    def intact(self, digest: str) -> bool:
        """Whether the copy is there and has in it what its name says."""
        place = self.path(digest)
        if place is None:
            return False
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def forget(self, digest: str) -> bool:
        """Remove the copy; False when there is none. Whether anything still needs it is for the caller to know."""
        place = self.path(digest)
        if place is None:
            return False
        place.unlink(missing_ok=True)
        return True


def kept_file(digest: str) -> str:
    """Where the copy with that digest is, in the data folder and in an export."""
    return f"{FOLDER}/{digest[:2]}/{digest[2:4]}/{digest}"


def _place(folder: Path, digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256 digest")
    return folder / digest[:2] / digest[2:4] / digest


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
