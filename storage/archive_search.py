"""Searching the archive: one statement finds, counts, pages, and leaves out what its reader may not read.

Answers come newest first and are never ranked: ranking a word that most rows hold reads them all.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextualSelect

from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Outcome, Severity, Standing
from storage.archive_filter import ArchiveFilter
from storage.archive_statements import Scope, on_postgresql, on_sqlite
from storage.full_text import full_text

# How many of the newest PostgreSQL looks through before it gathers all matches: so many, or for each one that is wanted.
_WINDOW = 500
_WINDOW_EACH = 10


class Hit(NamedTuple):
    """An archived burst as a list of results shows it; times are aware UTC, ``fix`` is empty where nothing was fixed."""

    burst_id: int
    title: str
    family: str
    sites: tuple[str, ...]
    cause: str
    severity: Severity
    outcome: Outcome
    drill: bool
    opened_at: datetime
    closed_at: datetime
    fix: str

    @property
    def key(self) -> str:
        """The name people use: ``BURST-42``."""
        return f"BURST-{self.burst_id}"


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Some of what was found, newest first; ``total`` is how many there are, of as many as were counted.

    A page behind the last one has no hits and no total.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of what is found is wanted: ``limit`` after the first ``offset``; at most ``most`` are counted."""

    limit: int
    offset: int = 0
    most: int = 0

    @property
    def bounds(self) -> dict[str, int]:
        """By the names that the statements call them; what is wanted is counted too."""
        return {"limit": self.limit, "offset": self.offset, "most": max(self.most, self.offset + self.limit)}


def search(connection: Connection, wanted: ArchiveFilter, reader: Actor | None, part: Part) -> ArchivePage:
    """What fits and ``reader``, a full member of the workspace, may read, newest first; None: whoever reads."""
    asked = _asked(connection, wanted, reader)
    names, values = frozenset(asked), {**asked, **part.bounds}
    if connection.dialect.name == "sqlite":
        return _page(connection, on_sqlite(names), values)
    if "query" not in asked:
        return _page(connection, on_postgresql(names, Scope.ALL), values)
    values["window"] = max(_WINDOW, values["most"] * _WINDOW_EACH)
    found = _page(connection, on_postgresql(names, Scope.NEWEST), values)
    if found.total == values["most"]:
        return found
    return _page(connection, on_postgresql(names, Scope.ALL), values)


def _asked(connection: Connection, wanted: ArchiveFilter, reader: Actor | None) -> dict[str, Any]:
    """The values of the conditions that matter, by the names of their parameters."""
    terms = wanted.terms
    asked: dict[str, Any] = {**full_text(connection).asked(terms)} if terms else {}
    for name in ("since", "until", "owner", "mine", "drill"):
        value = getattr(wanted, name)
        if value is not None:
            asked[name] = value
    if reader is not None and reader.standing is not Standing.MEMBER:
        raise ValueError("guests do not search the archive")
    if reader is not None and not reader.steering:
        leads = sorted(reader.leads)
        asked["reader"] = reader.user
        asked["leads"] = json.dumps(leads) if connection.dialect.name == "sqlite" else leads
    return asked


def _page(connection: Connection, statement: TextualSelect, values: Mapping[str, Any]) -> ArchivePage:
    rows = connection.execute(statement, values).all()
    return ArchivePage(tuple(map(_hit, rows)), rows[0][0]) if rows else ArchivePage()


def _hit(row: Sequence[Any]) -> Hit:
    _, burst_id, title, family, sites, cause, severity, outcome, drill, opened_at, closed_at, fix = row
    return Hit(
        burst_id,
        title,
        family,
        _sites(sites),
        cause,
        Severity(severity),
        Outcome(outcome),
        bool(drill),
        _moment(opened_at),
        _moment(closed_at),
        fix or "",
    )


@lru_cache(maxsize=1_024)
def _sites(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def _moment(stored: datetime | str) -> datetime:
    """A time as the driver gives it: SQLite's as text, in UTC."""
    if isinstance(stored, str):
        return datetime.fromisoformat(f"{stored}+00:00")
    return stored.astimezone(UTC)
