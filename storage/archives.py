"""Ended bursts as the steering cell finds them again: one summary each, searchable by words and filters.

Newest first, always: matching is left to the index and no ranking is done, because ranking a word that
most summaries hold reads them all. Words are those of ``storage.words`` on both databases.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, delete, func, insert, literal, select
from sqlalchemy.engine import RowMapping

from bot.taskforce.account import Account
from bot.taskforce.terms import Outcome, Severity
from storage.full_text import full_text
from storage.tables import SummaryRecord, table
from storage.words import label, lexeme, words_of

_ARCHIVE = table(SummaryRecord)
_BATCH = 100
_BEYOND = 2**62  # above every id
_NEWEST = select(_ARCHIVE).order_by(_ARCHIVE.c.id.desc())
_BY_IDS = _NEWEST.where(_ARCHIVE.c.id.in_(bindparam("wanted", expanding=True)))


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of an ended burst beside its log. ``text`` is what searching looks through.

    ``account`` says where its time went; None where the burst was filed before that was kept.
    """

    burst_id: int
    title: str
    family: str
    workstream: str
    sites: tuple[str, ...]
    cause: str
    severity: Severity
    outcome: Outcome
    private: bool
    drill: bool
    members: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime
    log_head: str
    text: str
    account: Account | None = None

    @property
    def key(self) -> str:
        """The name people use: ``BURST-42``."""
        return f"BURST-{self.burst_id}"


@dataclass(frozen=True, slots=True)
class ArchiveFilter:
    """What is searched for; every word must occur, and what is None does not matter. ``since`` is aware UTC."""

    words: str = ""
    site: str | None = None
    family: str | None = None
    cause: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """One page, newest first; ``next_before`` asks for the following one, None when this is the last."""

    summaries: tuple[Summary, ...]
    next_before: int | None


class Archives:
    """The archive of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = full_text(connection)

    def file(self, summary: Summary) -> None:
        """Keep the summary as the newest and make it findable; an older one of the same burst gives way."""
        self.withdraw(summary.burst_id)
        statement = insert(_ARCHIVE).values(**_row(summary)).returning(_ARCHIVE.c.id)
        number = self._connection.execute(statement).scalar_one()
        self._put(number, summary)

    def index_all(self) -> int:
        """Make every summary findable, where none is yet; returns how many there are."""
        query, last, count = select(_ARCHIVE).order_by(_ARCHIVE.c.id).limit(_BATCH), 0, 0
        while rows := self._connection.execute(query.where(_ARCHIVE.c.id > last)).mappings().all():
            for row in rows:
                self._put(row["id"], _read(row))
            last, count = rows[-1]["id"], count + len(rows)
        return count

    def _put(self, number: int, summary: Summary) -> None:
        lexemes = [lexeme(word) for word in words_of(f"{summary.title}\n{summary.text}")]
        self._index.put(number, [*_labels(summary), *lexemes])

    def withdraw(self, burst_id: int) -> None:
        """Take the summary of a burst that was reopened, and its words, out of the archive."""
        gone = delete(_ARCHIVE).where(_ARCHIVE.c.burst_id == burst_id).returning(_ARCHIVE.c.id)
        found = self._connection.execute(gone).scalar()
        if found is not None:
            self._index.remove(found)

    def get(self, burst_id: int) -> Summary | None:
        """The summary of that burst."""
        query = select(_ARCHIVE).where(_ARCHIVE.c.burst_id == literal(burst_id, BigInteger))
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _read(row)

    def search(
        self,
        wanted: ArchiveFilter,
        *,
        readable: Callable[[Summary], bool],
        limit: int,
        before: int | None = None,
    ) -> ArchivePage:
        """Up to ``limit`` summaries that match and that ``readable`` lets through, newest first.

        ``before`` continues behind an earlier page's ``next_before``.
        """
        found: list[tuple[int, Summary]] = []
        lowest = self._oldest(wanted.since)
        below, batch = before or _BEYOND, limit + 1
        while len(found) <= limit:
            rows = self._next(wanted, lowest, below, batch)
            for row in rows:
                summary = _read(row)
                if (wanted.since is None or summary.closed_at >= wanted.since) and readable(summary):
                    found.append((row["id"], summary))
            if len(rows) < batch:
                break
            # Whoever may read little, or asks for few days, should not ask row by row.
            below, batch = rows[-1]["id"], _BATCH
        page = found[:limit]
        return ArchivePage(tuple(one for _, one in page), page[-1][0] if len(found) > limit else None)

    def _oldest(self, since: datetime | None) -> int:
        """The lowest id of a summary closed since then: nothing below it needs to be looked at."""
        if since is None:
            return 0
        # "+ 0" keeps both planners from walking the ids upwards until one is recent.
        first = select(func.min(_ARCHIVE.c.id + 0)).where(_ARCHIVE.c.closed_at >= since)
        found: int | None = self._connection.execute(first).scalar()
        return _BEYOND if found is None else found

    def _next(self, wanted: ArchiveFilter, lowest: int, before: int, limit: int) -> Sequence[RowMapping]:
        """The next summaries that hold the words and labels, newest first; any, when none are asked for."""
        named = (("site", wanted.site), ("family", wanted.family), ("cause", wanted.cause))
        lexemes = [label(name, value) for name, value in named if value is not None]
        lexemes += dict.fromkeys(lexeme(word) for word in words_of(wanted.words))
        if lexemes:
            ids = self._index.newest(lexemes, lowest=lowest, before=before, limit=limit)
            return self._connection.execute(_BY_IDS, {"wanted": ids}).mappings().all()
        newest = _NEWEST.where(_ARCHIVE.c.id >= lowest, _ARCHIVE.c.id < before).limit(limit)
        return self._connection.execute(newest).mappings().all()


def _labels(summary: Summary) -> list[str]:
    sites = [label("site", site) for site in summary.sites]
    return [*sites, label("family", summary.family), label("cause", summary.cause)]


def _row(summary: Summary) -> dict[str, Any]:
    return {field.name: getattr(summary, field.name) for field in fields(Summary)}


def _read(row: RowMapping) -> Summary:
    values: dict[str, Any] = {**row}
    del values["id"]
    return Summary(**values)
