"""The full-text index of the archive: FTS5 on SQLite, ``tsvector`` under GIN on PostgreSQL.

Both hold the lexemes of ``storage.words``, so the same words find the same summaries.
Filters are words too: a rare word and a common filter are then one intersection of two posting lists.
Answers come newest first and are never ranked: ranking a word that most rows hold reads them all.
A phrase and a prefix are the index's own in both; whatever it cannot place exactly it finds too often, never too seldom.

PostgreSQL chooses badly between walking from the newest and materialising the matches. So a bounded
newest window is walked first, where common words fill the page, and only then are matches materialised.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import BigInteger, Connection, bindparam, select, text
from sqlalchemy.engine import RowMapping

from storage.sought import Term
from storage.tables import SummaryRecord, table
from storage.words import label

_ARCHIVE = table(SummaryRecord)
NEWEST = select(_ARCHIVE).order_by(_ARCHIVE.c.id.desc())
# A word that fills no page from so many newest rows is rare enough to materialise.
_WINDOW = 500
_PAGES_AT_A_TIME = 200
_CHANGES = text("SELECT total_changes()")
_MERGE = text("INSERT INTO archive_words (archive_words, rank) VALUES ('merge', :pages)")


@dataclass(frozen=True, slots=True)
class Within:
    """Ids from ``lowest`` up to, not including, ``before``, at most ``limit``, and only ``among`` these if there are any."""

    lowest: int
    before: int
    limit: int
    among: Sequence[int] | None = None

    @property
    def bounds(self) -> dict[str, int]:
        """Those of the ids and of their number, by the names that the statements call them."""
        return {"lowest": self.lowest, "before": self.before, "limit": self.limit}


class FullText(Protocol):
    """The index of one transaction's database."""

    def put(self, archive_id: int, lexemes: Sequence[str]) -> None:
        """Index a summary under these lexemes, in their order."""

    def remove(self, archive_id: int) -> None:
        """Take a summary out, words and all."""

    def merge(self) -> bool:
        """Rewrite a part of the index without the words that were taken out; False once none of them is left in it."""

    @property
    def places_all(self) -> bool:
        """Whether phrases are found exactly; else a long text may be found that only holds the words of one."""

    def newest(self, terms: Sequence[Term], within: Within) -> Sequence[RowMapping]:
        """Rows of summaries that hold all these terms (at least one), newest first."""


class Fts5:
    """https://www.sqlite.org/fts5.html; words are quoted, so none is an operator."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, archive_id: int, lexemes: Sequence[str]) -> None:
        """Index a summary."""
        self._connection.execute(
            text("INSERT INTO archive_words (rowid, words) VALUES (:id, :words)"),
            {"id": archive_id, "words": " ".join(lexemes)},
        )

    def remove(self, archive_id: int) -> None:
        """Take it out."""
        self._connection.execute(text("DELETE FROM archive_words WHERE rowid = :id"), {"id": archive_id})

    def merge(self) -> bool:
        """By FTS5's own optimising, so many pages at a time (https://www.sqlite.org/fts5.html#the_merge_command)."""
        before: int = self._connection.execute(_CHANGES).scalar_one()
        self._connection.execute(_MERGE, {"pages": -_PAGES_AT_A_TIME})
        after: int = self._connection.execute(_CHANGES).scalar_one()
        return after - before > 1  # the command itself counts as one

    @property
    def places_all(self) -> bool:
        """FTS5 keeps every place of every word."""
        return True

    def newest(self, terms: Sequence[Term], within: Within) -> Sequence[RowMapping]:
        """Matches in the order of the row id, which FTS5 walks backwards without sorting; one statement for ids and rows."""
        query = " AND ".join(f'"{" ".join(term.lexemes)}"{" *" if term.prefix else ""}' for term in terms)
        wanted: dict[str, Any] = {"query": query, **within.bounds}
        if within.among is None:
            return self._connection.execute(_MATCHES, wanted).mappings().all()
        wanted["among"] = json.dumps(list(within.among))
        return self._connection.execute(_MATCHES_AMONG, wanted).mappings().all()


class TsVector:
    """https://www.postgresql.org/docs/current/datatype-textsearch.html; vectors are written, not parsed."""

    # What a tsvector can hold of positions: https://www.postgresql.org/docs/current/textsearch-limitations.html
    _LAST_POSITION = 16383
    _MOST_POSITIONS = 256  # of one lexeme

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, archive_id: int, lexemes: Sequence[str]) -> None:
        """Index a summary."""
        vector = " ".join(
            f"'{word}':{min(place, self._LAST_POSITION)}" for place, word in enumerate(lexemes, start=1)
        )
        if len(lexemes) > self._MOST_POSITIONS:
            vector += f" '{_LONG}'"
        self._connection.execute(
            text("INSERT INTO archive_words (archive_id, words) VALUES (:id, CAST(:words AS tsvector))"),
            {"id": archive_id, "words": vector},
        )

    def remove(self, archive_id: int) -> None:
        """Take it out."""
        self._connection.execute(text("DELETE FROM archive_words WHERE archive_id = :id"), {"id": archive_id})

    def merge(self) -> bool:
        """PostgreSQL's own VACUUM does it."""
        return False

    @property
    def places_all(self) -> bool:
        """Places beyond the limits are lost."""
        return False

    def newest(self, terms: Sequence[Term], within: Within) -> Sequence[RowMapping]:
        """The newest window first, everything below it only when that did not fill the page."""
        wanted: dict[str, Any] = {
            "query": " & ".join(map(_tsquery, terms)),
            **within.bounds,
            "among": None if within.among is None else list(within.among),
            "window": _WINDOW,
        }
        found = list(self._connection.execute(_IN_WINDOW, wanted).scalars())
        if len(found) < within.limit:
            found = list(self._connection.execute(_MATERIALISED, wanted).scalars())
        return rows_of(self._connection, found)


def rows_of(connection: Connection, ids: Sequence[int]) -> Sequence[RowMapping]:
    """The rows of these summaries, newest first."""
    return connection.execute(_BY_IDS, {"wanted": ids}).mappings().all()


_LONG = label("long", "text")  # a text of which a tsvector may not keep every place


def _tsquery(term: Term) -> str:
    words = [f"'{word}'" for word in term.lexemes]
    if term.prefix:
        words[-1] += ":*"
    if len(words) == 1:
        return words[0]
    return f"({' <-> '.join(words)} | '{_LONG}' & {' & '.join(words)})"


_BY_IDS = NEWEST.where(_ARCHIVE.c.id.in_(bindparam("wanted", expanding=True)))
_MATCHES = NEWEST.where(
    _ARCHIVE.c.id.in_(
        text(
            """
            SELECT rowid FROM archive_words
             WHERE archive_words MATCH :query AND rowid >= :lowest AND rowid < :before
             ORDER BY rowid DESC LIMIT :limit
            """
        ).columns(rowid=BigInteger)
    )
)
# "+" keeps the planner from asking the index once for each of them.
_MATCHES_AMONG = NEWEST.where(
    _ARCHIVE.c.id.in_(
        text(
            """
            SELECT rowid FROM archive_words
             WHERE archive_words MATCH :query AND rowid >= :lowest AND rowid < :before
               AND +rowid IN (SELECT value FROM json_each(:among))
             ORDER BY rowid DESC LIMIT :limit
            """
        ).columns(rowid=BigInteger)
    )
)
_IN_WINDOW = text(
    """
    SELECT archive_id
      FROM (SELECT archive_id, words FROM archive_words
             WHERE archive_id >= :lowest AND archive_id < :before ORDER BY archive_id DESC LIMIT :window) AS newest
     WHERE words @@ CAST(:query AS tsquery)
       AND (CAST(:among AS bigint[]) IS NULL OR archive_id = ANY(CAST(:among AS bigint[])))
     ORDER BY archive_id DESC LIMIT :limit
    """
)
_MATERIALISED = text(
    """
    WITH matches AS MATERIALIZED (
        SELECT archive_id FROM archive_words WHERE words @@ CAST(:query AS tsquery)
    )
    SELECT archive_id FROM matches
     WHERE archive_id >= :lowest AND archive_id < :before
       AND (CAST(:among AS bigint[]) IS NULL OR archive_id = ANY(CAST(:among AS bigint[])))
     ORDER BY archive_id DESC LIMIT :limit
    """
)


def full_text(connection: Connection) -> FullText:
    """The index of this connection's database."""
    return TsVector(connection) if connection.dialect.name == "postgresql" else Fts5(connection)
