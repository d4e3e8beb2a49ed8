"""Ended bursts as the steering cell finds them again: one summary each, searchable by words and filters.

Newest first, always: matching is left to the index and no ranking is done, because ranking a word that
most summaries hold reads them all. Words are those of ``storage.words`` on both databases.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from bot.taskforce.account import Account
from bot.taskforce.terms import Outcome, Severity
from storage.full_text import NEWEST, Within, full_text, rows_of
from storage.sought import Term, holds, terms_of
from storage.tables import BurstRecord, ParticipantRecord, SummaryRecord, table
from storage.words import label, lexeme, words_of

_ARCHIVE = table(SummaryRecord)
_BURST, _PARTICIPANT = table(BurstRecord), table(ParticipantRecord)
_OWNED = _BURST.c.owner == _PARTICIPANT.c.user
_TAKEN_PART = or_(
    _PARTICIPANT.c.left_at.is_(None),
    _OWNED,
    *(
        _PARTICIPANT.c.user == seat
        for seat in (_BURST.c.raiser, _BURST.c.clinical_lead, _BURST.c.technical_lead)
    ),
)
_BATCH = 100
_BEYOND = 2**62  # above every id
# These filters are words of the index: a rare word and a common filter are one intersection.
LABELLED = ("site", "family", "cause", "severity", "outcome")
# A text of more characters may hold more words than PostgreSQL keeps the places of.
_LONG_TEXT = 512
_ANY = NEWEST.where(_ARCHIVE.c.id >= bindparam("lowest"), _ARCHIVE.c.id < bindparam("before")).limit(
    bindparam("limit", type_=BigInteger)
)


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
    """What is searched for; what is None does not matter.

    ``words`` are those of ``storage.sought``. Closed at ``since`` or later and before ``until``, both aware UTC.
    ``owner`` is the user who owned it at its end, ``mine`` one who belonged to it then.
    """

    words: str = ""
    site: str | None = None
    family: str | None = None
    cause: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    severity: Severity | None = None
    outcome: Outcome | None = None
    owner: str | None = None
    mine: str | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the words and the filters that are words ask the index for."""
        named = {name: getattr(self, name) for name in LABELLED}
        labels = (Term((label(name, value),)) for name, value in named.items() if value is not None)
        return (*labels, *terms_of(self.words))

    def closed_within(self, at: datetime) -> bool:
        """Whether what closed then closed between ``since`` and ``until``."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


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

    def holds(self, wanted: ArchiveFilter) -> bool:
        """Whether any summary fits, whoever may read it."""
        return bool(self.search(wanted, readable=lambda _one: True, limit=1).summaries)

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
        terms = wanted.terms
        within = Within(
            self._oldest(wanted.since),
            min(before or _BEYOND, self._behind(wanted.until)),
            limit + 1,
            self._of_people(wanted),
        )
        while len(found) <= limit:
            rows = self._next(terms, within)
            for row in rows:
                summary = _read(row)
                if (
                    wanted.closed_within(summary.closed_at)
                    and self._has(summary, terms)
                    and readable(summary)
                ):
                    found.append((row["id"], summary))
            if len(rows) < within.limit:
                break
            # Whoever may read little, or asks for few days, should not ask row by row.
            within = replace(within, before=rows[-1]["id"], limit=_BATCH)
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

    def _behind(self, until: datetime | None) -> int:
        """The id behind the newest summary closed before then."""
        if until is None:
            return _BEYOND
        last = select(func.max(_ARCHIVE.c.id + 0)).where(_ARCHIVE.c.closed_at < until)
        return int(self._connection.execute(last).scalar() or 0) + 1

    def _of_people(self, wanted: ArchiveFilter) -> list[int] | None:
        """The ids of what these people owned or belonged to; None when nobody is asked for."""
        asked = [
            self._ids(user, whose)
            for user, whose in ((wanted.owner, _OWNED), (wanted.mine, _TAKEN_PART))
            if user is not None
        ]
        return sorted(set.intersection(*asked)) if asked else None

    def _ids(self, user: str, whose: ColumnElement[bool]) -> set[int]:
        # Whoever has a seat takes part or did, so that the index of participants finds all of them.
        query = (
            select(_ARCHIVE.c.id)
            .join(_PARTICIPANT, _PARTICIPANT.c.burst_id == _ARCHIVE.c.burst_id)
            .join(_BURST, _BURST.c.id == _ARCHIVE.c.burst_id)
            .where(_PARTICIPANT.c.user == bindparam("user"), whose)
        )
        return set(self._connection.execute(query, {"user": user}).scalars())

    def _next(self, terms: Sequence[Term], within: Within) -> Sequence[RowMapping]:
        """The next summaries that hold the terms, newest first; any, when there are none."""
        if terms:
            return self._index.newest(terms, within)
        if within.among is not None:
            ids = [one for one in within.among if within.lowest <= one < within.before]
            return rows_of(self._connection, ids[-within.limit :])
        return self._connection.execute(_ANY, within.bounds).mappings().all()

    def _has(self, summary: Summary, terms: Sequence[Term]) -> bool:
        """Whether it holds the phrases, where the index finds more than those."""
        phrases = [term for term in terms if len(term.lexemes) > 1]
        if not phrases or self._index.places_all or len(summary.text) <= _LONG_TEXT:
            return True
        lexemes = _lexemes(summary)
        return all(holds(lexemes, phrase) for phrase in phrases)


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
