"""Whether the kept copies of files are what was given as evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.kept_files import KeptFiles
from storage.tables import EvidenceRecord, table

_EVIDENCE = table(EvidenceRecord)
_GIVEN = (
    select(_EVIDENCE.c.burst_id, _EVIDENCE.c.number, _EVIDENCE.c.files)
    .where(_EVIDENCE.c.files != ())
    .order_by(_EVIDENCE.c.burst_id, _EVIDENCE.c.number)
)


@dataclass(frozen=True, slots=True)
class Named:
    """A copy that piece ``number`` of a burst's evidence names."""

    burst_id: int
    number: int
    digest: str


def named_copies(connection: Connection) -> Iterator[Named]:
    """Every copy that evidence names, by burst and piece."""
    for row in connection.execute(_GIVEN):
        yield from (Named(row.burst_id, row.number, file.digest) for file in row.files if file.digest)


def spoilt(named: Iterator[Named], files: KeptFiles) -> list[tuple[Named, str]]:
    """Those that are not there, or not what they were, each with what is wrong; every copy is read once."""
    found: dict[str, str] = {}
    wrong = []
    for one in named:
        if one.digest not in found:
            found[one.digest] = _problem(one.digest, files)
        if problem := found[one.digest]:
            wrong.append((one, problem))
    return wrong


def _problem(digest: str, files: KeptFiles) -> str:
    if files.intact(digest):
        return ""
    return "is missing" if files.path(digest) is None else "is not what was given"
