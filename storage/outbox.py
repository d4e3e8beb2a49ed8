"""The outbox: durable intents for Slack, delivered lane by lane under fenced leases.

A lane is strictly in order: its head is its lowest pending or leased id, and nothing behind a head
that is leased or not yet due is given out. Parked, dropped and done rows are out of the way. Every
claim raises the row's fence; whoever reports with an older fence has lost the lease, and changes
nothing. Waiting times are real seconds since the epoch: they pace Slack, not promises. What asks for
somebody's attention is held first, in policy time, and joins its lane when it is let go (`storage.holding`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.engine import RowMapping

from bot import clock
from bot.taskforce.effects import COALESCED, Effect, EffectKind
from storage.claims import DELIVERABLE, DELIVERABLE_LOCKED, FURTHEST_SECONDS, WAITING
from storage.rows import insert_rows
from storage.tables import IntentRecord, table
from storage.terms import IntentState

_OUTBOX = table(IntentRecord)
_BY_IDS = select(_OUTBOX).where(_OUTBOX.c.id.in_(bindparam("wanted", expanding=True))).order_by(_OUTBOX.c.id)
_LEASE = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id.in_(bindparam("wanted", expanding=True)))
    .values(state=IntentState.LEASED, holder=bindparam("by"), fence=_OUTBOX.c.fence + 1)
)
_INHERIT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.carrier == bindparam("by"), _OUTBOX.c.id != bindparam("heir"))
    .values(carrier=bindparam("heir"))
)
_LEAD = (
    update(_OUTBOX).where(_OUTBOX.c.id == bindparam("heir")).values(state=IntentState.PENDING, carrier=None)
)
_DROP_CARRIED = update(_OUTBOX).where(_OUTBOX.c.carrier == bindparam("by")).values(state=IntentState.DROPPED)
_SUBJECT = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One intent as it stands. ``not_before_wall`` in real seconds, other times policy time, aware UTC."""

    id: int
    burst_id: int | None
    kind: EffectKind
    version: int
    lane: str
    subject: Mapping[str, str | int]
    state: IntentState
    attempt: int
    not_before_wall: float
    holder: str | None
    fence: int
    parked_reason: str
    created_at: datetime
    audience: str | None
    weight: int
    at_once: bool
    held_until: datetime | None
    released_at: datetime | None
    carrier: int | None


@dataclass(frozen=True, slots=True)
class Intent:
    """An effect with the burst and version that it follows from, before it is stored."""

    effect: Effect
    burst_id: int | None
    version: int


class Outbox:
    """The outbox of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, intents: Sequence[Intent], *, now: datetime, new_lanes: frozenset[str] = frozenset()
    ) -> None:
        """Store intents in their order, leaving out refreshes that a pending row already covers.

        A leased row covers nothing: it may be rendering the old state at this moment. In ``new_lanes``
        nothing can be waiting yet, which saves looking. What asks for attention is held, due at once.
        """
        refreshed = {one.effect.lane for one in intents if one.effect.kind in COALESCED}
        covered = self._covered(refreshed - new_lanes)
        wall = clock.wall()
        rows = []
        for intent in intents:
            effect, attention = intent.effect, intent.effect.attention
            subject = _subject_text(effect.subject)
            identity = (effect.lane, effect.kind.value, subject)
            if effect.kind in COALESCED:
                if identity in covered:
                    continue
                covered.add(identity)
            rows.append(
                {
                    "burst_id": intent.burst_id,
                    "kind": effect.kind.value,
                    "version": intent.version,
                    "lane": effect.lane,
                    "subject": subject,
                    "state": IntentState.HELD if attention else IntentState.PENDING,
                    "attempt": 0,
                    "not_before_wall": wall + effect.delay_for.total_seconds() if effect.delay_for else 0.0,
                    "holder": None,
                    "fence": 0,
                    "parked_reason": "",
                    "created_at": now,
                    "audience": attention.audience if attention else None,
                    "weight": attention.weight if attention else 0,
                    "at_once": bool(attention and attention.at_once),
                    "held_until": now if attention else None,
                    "released_at": None,
                    "carrier": None,
                }
            )
        insert_rows(self._connection, _OUTBOX, rows)

    def claim(self, holder: str, limit: int, wall: float) -> list[OutboxRow]:
        """Lease up to ``limit`` deliverable rows to ``holder``, at most one per lane, oldest first.

        ``wall`` is the present in real seconds. Commit before delivering.
        """
        heads = DELIVERABLE_LOCKED[self._connection.dialect.name]
        ids = list(
            self._connection.execute(
                heads, {"wall": wall, "furthest": FURTHEST_SECONDS, "limit": limit}
            ).scalars()
        )
        if not ids:
            return []
        self._connection.execute(_LEASE, {"wanted": ids, "by": holder})
        return [read_row(row) for row in self._connection.execute(_BY_IDS, {"wanted": ids}).mappings()]

    def any_due(self, wall: float) -> bool:
        """Whether a claim would find something; a look that needs no write transaction."""
        found = self._connection.execute(
            DELIVERABLE[self._connection.dialect.name],
            {"wall": wall, "furthest": FURTHEST_SECONDS, "limit": 1},
        )
        return found.first() is not None

    def complete(self, intent_id: int, fence: int) -> bool:
        """Record that it was delivered; False when the lease was lost."""
        return self._settle(intent_id, fence, state=IntentState.DONE, parked_reason="")

    def drop(self, intent_id: int, fence: int, *, heir: int | None = None) -> bool:
        """Record that it was stale and nothing was sent; False when the lease was lost.

        What it carried is stale too, or goes on in the message of ``heir``, one of these.
        """
        dropped = self._settle(intent_id, fence, state=IntentState.DROPPED, parked_reason="")
        if dropped and heir is not None:
            self._connection.execute(_INHERIT, {"by": intent_id, "heir": heir})
            self._connection.execute(_LEAD, {"heir": heir})
        elif dropped:
            self._connection.execute(_DROP_CARRIED, {"by": intent_id})
        return dropped

    def join(self, intent_id: int, fence: int, carrier: int) -> bool:
        """Record that it, and what it carried, goes along with ``carrier``; False when the lease was lost."""
        joined = self._settle(intent_id, fence, state=IntentState.MERGED, carrier=carrier)
        if joined:
            self._connection.execute(_INHERIT, {"by": intent_id, "heir": carrier})
        return joined

    def park(self, intent_id: int, fence: int, reason: str) -> bool:
        """Set it aside for a person to look at; its lane goes on. False when the lease was lost."""
        return self._settle(intent_id, fence, state=IntentState.PARKED, parked_reason=reason)

    def postpone(self, intent_id: int, fence: int, *, not_before_wall: float, attempt: int) -> bool:
        """Give it back, not to be tried before that real time; False when the lease was lost."""
        return self._settle(
            intent_id, fence, state=IntentState.PENDING, not_before_wall=not_before_wall, attempt=attempt
        )

    def get(self, intent_id: int) -> OutboxRow | None:
        """The row of that id."""
        row = self._connection.execute(select(_OUTBOX).where(_OUTBOX.c.id == intent_id)).mappings().first()
        return None if row is None else read_row(row)

    def listed(
        self, states: Iterable[IntentState], *, burst_id: int | None = None, limit: int = 100
    ) -> list[OutboxRow]:
        """Rows in these states, oldest first, of one burst or of all."""
        query = select(_OUTBOX).where(_OUTBOX.c.state.in_(sorted(states)))
        if burst_id is not None:
            query = query.where(_OUTBOX.c.burst_id == burst_id)
        query = query.order_by(_OUTBOX.c.id).limit(limit)
        return [read_row(row) for row in self._connection.execute(query).mappings()]

    def counts(self) -> dict[IntentState, int]:
        """How many rows stand in each state that still wants something: held, pending, leased, parked."""
        open_states = (IntentState.HELD, IntentState.PENDING, IntentState.LEASED, IntentState.PARKED)
        query = select(_OUTBOX.c.state, func.count()).where(_OUTBOX.c.state.in_(open_states))
        found: dict[IntentState, int] = dict.fromkeys(open_states, 0)
        found.update(self._connection.execute(query.group_by(_OUTBOX.c.state)).all())
        return found

    def retry(self, intent_id: int) -> bool:
        """Put a parked row back at its old place in its lane, due at once; False when it is not parked."""
        return self._unpark(
            intent_id, state=IntentState.PENDING, attempt=0, not_before_wall=0.0, parked_reason=""
        )

    def give_up(self, intent_id: int) -> bool:
        """Drop a parked row on a person's word, and what it carried; False when it is not parked.

        Why it was parked stays with it: it is not to come back by itself.
        """
        dropped = self._unpark(intent_id, state=IntentState.DROPPED)
        if dropped:
            self._connection.execute(_DROP_CARRIED, {"by": intent_id})
        return dropped

    def rescue(self, holders: Iterable[str]) -> int:
        """Give back what dead ``holders`` had leased; returns how many rows."""
        return self._release(_OUTBOX.c.holder.in_(sorted(holders)))

    def rescue_others(self, alive: Iterable[str]) -> int:
        """Give back every lease whose holder is not among ``alive``; returns how many rows."""
        return self._release(or_(_OUTBOX.c.holder.is_(None), _OUTBOX.c.holder.not_in(sorted(alive))))

    def purge(self, before: datetime) -> int:
        """Delete delivered and dropped rows created before that policy time; returns how many.

        A row that went along in another one's message goes with it, or after it.
        """
        over = (IntentState.DONE, IntentState.DROPPED)
        under_way = select(_OUTBOX.c.id).where(_OUTBOX.c.state.not_in((*over, IntentState.MERGED)))
        carried = and_(_OUTBOX.c.state == IntentState.MERGED, _OUTBOX.c.carrier.not_in(under_way))
        settled = or_(_OUTBOX.c.state.in_(over), carried)
        return self._connection.execute(
            delete(_OUTBOX).where(settled, _OUTBOX.c.created_at < before)
        ).rowcount

    def _covered(self, lanes: set[str]) -> set[tuple[str, str, str]]:
        if not lanes:
            return set()
        waiting = WAITING[self._connection.dialect.name]
        rows = self._connection.execute(waiting, {"lanes": sorted(lanes)})
        return {(row.lane, row.kind, row.subject) for row in rows}

    def _settle(self, intent_id: int, fence: int, **values: Any) -> bool:
        held = and_(
            _OUTBOX.c.id == intent_id, _OUTBOX.c.fence == fence, _OUTBOX.c.state == IntentState.LEASED
        )
        return (
            self._connection.execute(update(_OUTBOX).where(held).values(holder=None, **values)).rowcount == 1
        )

    def _unpark(self, intent_id: int, **values: Any) -> bool:
        parked = and_(_OUTBOX.c.id == intent_id, _OUTBOX.c.state == IntentState.PARKED)
        statement = update(_OUTBOX).where(parked).values(**values)
        return self._connection.execute(statement).rowcount == 1

    def _release(self, whose: Any) -> int:
        leased = and_(_OUTBOX.c.state == IntentState.LEASED, whose)
        values = {"state": IntentState.PENDING, "holder": None}
        return self._connection.execute(update(_OUTBOX).where(leased).values(**values)).rowcount


def _subject_text(subject: Mapping[str, str | int]) -> str:
    return _SUBJECT.encode(dict(subject))


def read_row(row: RowMapping) -> OutboxRow:
    """The row that a mapping of all its columns holds."""
    values: dict[str, Any] = {**row}
    values["kind"] = EffectKind(values["kind"])
    values["subject"] = json.loads(values["subject"])
    return OutboxRow(**values)
