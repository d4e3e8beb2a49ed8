"""The same rows by hand: what an operation of ours wrote is recorded, and written again by the bare driver."""

import pickle
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Protocol, TypeAlias

from sqlalchemy import event

from storage import Store
from tests.bench.ground import FILE

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Write(NamedTuple):
    """One statement, in the driver's own style."""

    statement: str
    parameters: Any
    many: bool

    @property
    def rows(self) -> Sequence[Any]:
        """The parameters of each time that it is run."""
        return self.parameters if self.many else (self.parameters,)


Transaction: TypeAlias = tuple[Write, ...]


class Cursor(Protocol):
    """What both drivers' cursors have."""

    @property
    def description(self) -> Any:
        """None when the statement returns no rows."""

    def execute(self, statement: Any, parameters: Any) -> object:
        """Run a statement."""

    def executemany(self, statement: Any, parameters: Any) -> object:
        """Run a statement for each of many parameters."""

    def fetchall(self) -> Sequence[object]:
        """All rows that it returned."""


def _owned(given: Any) -> Any:
    """Parameters that outlive their statement: the driver's views of bytes become bytes."""
    if isinstance(given, dict):
        return {name: _owned(value) for name, value in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(_owned(value) for value in given)
    return bytes(given) if isinstance(given, memoryview) else given


@contextmanager
def recorded(store: Store) -> Iterator[list[Transaction]]:
    """Everything that is written through ``store`` inside the block, one element for each transaction."""
    transactions: list[Transaction] = []
    writes: list[Write] = []

    def written(
        _connection: object, _cursor: object, statement: str, given: Any, _context: object, many: Any
    ) -> None:
        if statement.lstrip().startswith(_WRITES):
            writes.append(Write(statement, _owned(given), bool(many)))

    def committed(_connection: object) -> None:
        transactions.append(tuple(writes))
        writes.clear()

    hooks = (("before_cursor_execute", written), ("commit", committed))
    for name, hook in hooks:
        event.listen(store._writer, name, hook)
    try:
        yield transactions
    finally:
        for name, hook in hooks:
            event.remove(store._writer, name, hook)


def replay(cursor: Cursor, transaction: Transaction) -> None:
    """Write it again in the transaction at hand."""
    for write in transaction:
        if write.many:
            cursor.executemany(write.statement, write.parameters)
        else:
            cursor.execute(write.statement, write.parameters)
            if cursor.description is not None:
                cursor.fetchall()  # SQLite has not finished a RETURNING before it is read


class BareWriter:
    """One durable SQLite connection behind a lock, that writes one recorded transaction after the other."""

    def __init__(self, folder: Path, transactions: Sequence[Transaction]) -> None:
        self._connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._next = cycle(transactions)
        self._lock = Lock()

    def write(self) -> None:
        """Commit the next one."""
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            replay(cursor, next(self._next))
            cursor.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def keep(folder: Path, transactions: Sequence[Transaction]) -> None:
    """Leave what was recorded beside a database, for another process."""
    (folder / "written.pickle").write_bytes(pickle.dumps(list(transactions)))


def kept(folder: Path) -> list[Transaction]:
    """What was left there."""
    found: list[Transaction] = pickle.loads((folder / "written.pickle").read_bytes())  # noqa: S301 - our own file
    return found


def about(transaction: Transaction, recorded_burst: int, burst: int) -> Transaction:
    """The same transaction about another burst; the recorded one's number must mean nothing else in it."""
    return tuple(
        Write(write.statement, _renumbered(write.parameters, recorded_burst, burst), write.many)
        for write in transaction
    )


def _renumbered(given: Any, was: int, now: int) -> Any:
    if isinstance(given, dict):
        return {name: _renumbered(value, was, now) for name, value in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(_renumbered(value, was, now) for value in given)
    if isinstance(given, str):
        return given.replace(str(was), str(now))
    return now if type(given) is int and given == was else given
