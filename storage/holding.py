"""What is held in the outbox until manners let it go, what was let go lately, and what was settled since."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import Severity
from storage.claims import HELD, HELD_LOCKED, HELD_OF
from storage.outbox import OutboxRow, read_row
from storage.tables import BurstRecord, IntentRecord, PostRecord, table
from storage.terms import IntentState

_OUTBOX, _BURST, _POST = table(IntentRecord), table(BurstRecord), table(PostRecord)
_SETTLED, _EARLIER = _OUTBOX.alias("settled"), _OUTBOX.alias("earlier")
_REVIVED = _OUTBOX.alias("revived")
_WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)
# What was let go and not dropped has been sent, or will be.
_ON_ITS_WAY = (IntentState.PENDING, IntentState.LEASED, IntentState.DONE, IntentState.MERGED)

_OF_BURST = (
    select(_OUTBOX.c.id)
    .where(text("state = 'held'"), _OUTBOX.c.burst_id == bindparam("of_burst"))
    .order_by(_OUTBOX.c.id)
    .with_for_update()
)
_SEVERITIES = select(_BURST.c.id, _BURST.c.severity).where(_BURST.c.id.in_(_WANTED))
_LATELY = select(_OUTBOX).where(
    _OUTBOX.c.audience.in_(_WANTED),
    _OUTBOX.c.released_at > bindparam("since"),
    _OUTBOX.c.state.in_(_ON_ITS_WAY),
)
# What was revived after it was settled is settled no more.
_IS_REVIVED = exists().where(
    _REVIVED.c.burst_id == _SETTLED.c.burst_id,
    _REVIVED.c.kind == EffectKind.REVIVE_PINGS.value,
    _REVIVED.c.subject == _SETTLED.c.subject,
    _REVIVED.c.id > _SETTLED.c.id,
)
_SETTLED_SINCE = (
    select(_EARLIER.c.id, _SETTLED.c.subject)
    .join(_SETTLED, and_(_SETTLED.c.burst_id == _EARLIER.c.burst_id, _SETTLED.c.id > _EARLIER.c.id))
    .where(_SETTLED.c.kind == EffectKind.SETTLE_PINGS.value, _EARLIER.c.id.in_(_WANTED), ~_IS_REVIVED)
)
# The row in whose message another one goes along; it may be about another burst.
_CARRIER = _OUTBOX.alias("carrier")
# No message says it: it was dropped, but not on a person's word, or left out of the one in which it was to go along.
_UNHEARD = (
    select(_OUTBOX)
    .outerjoin(_CARRIER, _CARRIER.c.id == _OUTBOX.c.carrier)
    .where(
        _OUTBOX.c.burst_id == bindparam("of_burst"),
        _OUTBOX.c.audience.is_not(None),
        or_(
            and_(_OUTBOX.c.state == IntentState.DROPPED, _OUTBOX.c.parked_reason == ""),
            and_(_OUTBOX.c.state == IntentState.MERGED, _CARRIER.c.state == IntentState.DONE),
        ),
        ~exists().where(_POST.c.outbox_id == _OUTBOX.c.id),
    )
    .order_by(_OUTBOX.c.id)
)
# A ping is being sent as a message of its own, or along with another one.
_UNDER_WAY = (
    select(_OUTBOX.c.id)
    .outerjoin(_CARRIER, _CARRIER.c.id == _OUTBOX.c.carrier)
    .where(
        _OUTBOX.c.burst_id == bindparam("of_burst"),
        _OUTBOX.c.kind == EffectKind.PING.value,
        func.coalesce(_CARRIER.c.state, _OUTBOX.c.state) == IntentState.LEASED,
    )
)
_BEHIND = (
    select(_OUTBOX)
    .outerjoin(_CARRIER, _CARRIER.c.id == _OUTBOX.c.carrier)
    .where(
        _OUTBOX.c.burst_id == bindparam("of_burst"),
        _OUTBOX.c.lane == bindparam("lane"),
        _OUTBOX.c.kind == bindparam("kind"),
        _OUTBOX.c.id > bindparam("this"),
        _OUTBOX.c.weight >= bindparam("weight"),
        func.coalesce(_CARRIER.c.state, _OUTBOX.c.state) == IntentState.PENDING,
    )
    .order_by(_OUTBOX.c.id)
)
_OLDEST = select(func.min(_OUTBOX.c.created_at)).where(_OUTBOX.c.state == IntentState.HELD)
_CARRIED = select(_OUTBOX).where(_OUTBOX.c.carrier == bindparam("by")).order_by(_OUTBOX.c.id)

_THIS = update(_OUTBOX).where(_OUTBOX.c.id == bindparam("this"))
_RELEASE = _THIS.values(state=IntentState.PENDING, released_at=bindparam("at"))
_MERGE = _THIS.values(state=IntentState.MERGED, released_at=bindparam("at"), carrier=bindparam("by"))
_LOSE = _THIS.values(state=IntentState.PENDING, carrier=None)
_CARRY = _THIS.values(carrier=bindparam("by"))
_DROP = _THIS.values(state=IntentState.DROPPED)
_LEAVE = update(_OUTBOX).where(_OUTBOX.c.carrier == bindparam("this")).values(carrier=None)
_HOLD_AGAIN = _THIS.values(
    state=IntentState.HELD, held_until=bindparam("until"), released_at=None, carrier=None, attempt=0
)
_WAIT = _THIS.values(held_until=bindparam("until"))


class Holding:
    """The held rows of one transaction's database. All times are policy time, aware UTC."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def any_due(self, now: datetime) -> bool:
        """Whether a claim would find something; a look that needs no write transaction."""
        statement = HELD[self._connection.dialect.name]
        return self._connection.execute(statement, {"now": now, "limit": 1}).first() is not None

    def claim(self, now: datetime, limit: int) -> list[OutboxRow]:
        """Everything that is held for up to ``limit`` audiences for whom something is due, in order of id.

        Due or not: what waits may go along. On PostgreSQL the audiences and their rows are locked until the
        transaction ends, and those that another replica has are left out.
        """
        heads = HELD_LOCKED[self._connection.dialect.name]
        audiences = list(self._connection.execute(heads, {"now": now, "limit": limit}).scalars())
        if not audiences:
            return []
        found = self._connection.execute(HELD_OF[self._connection.dialect.name], {"audiences": audiences})
        return [read_row(row) for row in found.mappings()]

    def severities(self, burst_ids: Iterable[int]) -> dict[int, Severity]:
        """The severity of each of these bursts that there is."""
        found = self._connection.execute(_SEVERITIES, {"wanted": sorted(set(burst_ids))})
        return {row.id: Severity(row.severity) for row in found}

    def lately(self, audiences: Iterable[str], since: datetime) -> list[OutboxRow]:
        """What was let go after ``since`` for these audiences, and not dropped."""
        wanted = {"wanted": sorted(set(audiences)), "since": since}
        return [read_row(row) for row in self._connection.execute(_LATELY, wanted).mappings()]

    def settled_since(self, intent_ids: Iterable[int]) -> list[tuple[int, Mapping[str, str | int]]]:
        """Those of these rows about whose bursts something was settled since, each with what was settled."""
        found = self._connection.execute(_SETTLED_SINCE, {"wanted": sorted(set(intent_ids))})
        return [(row.id, json.loads(row.subject)) for row in found]

    def carried(self, carrier: int) -> list[OutboxRow]:
        """The rows that go along in the message of ``carrier``."""
        return [read_row(row) for row in self._connection.execute(_CARRIED, {"by": carrier}).mappings()]

    def pings_under_way(self, burst_id: int) -> list[int]:
        """The pings about this burst that are being sent at this moment, in whatever message."""
        return list(self._connection.execute(_UNDER_WAY, {"of_burst": burst_id}).scalars())

    def behind(self, row: OutboxRow) -> list[OutboxRow]:
        """What of the same kind, burst and lane as ``row``, and weighs as much or more, waits behind it, in order of id.

        By itself or along with another; while ``row`` is leased, none of it can be.
        """
        wanted = {
            "of_burst": row.burst_id,
            "lane": row.lane,
            "kind": row.kind.value,
            "this": row.id,
            "weight": row.weight,
        }
        return [read_row(found) for found in self._connection.execute(_BEHIND, wanted).mappings()]

    def oldest(self) -> datetime | None:
        """When the oldest of what is held was made; None when nothing is."""
        return self._connection.execute(_OLDEST).scalar()

    def halve(self, carrier: int) -> bool:
        """Let half of what goes along with ``carrier`` go as a message of its own; False when nothing goes along.

        Done again and again, it finds the one that cannot be sent, and tells all others in few messages.
        """
        along = [row.id for row in self.carried(carrier)]
        if not along:
            return False
        first, *others = along[len(along) // 2 :]
        self._each(_LOSE, [{"this": first}])
        self._each(_CARRY, [{"this": one, "by": first} for one in others])
        return True

    def release(self, intent_ids: Iterable[int], at: datetime) -> None:
        """Let these rows join their lanes."""
        self._each(_RELEASE, [{"this": one, "at": at} for one in intent_ids])

    def merge(self, carriers: Mapping[int, int], at: datetime) -> None:
        """Let rows go along in another one's message: carriers by row."""
        self._each(_MERGE, [{"this": one, "by": by, "at": at} for one, by in carriers.items()])

    def drop(self, intent_ids: Iterable[int]) -> None:
        """Nothing is asked by these rows any more."""
        self._each(_DROP, [{"this": one} for one in intent_ids])

    def unheard(self, burst_id: int) -> list[OutboxRow]:
        """What was to be told about this burst, and never was in any message, in order of id."""
        return [
            read_row(row) for row in self._connection.execute(_UNHEARD, {"of_burst": burst_id}).mappings()
        ]

    def hold_again(self, intent_ids: Iterable[int], now: datetime) -> None:
        """Hold rows that reached nobody, due at once. What was dropped along with them stays so."""
        found = list(intent_ids)
        self._each(_LEAVE, [{"this": one} for one in found])
        self._each(_HOLD_AGAIN, [{"this": one, "until": now} for one in found])

    def wait(self, until: Mapping[int, datetime]) -> None:
        """Hold rows on, each until its time."""
        self._each(_WAIT, [{"this": one, "until": then} for one, then in until.items()])

    def reconsider(self, burst_id: int, now: datetime) -> None:
        """Ask manners again about everything that is held about this burst: it may not have to wait any more."""
        found = list(self._connection.execute(_OF_BURST, {"of_burst": burst_id}).scalars())
        self.wait(dict.fromkeys(found, now))

    def _each(self, statement: Update, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)
