"""Loading bursts, and finding the one or the ones that are wanted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    and_,
    bindparam,
    func,
    select,
    update,
)

from bot.taskforce.burst import Burst
from bot.taskforce.terms import ClockKind, ClockState, State
from storage.finding import OPEN_STATES, BurstFilter, numbers_of
from storage.policies import Policies
from storage.reading import Reading
from storage.shapes import BURSTS, CHILDREN, Children, read_burst
from storage.tables import ClockRecord, Counter, table

_CLOCK, _COUNTER = table(ClockRecord), table(Counter)
_NEXT_ID = (
    update(_COUNTER)
    .where(_COUNTER.c.name == "burst")
    .values(value=_COUNTER.c.value + 1)
    .returning(_COUNTER.c.value)
)
# People may ask for any number; as an INTEGER a large one would be an error to PostgreSQL, not a burst that is not there.
_WANTED = bindparam("wanted", type_=BigInteger)
_BY_ID = select(BURSTS).where(BURSTS.c.id == _WANTED)
_BY_IDS = select(BURSTS).where(BURSTS.c.id.in_(bindparam("wanted", type_=BigInteger, expanding=True)))
# By whether they are locked.
_ONE = {False: Reading(_BY_ID), True: Reading(_BY_ID.with_for_update())}
_MANY = {False: Reading(_BY_IDS), True: Reading(_BY_IDS.with_for_update())}
_LATEST_IN = (
    select(BURSTS.c.id).where(BURSTS.c.channel == bindparam("channel")).order_by(BURSTS.c.id.desc()).limit(1)
)
_LATEST_IN_CHANNEL = _LATEST_IN.where(BURSTS.c.thread_ts.is_(None))
_LATEST_IN_THREAD = _LATEST_IN.where(BURSTS.c.thread_ts == bindparam("thread_ts"))
_HERE = BURSTS.c.state != State.ARCHIVED
_HOME_IN_CHANNEL, _HOME_IN_THREAD = _LATEST_IN_CHANNEL.where(_HERE), _LATEST_IN_THREAD.where(_HERE)
_BATCH = 50


def _children_of(kind: Children, *, one: bool) -> Reading:
    burst_id = kind.table.c.burst_id
    wanted = burst_id == bindparam("wanted") if one else burst_id.in_(bindparam("wanted", expanding=True))
    return Reading(select(*kind.selected()).where(wanted).order_by(burst_id, kind.table.c.number))


_CHILDREN_OF_ONE = {kind.field: _children_of(kind, one=True) for kind in CHILDREN}
_CHILDREN_OF_MANY = {kind.field: _children_of(kind, one=False) for kind in CHILDREN}


class Bursts:
    """Bursts of one transaction's database."""

    def __init__(self, connection: Connection, policies: Policies, *, locking: bool) -> None:
        self._connection = connection
        self._policies = policies
        # A write transaction locks what it loads (PostgreSQL; it compiles to nothing on SQLite, which has
        # one writer): the burst is then read as one, and two operations on it queue instead of colliding.
        self._locking = locking

    def allocate_id(self) -> int:
        """The number of the next burst; a number is used up only if the transaction commits."""
        found: int = self._connection.execute(_NEXT_ID).scalar_one()
        return found

    def get(self, burst_id: int) -> Burst | None:
        """The burst of that number with everything that belongs to it."""
        return self._load(_ONE, burst_id, _CHILDREN_OF_ONE).get(burst_id)

    def get_many(self, burst_ids: Iterable[int]) -> dict[int, Burst]:
        """The bursts of these numbers, by number, in a fixed count of statements; unknown ones are left out."""
        wanted = sorted(set(burst_ids))
        return self._load(_MANY, wanted, _CHILDREN_OF_MANY) if wanted else {}

    def by_channel(self, channel: str, thread_ts: str | None = None) -> Burst | None:
        """The latest burst that lives in that channel, or in that thread of it."""
        latest = _LATEST_IN_CHANNEL if thread_ts is None else _LATEST_IN_THREAD
        named = {"channel": channel} if thread_ts is None else {"channel": channel, "thread_ts": thread_ts}
        found = self._connection.execute(latest, named).scalar()
        return None if found is None else self.get(found)

    def at_home_in(self, channel: str, root: str) -> int | None:
        """The id of the burst to which a message there belongs: the channel is its own, or its thread begins at ``root``.

        None where no burst lives, and when it is archived.
        """
        named = {"channel": channel, "thread_ts": root}
        found = self._connection.execute(_HOME_IN_THREAD, named).scalar()
        if found is None:
            found = self._connection.execute(_HOME_IN_CHANNEL, {"channel": channel}).scalar()
        return found

    def in_order(self, burst_ids: Sequence[int]) -> list[Burst]:
        """The bursts of these numbers, in the order given; unknown ones are left out."""
        loaded = self.get_many(burst_ids)
        return [loaded[number] for number in burst_ids if number in loaded]

    def numbers(self, wanted: BurstFilter) -> list[int]:
        """The numbers of bursts that fit as far as the database can tell, most urgent armed clock first.

        ``BurstFilter.confirms`` has the last word on each.
        """
        return list(self._connection.execute(numbers_of(wanted)).scalars())

    def find(
        self, wanted: BurstFilter, *, readable: Callable[[Burst], bool], limit: int
    ) -> tuple[Burst, ...]:
        """Up to ``limit`` bursts that fit and that ``readable`` lets through, most urgent armed clock first.

        Those without a running clock come last, each group by number.
        """
        ids = self.numbers(wanted)
        found: list[Burst] = []
        for start in range(0, len(ids), _BATCH):
            batch = self.in_order(ids[start : start + _BATCH])
            found += [burst for burst in batch if wanted.confirms(burst) and readable(burst)]
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    def owned_by(self, users: Iterable[str]) -> dict[str, int]:
        """How many bursts that are not closed each of these people owns; who owns none is left out."""
        query = (
            select(BURSTS.c.owner, func.count())
            .where(BURSTS.c.owner.in_(sorted(users)), BURSTS.c.state.in_(sorted(OPEN_STATES)))
            .group_by(BURSTS.c.owner)
        )
        return {owner: count for owner, count in self._connection.execute(query)}  # noqa: C416 - rows are no pairs to the type checker

    def archivable(self, now: datetime, limit: int) -> list[int]:
        """Closed bursts whose grace has passed at ``now`` (aware UTC), the longest waiting first."""
        due = and_(BURSTS.c.state == State.CLOSED, BURSTS.c.archive_at <= now)
        query = select(BURSTS.c.id).where(due).order_by(BURSTS.c.archive_at).limit(limit)
        return list(self._connection.execute(query).scalars())

    def with_follow_ups(self, user: str | None = None) -> list[int]:
        """The numbers of the bursts with a follow-up action that is promised and not done, in order.

        With ``user`` those alone that name this person somewhere.
        """
        promised = (_CLOCK.c.state == ClockState.ARMED, _CLOCK.c.kind == ClockKind.FOLLOW_UP)
        query = select(_CLOCK.c.burst_id).where(*promised).distinct().order_by(_CLOCK.c.burst_id)
        if user is not None:
            named = BURSTS.c.details.contains(f'"{user}"', autoescape=True)
            query = query.join(BURSTS, BURSTS.c.id == _CLOCK.c.burst_id).where(named)
        return list(self._connection.execute(query).scalars())

    def open_after(self, burst_id: int, limit: int) -> list[int]:
        """The numbers above ``burst_id`` of up to ``limit`` bursts that are not closed, in order."""
        still_open = (BURSTS.c.id > burst_id, BURSTS.c.state.in_(sorted(OPEN_STATES)))
        query = select(BURSTS.c.id).where(*still_open).order_by(BURSTS.c.id).limit(limit)
        return list(self._connection.execute(query).scalars())

    def promised_after(self, burst_id: int, limit: int) -> list[int]:
        """Like ``open_after``, with those that have ended and still have follow-up actions to be done."""
        followed = (number for number in self.with_follow_ups() if number > burst_id)
        return sorted({*self.open_after(burst_id, limit), *followed})[:limit]

    def _load(
        self, bursts: Mapping[bool, Reading], wanted: Any, children_of: Mapping[str, Reading]
    ) -> dict[int, Burst]:
        parameters = {"wanted": wanted}
        rows = bursts[self._locking].mappings(self._connection, parameters)
        if not rows:
            return {}
        policies = self._policies.load(row["policy_digest"] for row in rows)
        children = {
            kind.field: kind.read(children_of[kind.field].columns(self._connection, parameters))
            for kind in CHILDREN
        }
        return {
            row["id"]: read_burst(
                row,
                policies[row["policy_digest"]],
                {field: theirs.get(row["id"], ()) for field, theirs in children.items()},
            )
            for row in rows
        }
