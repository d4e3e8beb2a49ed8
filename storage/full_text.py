"""The full-text index of the archive: FTS5 on SQLite, ``tsvector`` under GIN on PostgreSQL.

Both hold the lexemes of ``storage.words``, so the same words find the same summaries.
Filters are words too: a rare word and a common filter are then one intersection of two posting lists.
A phrase and a prefix are the index's own in both. PostgreSQL cannot keep every place of every word of a long text:
there the text itself is kept beside its words, for phrases to be looked up in.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, text

from storage.sought import Term
from storage.words import label

_PAGES_AT_A_TIME = 200
_CHANGES = text("SELECT total_changes()")
_MERGE = text("INSERT INTO archive_words (archive_words, rank) VALUES ('merge', :pages)")


class FullText(Protocol):
    """The index of one transaction's database."""

    def put(self, archive_id: int, lexemes: Sequence[str]) -> None:
        """Index a summary under these lexemes, in their order."""

    def remove(self, archive_id: int) -> None:
        """Take a summary out, words and all."""

    def merge(self) -> bool:
        """Rewrite a part of the index without the words that were taken out; False once none of them is left in it."""

    @staticmethod
    def asked(terms: Sequence[Term]) -> Mapping[str, Any]:
        """What a statement needs to find what holds all these terms (at least one), by the names of its parameters."""


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

    @staticmethod
    def asked(terms: Sequence[Term]) -> Mapping[str, Any]:
        """An expression of FTS5, which keeps every place of every word."""
        wanted = (f'"{" ".join(term.lexemes)}"{" *" if term.prefix else ""}' for term in terms)
        return {"query": " AND ".join(wanted)}


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
        placed = None
        if len(lexemes) > self._MOST_POSITIONS:
            vector += f" '{_LONG}'"
            placed = f" {' '.join(lexemes)} "
        self._connection.execute(_PUT, {"id": archive_id, "words": vector, "placed": placed})

    def remove(self, archive_id: int) -> None:
        """Take it out."""
        self._connection.execute(text("DELETE FROM archive_words WHERE archive_id = :id"), {"id": archive_id})

    def merge(self) -> bool:
        """PostgreSQL's own VACUUM does it."""
        return False

    @staticmethod
    def asked(terms: Sequence[Term]) -> Mapping[str, Any]:
        """A ``tsquery``, and the phrases as they stand in a text of which it may not know every place."""
        runs = [term for term in terms if len(term.lexemes) > 1]
        phrases = [f" {' '.join(term.lexemes)}{'' if term.prefix else ' '}" for term in runs]
        return {"query": " & ".join(map(_tsquery, terms)), **({"phrases": phrases} if phrases else {})}


_LONG = label("long", "text")  # a text of which a tsvector may not keep every place
_PUT = text(
    "INSERT INTO archive_words (archive_id, words, placed) VALUES (:id, CAST(:words AS tsvector), :placed)"
)


def _tsquery(term: Term) -> str:
    words = [f"'{word}'" for word in term.lexemes]
    if term.prefix:
        words[-1] += ":*"
    if len(words) == 1:
        return words[0]
    return f"({' <-> '.join(words)} | '{_LONG}' & {' & '.join(words)})"


def full_text(connection: Connection) -> FullText:
    """The index of this connection's database."""
    return TsVector(connection) if connection.dialect.name == "postgresql" else Fts5(connection)
