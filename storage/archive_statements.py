"""The statements that search the archive, one for each set of conditions, on either database.

Each finds the ids of what fits, as many as are counted, and reads the rows of one part of them: one round, one moment.

PostgreSQL chooses badly between walking from the newest and materialising the matches. So it has two of each: ``Scope``
says whether the newest are looked through, where common words fill a page, or all that match is gathered first.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import ColumnClause, TextualSelect, bindparam, column, text
from sqlmodel import UTCDateTime


class Scope(Enum):
    """Where PostgreSQL looks for words: among so many newest summaries, or in its index."""

    NEWEST = "newest"
    ALL = "all"


# Conditions on what only the summary's row tells.
_OF_ROW = {
    "since": "archive.closed_at >= :since",
    "until": "archive.closed_at < :until",
    "drill": "archive.drill = :drill",
}
# Nothing that closed since then has a lower id, or before then a higher one: what lies beyond is not looked at.
# "+ 0" keeps the planners from walking the ids until one fits.
_BOUNDS = {
    "since": "{id} >= (SELECT min(id + 0) FROM archive WHERE closed_at >= :since)",
    "until": "{id} <= (SELECT max(id + 0) FROM archive WHERE closed_at < :until)",
}
# Whoever has a seat takes part or did, so that the index of participants finds all of them.
_OF_PERSON = """{id} IN (
    SELECT ended.id FROM participant
      JOIN archive AS ended ON ended.burst_id = participant.burst_id
      JOIN burst ON burst.id = participant.burst_id
     WHERE participant."user" = :{name} AND ({how}){apart})"""
_HOW = {
    "owner": 'burst.owner = participant."user"',
    "mine": 'participant.left_at IS NULL OR participant."user" IN '
    "(burst.raiser, burst.owner, burst.clinical_lead, burst.technical_lead)",
}
# A private burst is for its stream's leads, for its people, and for whom a clock that still runs has reached.
_READABLE = """(NOT archive.private
    OR archive.workstream {any_lead}
    OR EXISTS (SELECT 1 FROM participant WHERE participant.burst_id = archive.burst_id
                  AND {plus}participant."user" = CAST(:reader AS text) AND participant.left_at IS NULL{apart})
    OR EXISTS (SELECT 1 FROM burst WHERE burst.id = archive.burst_id AND CAST(:reader AS text)
                   IN (burst.raiser, burst.owner, burst.clinical_lead, burst.technical_lead){apart})
    OR EXISTS (SELECT 1 FROM clock, {reached} WHERE clock.burst_id = archive.burst_id
                  AND {plus}clock.state = 'armed' AND person.value = CAST(:reader AS text){apart}))"""
# In the order in which they are read again.
_COLUMNS = (
    *("burst_id", "title", "family", "sites", "cause"),
    *("severity", "outcome", "drill", "opened_at", "closed_at"),
)
_STATEMENT = """
    WITH {first}found AS MATERIALIZED (
        SELECT {id} AS id FROM {source}{conditions} ORDER BY {id} DESC LIMIT :most
    )
    SELECT (SELECT count(*) FROM found), {columns}, {fix}
      FROM archive JOIN burst ON burst.id = archive.burst_id
     WHERE archive.id IN (SELECT id FROM found ORDER BY id DESC LIMIT :limit OFFSET :offset)
     ORDER BY archive.id DESC
"""


@cache
def on_sqlite(asked: AbstractSet[str]) -> TextualSelect:
    """The statement with the parameters ``asked``; its walk through FTS5 is by row id, which is newest first unsorted."""
    words = "query" in asked
    row_id = "archive_words.rowid" if words else "archive.id"
    source = "archive_words" if words else "archive"
    if words and _needs_row(asked):
        # CROSS keeps the order: matches first, each with its row.
        source = "archive_words CROSS JOIN archive ON archive.id = archive_words.rowid"
    readable = _READABLE.format(
        any_lead="IN (SELECT value FROM json_each(:leads))",
        reached="json_each(clock.fired) AS step, json_each(step.value, '$.reached') AS person",
        plus="+",  # found by the burst, not among all clocks that are armed, or all that somebody takes part in
        apart="",
    )
    conditions = [
        *(["archive_words MATCH :query"] if words else []),
        *_bounds(asked, row_id),
        *_of_row(asked, readable),
        # "+" keeps the planner from asking the index once for each of them.
        *_of_people(asked, f"+{row_id}" if words else row_id),
    ]
    fix = "json_extract(burst.details, '$.resolution.fix')"
    return _statement(asked, first="", id=row_id, source=source, conditions=_where(conditions), fix=fix)


@cache
def on_postgresql(asked: AbstractSet[str], scope: Scope) -> TextualSelect:
    """The statement with the parameters ``asked``, which looks for words in that ``scope``."""
    readable = _READABLE.format(
        any_lead="= ANY(CAST(:leads AS text[]))",
        reached="json_array_elements(CAST(clock.fired AS json)) AS step(value), "
        "json_array_elements_text(step.value -> 'reached') AS person(value)",
        plus="",
        apart=_APART,
    )
    fix = "CAST(burst.details AS json) #>> '{resolution,fix}'"
    if "query" not in asked:
        conditions = [
            *_bounds(asked, "archive.id"),
            *_of_row(asked, readable),
            *_of_people(asked, "archive.id", _APART),
        ]
        return _statement(
            asked, first="", id="archive.id", source="archive", conditions=_where(conditions), fix=fix
        )
    holds = ["words @@ CAST(:query AS tsquery)", *([_PHRASES] if "phrases" in asked else [])]
    bounds = [*_bounds(asked, "archive_id")]
    rest = [*_of_row(asked, readable), *_of_people(asked, "looked.archive_id", _APART)]
    if scope is Scope.NEWEST:
        first = _NEWEST.format(conditions=_where(bounds))
        rest = [*holds, *rest]
    else:
        first = _MATCHES.format(conditions=_where([*holds, *bounds]))
    source = "looked" + (" JOIN archive ON archive.id = looked.archive_id" if _needs_row(asked) else "")
    return _statement(
        asked, first=first, id="looked.archive_id", source=source, conditions=_where(rest), fix=fix
    )


_NEWEST = "looked AS (SELECT * FROM archive_words{conditions} ORDER BY archive_id DESC LIMIT :window), "
_MATCHES = "looked AS MATERIALIZED (SELECT archive_id FROM archive_words{conditions}), "
# Keeps PostgreSQL's planner from merging a condition's own query with the rest, or from hashing all of its answers.
_APART = " OFFSET 0"
# A tsvector may not know every place in a long text, which is kept beside it.
_PHRASES = """(placed IS NULL OR NOT EXISTS (
    SELECT 1 FROM unnest(CAST(:phrases AS text[])) AS phrase WHERE strpos(placed, phrase) = 0))"""


def _statement(asked: AbstractSet[str], **parts: str) -> TextualSelect:
    moments = [bindparam(name, type_=UTCDateTime()) for name in sorted(_BOUNDS.keys() & asked)]
    selected = ", ".join(f"archive.{name}" for name in _COLUMNS)
    columns: list[ColumnClause[Any]] = [column(name) for name in ("total", *_COLUMNS, "fix")]
    # Columns that are known beforehand, without types, spare SQLAlchemy a description of each answer.
    return text(_STATEMENT.format(columns=selected, **parts)).bindparams(*moments).columns(*columns)


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _needs_row(asked: AbstractSet[str]) -> bool:
    return bool(asked & {*_OF_ROW, "reader"})


def _bounds(asked: AbstractSet[str], row_id: str) -> Iterator[str]:
    yield from (condition.format(id=row_id) for name, condition in _BOUNDS.items() if name in asked)


def _of_row(asked: AbstractSet[str], readable: str) -> Iterator[str]:
    yield from (condition for name, condition in _OF_ROW.items() if name in asked)
    if "reader" in asked:
        yield readable


def _of_people(asked: AbstractSet[str], row_id: str, apart: str = "") -> Iterator[str]:
    for name, how in _HOW.items():
        if name in asked:
            yield _OF_PERSON.format(id=row_id, name=name, how=how, apart=apart)
