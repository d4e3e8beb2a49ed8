"""An open database. ``read()`` and ``write()`` each give one transaction as a ``Unit``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from storage import engine, revisions
from storage.driver_errors import faults_told
from storage.fair_lock import FairLock
from storage.faults import StorageBusy, WrongRevision
from storage.kept_files import KeptFiles
from storage.ownership import Ownership
from storage.policies import PolicyCache
from storage.unit import Unit


class Store:
    """A database at the right revision. On SQLite this process owns the file until ``close``.

    ``files`` are the copies of evidence beside it, in the data directory.
    """

    def __init__(self, writer: Engine, reader: Engine, ownership: Ownership | None, files: KeptFiles) -> None:
        self.files = files
        self._writer = writer
        self._reader = reader
        self._ownership = ownership
        self._turns = FairLock() if ownership is not None else None
        self._cache = PolicyCache()

    @classmethod
    def open(cls, url: str, *, data_dir: Path) -> "Store":
        """Open the database that ``url`` names; a relative SQLite file lies in ``data_dir``.

        Raises ``StorageFault`` when it is at another revision, in use, or cannot be reached.
        """
        parsed = engine.parse(url)
        if parsed.get_backend_name() == "postgresql":
            writer = engine.postgres_writer(parsed)
            store = cls(writer, engine.postgres_reader(writer), None, KeptFiles(data_dir))
        else:
            path = engine.sqlite_path(parsed, data_dir)
            if not path.exists():
                raise WrongRevision(None, revisions.wanted())
            ownership = Ownership(path)
            store = cls(
                engine.sqlite_writer(path), engine.sqlite_reader(path), ownership, KeptFiles(data_dir)
            )
        try:
            store._check_revision()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def exclusive(self) -> bool:
        """Whether no other process can be at work on this database: on SQLite we own the file."""
        return self._ownership is not None

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A transaction that only reads, and sees one moment of the database. Raises ``StorageFault``."""
        with faults_told(), self._reader.connect() as connection, connection.begin():
            yield Unit(connection, self._cache, writing=False)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A transaction that commits when the block ends, and leaves nothing behind when it raises.

        Writers of this process queue fairly. Raises ``StorageBusy`` when the turn does not come in time,
        and ``StorageFault`` when the database cannot be used.
        """
        with self._turn(), faults_told(), self._writer.begin() as connection:
            yield Unit(connection, self._cache, writing=True)

    def scrub(self) -> None:
        """Let nothing that was erased linger in an SQLite file: in the index of words, or in the write-ahead log.

        PostgreSQL does the like with its own VACUUM. Work is done in short transactions, others between them.
        """
        if self._ownership is None:
            return
        merging = True
        while merging:
            with self.write() as unit:
                merging = unit.archives.merge_words()
        with self._turn(), faults_told():
            # Not within a transaction: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
            connection = self._writer.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def close(self) -> None:
        """Let go of every connection, and of the file."""
        self._reader.dispose()
        self._writer.dispose()
        if self._ownership is not None:
            self._ownership.release()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._turns is None:
            yield
            return
        with self._turns.turn(engine.LOCK_WAIT_FOR) as mine:
            if not mine:
                raise StorageBusy
            yield

    def _check_revision(self) -> None:
        with faults_told(), self._writer.connect() as connection:
            found = revisions.current(connection)
        if found != revisions.wanted():
            raise WrongRevision(found, revisions.wanted())
