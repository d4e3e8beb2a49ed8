"""Ended bursts as the steering cell finds them again: one summary each, searchable by words and filters.

Newest first, always: matching is left to the index and no ranking is done, because ranking a word that
most summaries hold reads them all. Words are those of ``storage.words`` on both databases.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, literal_column, select, text
from sqlalchemy.engine import RowMapping

from bot.taskforce.terms import Outcome, Severity
from storage.tables import SummaryRecord, table
from storage.words import lexeme, words_of

_ARCHIVE = table(SummaryRecord)
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of an ended burst beside its log. ``text`` is what searching looks through."""

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
        self._index = _POSTGRES if connection.dialect.name == "postgresql" else _SQLITE

    def file(self, summary: Summary) -> None:
        """Keep the summary and make it findable; an older one of the same burst gives way."""
        self.withdraw(summary.burst_id)
        statement = insert(_ARCHIVE).values(**asdict(summary)).returning(_ARCHIVE.c.id)
        number = self._connection.execute(statement).scalar_one()
        lexemes = [lexeme(word) for word in words_of(summary.text)]
        self._connection.execute(self._index.add, {"id": number, "words": self._index.packed(lexemes)})

    def withdraw(self, burst_id: int) -> None:
        """Take the summary of a burst that was reopened out of the archive."""
        found = self._connection.execute(
            select(_ARCHIVE.c.id).where(_ARCHIVE.c.burst_id == burst_id)
        ).scalar()
        if found is not None:
            self._connection.execute(self._index.remove, {"id": found})
            self._connection.execute(delete(_ARCHIVE).where(_ARCHIVE.c.id == found))

    def get(self, burst_id: int) -> Summary | None:
        """The summary of that burst."""
        query = select(_ARCHIVE).where(_ARCHIVE.c.burst_id == burst_id)
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
        while True:
            rows = list(self._connection.execute(self._query(wanted, before).limit(_BATCH)).mappings())
            for row in rows:
                before = row["id"]
                summary = _read(row)
                if _matches(wanted, summary) and readable(summary):
                    found.append((row["id"], summary))
                if len(found) > limit:
                    page = found[:limit]
                    return ArchivePage(tuple(one for _, one in page), page[-1][0])
            if len(rows) < _BATCH:
                return ArchivePage(tuple(one for _, one in found), None)

    def _query(self, wanted: ArchiveFilter, before: int | None) -> Select[Any]:
        query = select(_ARCHIVE).order_by(_ARCHIVE.c.id.desc())
        lexemes = list(dict.fromkeys(lexeme(word) for word in words_of(wanted.words)))
        if lexemes:
            query = query.where(_ARCHIVE.c.id.in_(self._index.match(lexemes)))
        for column, value in ((_ARCHIVE.c.family, wanted.family), (_ARCHIVE.c.cause, wanted.cause)):
            if value is not None:
                query = query.where(column == value)
        if wanted.since is not None:
            query = query.where(_ARCHIVE.c.closed_at >= wanted.since)
        return query if before is None else query.where(_ARCHIVE.c.id < before)


@dataclass(frozen=True, slots=True)
class _Index:
    """How one database keeps and finds words."""

    add: Any
    remove: Any
    packed: Callable[[list[str]], object]
    match: Callable[[list[str]], Select[Any]]


def _sqlite_match(lexemes: list[str]) -> Select[Any]:
    wanted = " AND ".join(f'"{one}"' for one in lexemes)
    return (
        select(literal_column("rowid"))
        .select_from(text("archive_words"))
        .where(text("archive_words MATCH :wanted").bindparams(wanted=wanted))
    )


def _postgres_match(lexemes: list[str]) -> Select[Any]:
    wanted = " & ".join(f"'{one}'" for one in lexemes)
    return (
        select(literal_column("archive_id"))
        .select_from(text("archive_words"))
        .where(text("words @@ CAST(:wanted AS tsquery)").bindparams(bindparam("wanted", wanted)))
    )


_SQLITE = _Index(
    text("INSERT INTO archive_words (rowid, words) VALUES (:id, :words)"),
    text("DELETE FROM archive_words WHERE rowid = :id"),
    " ".join,
    _sqlite_match,
)
_POSTGRES = _Index(
    text("INSERT INTO archive_words (archive_id, words) VALUES (:id, array_to_tsvector(:words))"),
    text("DELETE FROM archive_words WHERE archive_id = :id"),
    lambda lexemes: sorted(set(lexemes)),
    _postgres_match,
)


def _matches(wanted: ArchiveFilter, summary: Summary) -> bool:
    return wanted.site is None or wanted.site in summary.sites


def _read(row: RowMapping) -> Summary:
    values: dict[str, Any] = {**row}
    del values["id"]
    return Summary(**values)
