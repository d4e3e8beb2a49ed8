"""One process owns an SQLite file.

Two processes that write or checkpoint one WAL database can corrupt it with SQLite 3.7.0 to 3.51.2
(https://www.sqlite.org/wal.html, "the WAL-reset bug"), and the write queue orders one process only. A
lock file beside the database refuses the second. The kernel drops the lock with the process, however
it ends, so nothing stale is left behind.
"""

import fcntl
import os
from pathlib import Path

from storage.faults import InUse


class Ownership:
    """The lock on ``<database>.lock``, held from construction to ``release``.

    Raises ``InUse`` when another process, or another store of this one, holds it.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._file = self.path.open("a+", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            self._file.seek(0)
            owner = self._file.read().strip() or "unknown"
            self._file.close()
            raise InUse(database, owner) from taken
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Let somebody else own the database."""
        self._file.close()
