"""What was written where bursts lived, message by message, and how far the history of each has been read.

Whoever reads a transcript reads pages of it: a channel may be longer than what fits into memory.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, tuple_, update
from sqlalchemy.engine import RowMapping

from bot.taskforce.transcript import BROADCAST, Gap, Message, Progress
from storage.conflicts import insert_or_replace
from storage.shapes import BURSTS
from storage.tables import MessageRecord, TranscriptRecord, table

_MESSAGE, _TRANSCRIPT = table(MessageRecord), table(TranscriptRecord)
_OF_BURST = _MESSAGE.c.burst_id == bindparam("of_burst")
_KNOWN = (
    select(_MESSAGE)
    .where(
        _OF_BURST,
        _MESSAGE.c.channel == bindparam("there"),
        _MESSAGE.c.ts.in_(bindparam("wanted", expanding=True)),
    )
    .with_for_update()
)
_NAMED = select(_MESSAGE).where(_OF_BURST, _MESSAGE.c.ts.in_(bindparam("wanted", expanding=True)))
_STANDING = select(_MESSAGE).where(
    _OF_BURST,
    _MESSAGE.c.channel == bindparam("there"),
    ~_MESSAGE.c.deleted,
    _MESSAGE.c.ts >= bindparam("oldest"),
    _MESSAGE.c.ts <= bindparam("newest"),
)
_IN_CHANNEL = _STANDING.where(or_(_MESSAGE.c.thread == "", _MESSAGE.c.kind == BROADCAST))
_IN_THREAD = _STANDING.where(_MESSAGE.c.root == bindparam("thread"), _MESSAGE.c.thread != "")
_REPLIES = select(_MESSAGE.c.root, _MESSAGE.c.author).where(
    _OF_BURST,
    _MESSAGE.c.channel == bindparam("there"),
    _MESSAGE.c.root.in_(bindparam("wanted", expanding=True)),
    _MESSAGE.c.thread != "",
    ~_MESSAGE.c.deleted,
)
_HEARD = select(_MESSAGE.c.burst_id).where(
    _MESSAGE.c.burst_id.in_(select(BURSTS.c.id).where(BURSTS.c.channel == bindparam("there"))),
    _MESSAGE.c.channel == bindparam("there"),
    _MESSAGE.c.ts == bindparam("moment"),
)
_EDGES = select(func.min(_MESSAGE.c.ts), func.max(_MESSAGE.c.ts)).where(
    _OF_BURST, _MESSAGE.c.channel == bindparam("there"), ~_MESSAGE.c.deleted
)
_WORDED = or_(
    _MESSAGE.c.text != "",
    _MESSAGE.c.named != "",
    _MESSAGE.c.files != (),
    _MESSAGE.c.earlier != (),
)
_WORDLESS = {"text": "", "named": "", "files": (), "earlier": (), "erased": True}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a burst's transcript came about.

    ``gaps`` are those of the last reading, which was complete up to ``read_upto`` and ended at
    ``completed_at`` (policy time, aware UTC; None before the first has ended).
    """

    progress: Progress | None = None
    gaps: tuple[Gap, ...] = ()
    read_upto: str = ""
    completed_at: datetime | None = None


class Transcripts:
    """The transcripts of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, burst_id: int, channel: str, wanted: Iterable[str]) -> Mapping[str, Message]:
        """Those of the messages with these ``ts`` that are kept already, locked: for a unit that writes."""
        values = {"of_burst": burst_id, "there": channel, "wanted": sorted(set(wanted))}
        return {one.ts: one for one in self._read(_KNOWN, values)}

    def named(self, burst_id: int, wanted: Iterable[str]) -> Mapping[str, Message]:
        """Those of the messages with these ``ts`` that were heard, wherever the burst lived."""
        asked = sorted(set(wanted))
        found = self._read(_NAMED, {"of_burst": burst_id, "wanted": asked}) if asked else ()
        return {one.ts: one for one in found}

    def burst_of(self, channel: str, ts: str) -> int | None:
        """The burst that lives in this channel and to whose transcript the message belongs; None for one not heard."""
        found = self._connection.execute(_HEARD.limit(1), {"there": channel, "moment": ts}).scalar()
        return None if found is None else int(found)

    def keep(self, burst_id: int, messages: Iterable[Message]) -> None:
        """Keep the messages as they are given, in place of what was kept of them."""
        for one in messages:
            row = {"burst_id": burst_id, "root": one.thread or one.ts, **_row(one)}
            insert_or_replace(self._connection, _MESSAGE, row)

    def page(
        self, burst_id: int, *, after: Message | None = None, offset: int = 0, limit: int
    ) -> tuple[Message, ...]:
        """Up to ``limit`` messages behind ``after``, or behind the first ``offset``.

        Oldest first, each thread behind the message that it answers.
        """
        query = select(_MESSAGE).where(_OF_BURST)
        order = (_MESSAGE.c.root, _MESSAGE.c.ts, _MESSAGE.c.channel)
        if after is not None:
            query = query.where(tuple_(*order) > tuple_(after.thread or after.ts, after.ts, after.channel))
        return self._read(query.order_by(*order).limit(limit).offset(offset), {"of_burst": burst_id})

    def standing_in_channel(
        self, burst_id: int, channel: str, oldest: str, newest: str
    ) -> tuple[Message, ...]:
        """What the channel itself shows between these moments, both included, as far as we know."""
        return self._read(_IN_CHANNEL, _between(burst_id, channel, oldest, newest))

    def standing_in_thread(
        self, burst_id: int, channel: str, thread: str, oldest: str, newest: str
    ) -> tuple[Message, ...]:
        """The replies of a thread between these moments, both included, as far as we know."""
        return self._read(_IN_THREAD, {**_between(burst_id, channel, oldest, newest), "thread": thread})

    def replies(self, burst_id: int, channel: str, wanted: Iterable[str]) -> dict[str, list[str]]:
        """Who wrote each reply to the messages with these ``ts`` that have any, as far as we know."""
        values = {"of_burst": burst_id, "there": channel, "wanted": sorted(set(wanted))}
        found: dict[str, list[str]] = {}
        for root, author in self._connection.execute(_REPLIES, values):
            found.setdefault(root, []).append(author)
        return found

    def edges(self, burst_id: int, channel: str) -> tuple[str, str]:
        """The oldest and the newest ``ts`` that are not deleted there; empty when nothing is kept."""
        oldest, newest = self._connection.execute(_EDGES, {"of_burst": burst_id, "there": channel}).one()
        return oldest or "", newest or ""

    def channels(self, burst_id: int) -> frozenset[str]:
        """Where the messages were written."""
        query = select(_MESSAGE.c.channel).where(_OF_BURST).distinct()
        return frozenset(self._connection.execute(query, {"of_burst": burst_id}).scalars())

    def authors(self, burst_id: int) -> frozenset[str]:
        """Who wrote them."""
        query = select(_MESSAGE.c.author).where(_OF_BURST).distinct()
        return frozenset(self._connection.execute(query, {"of_burst": burst_id}).scalars())

    def count(self, burst_id: int) -> int:
        """How many messages are kept, deleted ones too."""
        query = select(func.count()).select_from(_MESSAGE).where(_OF_BURST)
        return self._connection.execute(query, {"of_burst": burst_id}).scalar_one()

    def count_worded(self, burst_id: int) -> int:
        """How many messages have words that can be forgotten."""
        query = select(func.count()).select_from(_MESSAGE).where(_OF_BURST, _WORDED)
        return self._connection.execute(query, {"of_burst": burst_id}).scalar_one()

    def reading(self, burst_id: int) -> Reading:
        """How far the history has been read."""
        query = select(_TRANSCRIPT).where(_TRANSCRIPT.c.burst_id == burst_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return Reading()
        return Reading(row["progress"], row["gaps"], row["read_upto"], row["completed_at"])

    def note_reading(self, burst_id: int, reading: Reading) -> None:
        """Keep how far the history has been read."""
        row = {name: getattr(reading, name) for name in Reading.__dataclass_fields__}
        insert_or_replace(self._connection, _TRANSCRIPT, {"burst_id": burst_id, **row})

    def erase(self, burst_id: int) -> int:
        """Forget every word of a burst's transcript; that and when somebody wrote stays. Returns how many had words."""
        return self._wordless(_MESSAGE.c.burst_id == burst_id)

    def erase_message(self, burst_id: int, ts: str) -> bool:
        """Forget every word of one message for good; False when there is none with words.

        It has none either when Slack's history is read and still shows them.
        """
        return self._wordless(_MESSAGE.c.burst_id == burst_id, _MESSAGE.c.ts == ts) > 0

    def _wordless(self, *whose: Any) -> int:
        return self._connection.execute(update(_MESSAGE).where(*whose, _WORDED).values(**_WORDLESS)).rowcount

    def _read(self, query: Any, values: Mapping[str, Any]) -> tuple[Message, ...]:
        return tuple(_message(row) for row in self._connection.execute(query, dict(values)).mappings())


def _between(burst_id: int, channel: str, oldest: str, newest: str) -> dict[str, Any]:
    return {"of_burst": burst_id, "there": channel, "oldest": oldest, "newest": newest}


def _row(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in Message.__dataclass_fields__}


def _message(row: RowMapping) -> Message:
    return Message(**{name: row[name] for name in Message.__dataclass_fields__})
