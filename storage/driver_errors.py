"""What a driver's error means for us: the database is busy, it cannot be used, or the mistake is ours.

Codes: https://www.sqlite.org/rescode.html and https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StorageFault
from storage.faults import StorageBusy

# Locks not granted in time, and deadlocks.
_BUSY_STATES = frozenset({"55P03", "40P01"})
_UNUSABLE = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk cannot be read or written",
    "SQLITE_CORRUPT": "the file is damaged; restore a backup",
    "SQLITE_NOTADB": "the file is not a database",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_READONLY": "the file cannot be written",
}
# Classes of SQLSTATE: connection, resources, operator's doing, system.
# A session that stood still inside a transaction (this process was frozen) is ended by the server.
_ABANDONED = "25P03"
_UNUSABLE_CLASSES = {
    "08": "the connection is lost",
    "53": "the server has no room left",
    "57": "the server was stopped or cut us off",
    "58": "the server's disk cannot be read or written",
}


def as_fault(error: DBAPIError | PoolTimeout) -> StorageFault | None:
    """The fault that ``error`` means, in words and without SQL; None when it is a mistake of ours.

    Nothing of the transaction was committed, except perhaps when a connection was lost in its commit.
    """
    if isinstance(error, PoolTimeout):
        return StorageBusy()
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or state in _BUSY_STATES:
        return StorageBusy()
    why = next((words for code, words in _UNUSABLE.items() if name.startswith(code)), None)
    why = why or _UNUSABLE_CLASSES.get("57" if state == _ABANDONED else state[:2])
    if why is None and isinstance(error, OperationalError) and not name and not state:
        # psycopg has no code for a server that does not answer.
        why = f"{_UNUSABLE_CLASSES['08']} or cannot be made; look at the server and at BURST_DATABASE_URL"
    return None if why is None else StorageFault(f"The database cannot be used: {why}.")


@contextmanager
def faults_told() -> Iterator[None]:
    """Say in words what the driver says in codes: raises ``StorageFault`` for all but mistakes of ours."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        fault = as_fault(error)
        if fault is None:
            raise
        raise fault from error
