"""Messages that were posted: where each is, what it shows, which intent it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from storage.tables import PostRecord, table

_POST = table(PostRecord)


@dataclass(frozen=True, slots=True)
class PostRow:
    """One message. ``slot`` says what it is (``card``, ``checklist``, ``notice:7``, ``ping``, ...).

    ``subject`` tells posts of one slot apart (a clock's number, a step), ``user`` whose DM it is in.
    ``version`` is the burst's version that it shows; ``settled_at`` (aware UTC) is when it became moot.
    ``drawn``, of a message's first post, is a digest of what it shows, where it is about several bursts. ``id`` is 0 until it is stored.
    """

    burst_id: int
    slot: str
    subject: str
    user: str | None
    channel: str
    ts: str
    outbox_id: int | None
    version: int
    settled_at: datetime | None = None
    drawn: str | None = None
    id: int = 0


class Posts:
    """The posts of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, post: PostRow) -> int:
        """Keep a post; returns its id."""
        values = {name: getattr(post, name) for name in PostRow.__dataclass_fields__ if name != "id"}
        statement = insert(_POST).values(**values).returning(_POST.c.id)
        found: int = self._connection.execute(statement).scalar_one()
        return found

    def find(
        self,
        burst_id: int,
        slot: str | None = None,
        *,
        subject: str | None = None,
        user: str | None = None,
        unsettled: bool = False,
    ) -> list[PostRow]:
        """Posts of a burst in the order in which they were made, narrowed by what is given."""
        query = select(_POST).where(_POST.c.burst_id == burst_id)
        for column, wanted in ((_POST.c.slot, slot), (_POST.c.subject, subject), (_POST.c.user, user)):
            if wanted is not None:
                query = query.where(column == wanted)
        if unsettled:
            query = query.where(_POST.c.settled_at.is_(None))
        return [PostRow(**row) for row in self._connection.execute(query.order_by(_POST.c.id)).mappings()]

    def latest(self, burst_id: int, slot: str) -> PostRow | None:
        """The newest post of that slot, such as the card that is to be refreshed."""
        query = select(_POST).where(_POST.c.burst_id == burst_id, _POST.c.slot == slot)
        return self._first(query.order_by(_POST.c.id.desc()).limit(1))

    def at(self, channel: str, ts: str) -> list[PostRow]:
        """What this message says: one post for each intent that it answers, in the order of their making."""
        query = select(_POST).where(_POST.c.channel == channel, _POST.c.ts == ts).order_by(_POST.c.id)
        return [PostRow(**row) for row in self._connection.execute(query).mappings()]

    def is_shared(self, channel: str, ts: str, burst_id: int) -> bool:
        """Whether this message also speaks of another burst."""
        query = select(_POST.c.id).where(
            _POST.c.channel == channel, _POST.c.ts == ts, _POST.c.burst_id != burst_id
        )
        return self._finds(query)

    def answers(self, channel: str, ts: str, outbox_id: int) -> bool:
        """Whether this message is known to answer that intent."""
        query = select(_POST.c.id).where(
            _POST.c.outbox_id == outbox_id, _POST.c.channel == channel, _POST.c.ts == ts
        )
        return self._finds(query)

    def by_outbox(self, outbox_id: int) -> PostRow | None:
        """The post that answers this intent, if it was made."""
        return self._first(select(_POST).where(_POST.c.outbox_id == outbox_id))

    def show(self, post_id: int, version: int) -> None:
        """Record that the message now shows the burst's ``version``; it never goes back to an older one."""
        older = (_POST.c.id == post_id, _POST.c.version < version)
        self._connection.execute(update(_POST).where(*older).values(version=version))

    def draw(self, post_id: int, drawn: str) -> None:
        """Record, at its first post, what a message about several bursts shows now."""
        self._connection.execute(update(_POST).where(_POST.c.id == post_id).values(drawn=drawn))

    def settle(self, post_id: int, at: datetime) -> None:
        """Record that the message was edited to say that it is moot."""
        self._connection.execute(update(_POST).where(_POST.c.id == post_id).values(settled_at=at))

    def revive(self, post_id: int) -> None:
        """Record that the message was edited to say that it is moot no more."""
        self._connection.execute(update(_POST).where(_POST.c.id == post_id).values(settled_at=None))

    def _finds(self, query: Select[Any]) -> bool:
        return self._connection.execute(query.limit(1)).first() is not None

    def _first(self, query: Any) -> PostRow | None:
        row = self._connection.execute(query).mappings().first()
        return None if row is None else PostRow(**row)
