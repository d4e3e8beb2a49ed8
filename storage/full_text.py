"""The full-text index of the archive: FTS5 on SQLite, ``tsvector`` under GIN on PostgreSQL.

Both hold the lexemes of ``storage.words``, so the same words find the same summaries.
Filters are words too: a rare word and a common filter are then one intersection of two posting lists.
Answers come newest first and are never ranked: ranking a word that most rows hold reads them all.

PostgreSQL chooses badly between walking from the newest and materialising the matches. So a bounded
newest window is walked first, where common words fill the page, and only then are matches materialised.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, text

# A word that fills no page from so many newest rows is rare enough to materialise.
_WINDOW = 500


class FullText(Protocol):
    """The index of one transaction's database."""

    def put(self, archive_id: int, lexemes: Sequence[str]) -> None:
        """Index a summary under these lexemes, in their order."""

    def remove(self, archive_id: int) -> None:
        """Take a summary out, words and all."""

    def newest(self, lexemes: Sequence[str], *, lowest: int, before: int, limit: int) -> list[int]:
        """Ids from ``lowest`` up to, not including, ``before`` of summaries that hold all these lexemes (at least one), newest first."""


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

    def newest(self, lexemes: Sequence[str], *, lowest: int, before: int, limit: int) -> list[int]:
        """Matches in the order of the row id, which FTS5 walks backwards without sorting."""
        query = " AND ".join(f'"{word}"' for word in lexemes)
        wanted = {"query": query, "lowest": lowest, "before": before, "limit": limit}
        return list(self._connection.execute(_MATCHES, wanted).scalars())


class TsVector:
    """https://www.postgresql.org/docs/current/datatype-textsearch.html; vectors are written, not parsed."""

    # What a tsvector can hold of positions: https://www.postgresql.org/docs/current/textsearch-limitations.html
    _LAST_POSITION = 16383

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, archive_id: int, lexemes: Sequence[str]) -> None:
        """Index a summary."""
        vector = " ".join(
            f"'{word}':{min(place, self._LAST_POSITION)}" for place, word in enumerate(lexemes, start=1)
        )
        self._connection.execute(
            text("INSERT INTO archive_words (archive_id, words) VALUES (:id, CAST(:words AS tsvector))"),
            {"id": archive_id, "words": vector},
        )

    def remove(self, archive_id: int) -> None:
        """Take it out."""
        self._connection.execute(text("DELETE FROM archive_words WHERE archive_id = :id"), {"id": archive_id})

    def newest(self, lexemes: Sequence[str], *, lowest: int, before: int, limit: int) -> list[int]:
        """The newest window first, everything below it only when that did not fill the page."""
        query = " & ".join(f"'{word}'" for word in lexemes)
        wanted = {
            "query": query,
            "lowest": lowest,
            "before": before,
            "limit": limit,
            "window": _WINDOW,
        }
        found = list(self._connection.execute(_IN_WINDOW, wanted).scalars())
        if len(found) < limit:
            found = list(self._connection.execute(_MATERIALISED, wanted).scalars())
        return found


_MATCHES = text(
    """
    SELECT rowid FROM archive_words
     WHERE archive_words MATCH :query AND rowid >= :lowest AND rowid < :before
     ORDER BY rowid DESC LIMIT :limit
    """
)
_IN_WINDOW = text(
    """
    SELECT archive_id
      FROM (SELECT archive_id, words FROM archive_words
             WHERE archive_id >= :lowest AND archive_id < :before ORDER BY archive_id DESC LIMIT :window) AS newest
     WHERE words @@ CAST(:query AS tsquery)
     ORDER BY archive_id DESC LIMIT :limit
    """
)
_MATERIALISED = text(
    """
    WITH matches AS MATERIALIZED (
        SELECT archive_id FROM archive_words WHERE words @@ CAST(:query AS tsquery)
    )
    SELECT archive_id FROM matches WHERE archive_id >= :lowest AND archive_id < :before ORDER BY archive_id DESC LIMIT :limit
    """
)


def full_text(connection: Connection) -> FullText:
    """The index of this connection's database."""
    return TsVector(connection) if connection.dialect.name == "postgresql" else Fts5(connection)
