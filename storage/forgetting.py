"""Erasing the words of whole bursts: everywhere that they are stored, in one transaction for each burst."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Text, func, or_, select, type_coerce, update

from bot.taskforce.burst import Burst
from bot.taskforce.forgetting import ERASED, copies
from bot.taskforce.terms import State
from storage.archives import Archives
from storage.copies import Named, named_copies
from storage.shapes import BURSTS
from storage.tables import EvidenceRecord, LegalHoldRecord, LogRecord, table
from storage.transcripts import Transcripts

_LOG, _EVIDENCE, _HOLD = table(LogRecord), table(EvidenceRecord), table(LegalHoldRecord)
_ENDED = (State.CLOSED, State.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of a burst can be erased: log entries and messages that have words, and files that nothing else needs."""

    entries: int
    messages: int
    files: tuple[str, ...]


class Forgetting:
    """What is erased from one transaction's database. The burst's own fields are the domain's to empty."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._archives = Archives(connection)
        self._transcripts = Transcripts(connection)

    def closed_with_words(self, before: datetime, *, after: int, limit: int) -> list[int]:
        """The numbers above ``after`` of up to ``limit`` bursts that ended before then and of which something can be read.

        Those that are held are none of them.
        """
        worded = select(_LOG.c.number).where(_LOG.c.burst_id == BURSTS.c.id, _LOG.c.body.is_not(None))
        ended = (BURSTS.c.state.in_(_ENDED), BURSTS.c.closed_at < before, BURSTS.c.id > after)
        held = select(_HOLD.c.burst_id).where(_HOLD.c.burst_id == BURSTS.c.id)
        query = (
            select(BURSTS.c.id)
            .where(*ended, worded.exists(), ~held.exists())
            .order_by(BURSTS.c.id)
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

    def weigh(self, burst: Burst) -> Weight:
        """How much of it there is."""
        worded = select(func.count()).where(_LOG.c.burst_id == burst.id, _LOG.c.body.is_not(None))
        return Weight(
            entries=self._connection.execute(worded).scalar_one(),
            messages=self._transcripts.count_worded(burst.id),
            files=tuple(sorted(copies(burst.evidence) - self._needed_elsewhere(burst))),
        )

    def named(self) -> Iterator[Named]:
        """Every kept copy that evidence of any burst names."""
        return named_copies(self._connection)

    def erase(self, burst_id: int) -> None:
        """Forget what the log, the transcript and the archive say of a burst; hashes, kinds, people and times stay."""
        gone = update(_LOG).where(_LOG.c.burst_id == burst_id, _LOG.c.body.is_not(None))
        self._connection.execute(gone.values(body=None, salt=None))
        self._transcripts.erase(burst_id)
        self._archives.rewrite(burst_id, ERASED, "")

    def _needed_elsewhere(self, burst: Burst) -> frozenset[str]:
        ours = copies(burst.evidence)
        if not ours:
            return frozenset()
        named: list[ColumnElement[bool]] = [
            type_coerce(_EVIDENCE.c.files, Text).contains(digest) for digest in sorted(ours)
        ]
        query = select(_EVIDENCE.c.files).where(_EVIDENCE.c.burst_id != burst.id, or_(*named))
        found = self._connection.execute(query).scalars()
        return frozenset(file.digest for files in found for file in files)
