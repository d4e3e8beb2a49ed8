"""Whether the kept copies of files are what was given as evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from bot.taskforce.burst import EvidenceFile
from storage.kept_files import KeptFiles, kept_file
from storage.reading import columns_as_given
from storage.tables import EvidenceRecord, table

_EVIDENCE = table(EvidenceRecord)
_FILES = TypeAdapter(tuple[EvidenceFile, ...])
_GIVEN = (
    select(*columns_as_given([_EVIDENCE.c.burst_id, _EVIDENCE.c.number, _EVIDENCE.c.files]))
    .where(_EVIDENCE.c.files != ())
    .order_by(_EVIDENCE.c.burst_id, _EVIDENCE.c.number)
)


@dataclass(frozen=True, slots=True)
class Named:
    """A copy that piece ``number`` of a burst's evidence names; None where what it names cannot be read."""

    burst_id: int
    number: int
    digest: str | None


def named_copies(connection: Connection) -> Iterator[Named]:
    """Every copy that evidence names, by burst and piece."""
    for row in connection.execute(_GIVEN):
        yield from (Named(row.burst_id, row.number, digest) for digest in _digests(row.files))


def spoilt(named: Iterator[Named], files: KeptFiles) -> list[tuple[Named, str]]:
    """Those that are not there, or not what they were, each with what is wrong; every copy is read once."""
    found: dict[str | None, str] = {}
    wrong = []
    for one in named:
        if one.digest not in found:
            found[one.digest] = _problem(one.digest, files)
        if problem := found[one.digest]:
            wrong.append((one, problem))
    return wrong


def _digests(stored: str) -> list[str | None]:
    try:
        return [file.digest for file in _FILES.validate_json(stored) if file.digest]
    except ValueError:
        return [None]


def _problem(digest: str | None, files: KeptFiles) -> str:
    if digest is None:
        return "cannot be looked for: its list of files is damaged"
    try:
        if files.intact(digest):
            return ""
        wrong = "is missing" if files.path(digest) is None else "is not what was given"
    except ValueError:
        return "has a name that no copy has"
    return f"{wrong}: {kept_file(digest)}"
