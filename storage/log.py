"""The resolution log: append-only, chained per burst, with bodies that can be forgotten.

Entries are appended by ``Unit.apply`` alone. Erasing takes salt and body away and leaves the digest,
so that the chain still verifies. Anchors pin count and head under a key that the database never holds.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.engine import RowMapping

from bot.taskforce import logbook
from bot.taskforce.decision import Detail, Entry
from bot.taskforce.terms import EntryKind
from storage.conflicts import insert_or_replace
from storage.rows import insert_rows
from storage.tables import AnchorRecord, BurstRecord, LogRecord, table

_LOG, _ANCHOR, _BURST = table(LogRecord), table(AnchorRecord), table(BurstRecord)
_ENTRIES = (
    select(_LOG)
    .where(_LOG.c.burst_id == bindparam("burst"), _LOG.c.number > bindparam("after"))
    .order_by(_LOG.c.number)
)
_SALT_BYTES = 16


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


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a log stood: ``entry_count`` entries, the last with hash ``head``, under a keyed ``seal``."""

    burst_id: int
    entry_count: int
    head: str
    seal: str
    at: datetime


def chained(burst_id: int, count: int, head: str, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Rows for ``entries`` that continue a log of ``count`` entries whose last hash is ``head``."""
    rows = []
    for number, entry in enumerate(entries, start=count + 1):
        salt = secrets.token_bytes(_SALT_BYTES)
        digest = logbook.body_digest(salt, entry.body)
        head = logbook.entry_hash(head, _header(burst_id, number, entry.kind, entry.actor, entry.at), digest)
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
            }
        )
    return rows


class Log:
    """The logs of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self, burst_id: int, *, after: int = 0, limit: int | None = None) -> tuple[LogEntry, ...]:
        """The entries numbered above ``after``, in order, at most ``limit``."""
        query = _ENTRIES if limit is None else _ENTRIES.limit(limit)
        rows = self._connection.execute(query, {"burst": burst_id, "after": after}).mappings()
        return tuple(_read(row) for row in rows)

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

    def verify(self, burst_id: int) -> list[str]:
        """What is wrong with a burst's log, in words for an administrator; empty when it holds."""
        query = select(_BURST.c.log_count, _BURST.c.log_head).where(_BURST.c.id == burst_id)
        tip = self._connection.execute(query).first()
        if tip is None:
            return [f"BURST-{burst_id} does not exist."]
        problems: list[str] = []
        head, count = "", 0
        for entry in self.entries(burst_id):
            count += 1
            problems += _entry_problems(entry, count, head)
            head = entry.entry_hash
        if (count, head) != (tip.log_count, tip.log_head):
            problems.append(
                f"BURST-{burst_id}: its log has {count} entries, the burst says {tip.log_count} and another head."
                if count != tip.log_count
                else f"BURST-{burst_id}: the last entry is not the one that the burst names."
            )
        return problems

    def anchor(self, burst_id: int, key: bytes, *, now: datetime) -> Anchor:
        """Pin the log as it stands, sealed with ``key``. Raises ``LookupError`` when there is no such burst."""
        query = select(_BURST.c.log_count, _BURST.c.log_head).where(_BURST.c.id == burst_id)
        tip = self._connection.execute(query).first()
        if tip is None:
            raise LookupError(f"BURST-{burst_id} does not exist")
        seal = logbook.seal(key, burst_id, tip.log_count, tip.log_head)
        anchor = Anchor(burst_id, tip.log_count, tip.log_head, seal, now)
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

    def verify_anchor(self, anchor: Anchor, key: bytes) -> list[str]:
        """Whether the log still holds what ``anchor`` pinned, wherever the anchor was kept; problems in words."""
        name = f"BURST-{anchor.burst_id}: the anchor at entry {anchor.entry_count}"
        wanted = logbook.seal(key, anchor.burst_id, anchor.entry_count, anchor.head)
        if not secrets.compare_digest(anchor.seal, wanted):
            return [f"{name} was not made with this key, or was changed."]
        if anchor.entry_count == 0:
            return []
        entry = self.entry(anchor.burst_id, anchor.entry_count)
        if entry is None or entry.number != anchor.entry_count:
            return [f"{name} names an entry that is gone."]
        return (
            [] if entry.entry_hash == anchor.head else [f"{name} names another entry than the log has there."]
        )


def _header(burst_id: int, number: int, kind: EntryKind, actor: str, at: datetime) -> dict[str, str | int]:
    return {
        "burst": burst_id,
        "number": number,
        "kind": kind.value,
        "actor": actor,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def _entry_problems(entry: LogEntry, number: int, previous: str) -> list[str]:
    name = f"BURST-{entry.burst_id}: log entry {entry.number}"
    if entry.number != number:
        return [f"{name} stands where entry {number} should."]
    header = _header(entry.burst_id, entry.number, entry.kind, entry.actor, entry.at)
    problems = []
    if logbook.entry_hash(previous, header, entry.digest) != entry.entry_hash:
        problems.append(f"{name} does not fit the chain.")
    if (entry.salt is None) != (entry.body is None):
        problems.append(f"{name} is half erased.")
    elif entry.salt is not None and entry.body is not None and _body_differs(entry.salt, entry):
        problems.append(f"{name} has another body than the one that was logged.")
    return problems


def _body_differs(salt: bytes, entry: LogEntry) -> bool:
    return entry.body is not None and logbook.body_digest(salt, entry.body) != entry.digest


def _read(row: RowMapping) -> LogEntry:
    values: dict[str, Any] = {**row}
    values["body"] = None if values["body"] is None else json.loads(values["body"])
    return LogEntry(**values)
