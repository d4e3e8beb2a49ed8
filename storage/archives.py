"""Ended bursts as the steering cell finds them again: one summary each, searchable by words and filters.

Words are those of ``storage.words`` on both databases; ``storage.archive_search`` finds them.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, delete, insert, literal, select, update
from sqlalchemy.engine import RowMapping

from bot.taskforce.account import Account
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Outcome, Severity
from storage.archive_filter import LABELLED, ArchiveFilter
from storage.archive_search import ArchivePage, Part, search
from storage.full_text import full_text
from storage.tables import SummaryRecord, table
from storage.words import label, lexeme, words_of

_ARCHIVE = table(SummaryRecord)
_BATCH = 100


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
        self._index.put(number, [*_labels(summary), *_lexemes(summary)])

    def rewrite(self, burst_id: int, title: str, text: str) -> None:
        """Let that burst's summary, if there is one, have other words; its place among the others stays."""
        other = update(_ARCHIVE).where(_ARCHIVE.c.burst_id == burst_id).values(title=title, text=text)
        row = self._connection.execute(other.returning(*_ARCHIVE.columns)).mappings().first()
        if row is not None:
            self._index.remove(row["id"])
            self._put(row["id"], _read(row))

    def merge_words(self) -> bool:
        """Rewrite a part of the index without what was taken out of it; False once there is nothing more to do."""
        return self._index.merge()

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
        limit: int,
        offset: int = 0,
        most: int = 0,
        reader: Actor | None = None,
    ) -> ArchivePage:
        """Up to ``limit`` summaries that fit, newest first, after the first ``offset``; at least so many are counted, or ``most``.

        Of all that there are, or of what ``reader`` may read.
        """
        return search(self._connection, wanted, reader, Part(limit, offset, most))

    def holds(self, wanted: ArchiveFilter) -> bool:
        """Whether any summary fits, whoever may read it."""
        return bool(self.search(wanted, limit=1).hits)


def _labels(summary: Summary) -> list[str]:
    sites = [label("site", site) for site in summary.sites]
    return [*sites, *(label(name, getattr(summary, name)) for name in LABELLED[1:])]


def _lexemes(summary: Summary) -> list[str]:
    return [lexeme(word) for word in words_of(f"{summary.title}\n{summary.text}")]


def _row(summary: Summary) -> dict[str, Any]:
    return {field.name: getattr(summary, field.name) for field in fields(Summary)}


def _read(row: RowMapping) -> Summary:
    values: dict[str, Any] = {**row}
    del values["id"]
    return Summary(**values)
