"""The resolution log: append-only, chained per burst, with bodies that can be forgotten.

Entries are appended by ``Unit.apply`` alone. Erasing takes salt and body away and leaves the digest,
so that the chain still verifies. Anchors pin count and head under a key that the database never holds.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.engine import RowMapping

from bot.errors import StorageFault
from bot.taskforce import logbook
from bot.taskforce.anchoring import Anchor
from bot.taskforce.decision import Detail, Entry
from bot.taskforce.entry_names import Names
from bot.taskforce.logbook import Row
from bot.taskforce.tampering import Tip, examine
from bot.taskforce.terms import EntryKind
from storage.conflicts import insert_or_replace
from storage.lying_rows import lying_row
from storage.reading import columns_as_given
from storage.rows import insert_rows
from storage.tables import AnchorRecord, BurstRecord, LogRecord, table

_LOG, _ANCHOR, _BURST = table(LogRecord), table(AnchorRecord), table(BurstRecord)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One stored entry; ``body`` is None once it was erased. ``at`` is aware UTC, hashes are hex."""

    burst_id: int
    number: int
    kind: EntryKind
    actor: str
    at: datetime
    body: Mapping[str, Detail] | None
    salt: bytes | None
    digest: str
    entry_hash: str


_ENTRIES = (
    select(*(_LOG.c[one.name] for one in fields(LogEntry)))
    .where(_LOG.c.burst_id == bindparam("burst"), _LOG.c.number > bindparam("after"))
    .order_by(_LOG.c.number)
)
_RAW = select(*columns_as_given(_LOG.c)).where(_LOG.c.burst_id == bindparam("burst")).order_by(_LOG.c.number)
_SALT_BYTES = 16


def chained(
    burst_id: int, count: int, head: str, entries: Sequence[Entry], last_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Rows for ``entries`` that continue a log of ``count`` entries whose last, of ``last_at``, has the hash ``head``.

    Times of a log never run backwards: an entry made after the clock was set back has the time of the
    one before it, and its body what the clock showed.
    """
    rows = []
    for number, made in enumerate(entries, start=count + 1):
        entry = made if last_at is None or made.at >= last_at else _after(made, last_at)
        last_at = entry.at
        salt, name_salt = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_SALT_BYTES)
        names = Names(name_salt)
        digest = logbook.body_digest(salt, entry.body, names)
        header = logbook.header_of(burst_id, number, entry.kind.value, entry.actor, entry.at, names)
        head = logbook.entry_hash(head, header, digest)
        rows.append(
            {
                "burst_id": burst_id,
                "number": number,
                "kind": entry.kind,
                "actor": entry.actor,
                "at": entry.at,
                "salt": salt,
                "body": json.dumps(entry.body, ensure_ascii=True),
                "digest": digest,
                "entry_hash": head,
                "name_salt": name_salt,
                "names": None,
            }
        )
    return rows


def _after(entry: Entry, last_at: datetime) -> Entry:
    return replace(entry, at=last_at, body={**entry.body, "clock_showed": entry.at.isoformat()})


class Log:
    """The logs of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(
        self,
        burst_id: int,
        *,
        after: int = 0,
        limit: int | None = None,
        offset: int = 0,
        kinds: Collection[EntryKind] = (),
    ) -> tuple[LogEntry, ...]:
        """The entries numbered above ``after``, in order; only of these ``kinds``, if any are given.

        Of those the first ``offset`` are left out, and at most ``limit`` given.
        """
        query = _ENTRIES.where(_LOG.c.kind.in_(kinds)) if kinds else _ENTRIES
        query = query if limit is None else query.limit(limit).offset(offset)
        rows = self._connection.execute(query, {"burst": burst_id, "after": after}).mappings()
        return tuple(_read(row) for row in rows)

    def count(self, burst_id: int, kinds: Collection[EntryKind]) -> int:
        """How many entries of these ``kinds`` there are."""
        query = select(func.count()).where(_LOG.c.burst_id == burst_id, _LOG.c.kind.in_(kinds))
        return self._connection.execute(query).scalar_one()

    def entry(self, burst_id: int, number: int) -> LogEntry | None:
        """One entry."""
        return next(iter(self.entries(burst_id, after=number - 1, limit=1)), None)

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows made by ``chained``; for ``Unit.apply``."""
        insert_rows(self._connection, _LOG, rows)

    def erase(self, burst_id: int, number: int) -> bool:
        """Forget the body and salt of an entry for good; False when there is no such entry with a body."""
        there = (_LOG.c.burst_id == burst_id, _LOG.c.number == number, _LOG.c.body.is_not(None))
        statement = update(_LOG).where(*there).values(body=None, salt=None)
        return self._connection.execute(statement).rowcount == 1

    def rows(self, burst_id: int) -> tuple[Row, ...]:
        """Every entry by ascending number as it lies there, for verifying: what is no entry any more is no error."""
        found = self._connection.execute(_RAW, {"burst": burst_id}).mappings()
        return tuple(lying_row(burst_id, row) for row in found)

    def tip(self, burst_id: int) -> Tip | None:
        """What the burst says of its log; None when there is no such burst."""
        query = select(_BURST.c.log_count, _BURST.c.log_head).where(_BURST.c.id == burst_id)
        row = self._connection.execute(query).first()
        return None if row is None else Tip(row.log_count, row.log_head)

    def tips(self) -> dict[int, Tip]:
        """What every burst says of its log."""
        query = select(_BURST.c.id, _BURST.c.log_count, _BURST.c.log_head).order_by(_BURST.c.id)
        return {row.id: Tip(row.log_count, row.log_head) for row in self._connection.execute(query)}

    def verify(self, burst_id: int) -> list[str]:
        """What is wrong with the chain of a burst's log, in words for an administrator; empty when it holds."""
        tip = self.tip(burst_id)
        if tip is None:
            return [f"BURST-{burst_id} does not exist."]
        return [f"BURST-{burst_id}: {one.words}." for one in examine(self.rows(burst_id), tip)]

    def anchor(self, burst_id: int, key: bytes, *, now: datetime) -> Anchor:
        """Pin the log as it stands, sealed with ``key``. Raises ``LookupError`` when there is no such burst."""
        tip = self.tip(burst_id)
        if tip is None:
            raise LookupError(f"BURST-{burst_id} does not exist")
        seal = logbook.seal(key, burst_id, tip.count, tip.head)
        anchor = Anchor(burst_id, tip.count, tip.head, seal, now)
        insert_or_replace(
            self._connection,
            _ANCHOR,
            {
                "burst_id": burst_id,
                "entry_count": anchor.entry_count,
                "head": anchor.head,
                "seal": seal,
                "at": now,
            },
        )
        return anchor

    def anchors(self, burst_id: int) -> tuple[Anchor, ...]:
        """Every anchor of a burst, oldest first."""
        query = select(_ANCHOR).where(_ANCHOR.c.burst_id == burst_id).order_by(_ANCHOR.c.entry_count)
        return tuple(Anchor(**row) for row in self._connection.execute(query).mappings())


def _read(row: RowMapping) -> LogEntry:
    values: dict[str, Any] = {**row}
    values["body"] = stored_body(row)
    return LogEntry(**values)


def stored_body(row: RowMapping) -> dict[str, Any] | None:
    """The body of a stored entry, None once it was erased. Raises ``StorageFault`` where somebody damaged it."""
    if row["body"] is None:
        return None
    try:
        body: dict[str, Any] = json.loads(row["body"])
    except ValueError as error:
        raise StorageFault(
            f"entry {row['number']} of a log cannot be read any more; "
            "`burst log verify` or `burst audit verify` says where, a backup has what it was"
        ) from error
    return body
