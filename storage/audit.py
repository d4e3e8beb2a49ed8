"""What was done to the installation as a whole, by whom and when: exports, restores, erasures, holds.

One log for all of it, append-only and chained like a burst's, so that an entry cannot be rewritten, moved
or cut out unseen; salt and body can be forgotten. Its entries are those of burst 0, which is none.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.taskforce import logbook
from bot.taskforce.anchoring import Anchor, verify
from bot.taskforce.entry_names import Names
from bot.taskforce.logbook import GENESIS, OF_NO_BURST
from bot.taskforce.tampering import Finding, Tip
from storage.conflicts import insert_unless_there
from storage.lying_rows import lying_row
from storage.reading import columns_as_given
from storage.tables import AuditRecord, Counter, table
from storage.terms import AuditKind

_AUDIT, _COUNTER = table(AuditRecord), table(Counter)
_NAME = "audit"
_SALT_BYTES = 16
# The counter's row is locked until the end of the transaction: on both databases one appends after the other.
_NEXT = (
    update(_COUNTER)
    .where(_COUNTER.c.name == _NAME)
    .values(value=_COUNTER.c.value + 1)
    .returning(_COUNTER.c.value)
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry: ``actor`` answers for it, ``detail`` says what was done, None once it was forgotten."""

    number: int
    kind: AuditKind
    actor: str
    at: datetime
    detail: Mapping[str, Any] | None


class Audit:
    """The installation's log of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, kind: AuditKind, detail: Mapping[str, Any], *, actor: str, at: datetime) -> int:
        """Log what ``actor`` did; returns the entry's number. ``detail`` is JSON, ``at`` aware UTC."""
        insert_unless_there(self._connection, _COUNTER, {"name": _NAME, "value": 0})
        number: int = self._connection.execute(_NEXT).scalar_one()
        salt, name_salt = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_SALT_BYTES)
        names = Names(name_salt)
        digest = logbook.body_digest(salt, detail, names)
        header = logbook.header_of(OF_NO_BURST, number, kind.value, actor, at, names)
        row = {
            "number": number,
            "kind": kind,
            "actor": actor,
            "at": at,
            "salt": salt,
            "body": json.dumps(detail, ensure_ascii=False),
            "digest": digest,
            "entry_hash": logbook.entry_hash(self._head(), header, digest),
            "name_salt": name_salt,
        }
        self._connection.execute(_AUDIT.insert(), row)
        return number

    def entries(self, *, after: int = 0, limit: int | None = None) -> tuple[AuditEntry, ...]:
        """The entries numbered above ``after``, in order, at most ``limit``."""
        query = select(_AUDIT).where(_AUDIT.c.number > after).order_by(_AUDIT.c.number)
        found = self._connection.execute(query if limit is None else query.limit(limit))
        return tuple(AuditEntry(row.number, row.kind, row.actor, row.at, _detail(row.body)) for row in found)

    def erase(self, number: int) -> bool:
        """Forget the salt and detail of an entry for good; False when there is no such entry with a detail."""
        there = (_AUDIT.c.number == number, _AUDIT.c.body.is_not(None))
        statement = update(_AUDIT).where(*there).values(body=None, salt=None)
        return self._connection.execute(statement).rowcount == 1

    def verify(self, anchors: Iterable[Anchor] = (), key: bytes = b"") -> tuple[Finding, ...]:
        """Everything that is wrong with the log, by its chain and by ``anchors`` under ``key``; empty when it holds."""
        query = select(*columns_as_given(_AUDIT.c)).order_by(_AUDIT.c.number)
        rows = tuple(lying_row(OF_NO_BURST, row) for row in self._connection.execute(query).mappings())
        said = self.count()
        # Nothing but the count is kept beside the rows: a last entry with another number is not the end.
        ends = next((row.entry_hash for row in rows if row.number == said), GENESIS)
        return verify(rows, Tip(said, ends), anchors, key)

    def anchor(self, key: bytes, *, now: datetime) -> Anchor | None:
        """Where the log stands, sealed with ``key``, to be kept elsewhere; None while nothing was logged."""
        count, head = self.count(), self._head()
        return (
            Anchor(OF_NO_BURST, count, head, logbook.seal(key, OF_NO_BURST, count, head), now)
            if count
            else None
        )

    def count(self) -> int:
        """How many entries were logged."""
        count = select(_COUNTER.c.value).where(_COUNTER.c.name == _NAME)
        said: int = self._connection.execute(count).scalar() or 0
        return said

    def _head(self) -> str:
        last = select(_AUDIT.c.entry_hash).order_by(_AUDIT.c.number.desc()).limit(1)
        found: str | None = self._connection.execute(last).scalar()
        return GENESIS if found is None else found


def _detail(body: str | None) -> Mapping[str, Any] | None:
    if body is None:
        return None
    found: Mapping[str, Any] = json.loads(body)
    return found
