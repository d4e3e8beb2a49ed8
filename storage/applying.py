"""Writing decisions: only what differs, in few multi-row statements.

Several decisions can be written at once (the sweep rings a hundred clocks in one transaction); then
each table still sees one statement per kind of change.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select, update

from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from storage.faults import StaleBurst
from storage.log import Log, chained
from storage.outbox import Intent, Outbox
from storage.policies import Policies
from storage.shapes import BURSTS, CHILDREN, Children, burst_row


def _is_child(kind: Children) -> ColumnElement[bool]:
    columns = kind.table.c
    return and_(columns.burst_id == bindparam("of_burst"), columns.number == bindparam("of_number"))


_TIPS = (
    select(BURSTS.c.id, BURSTS.c.version, BURSTS.c.log_count, BURSTS.c.log_head, BURSTS.c.policy_digest)
    .where(BURSTS.c.id.in_(bindparam("wanted", expanding=True)))
    .with_for_update()
)
_INSERT_BURST = insert(BURSTS)
_INSERT = {kind.field: insert(kind.table) for kind in CHILDREN}
# The columns to set are the keys of the rows that these are executed with.
_UPDATE_BURST = update(BURSTS).where(
    and_(BURSTS.c.id == bindparam("of_burst"), BURSTS.c.version == bindparam("of_version"))
)
_UPDATE = {kind.field: update(kind.table).where(_is_child(kind)) for kind in CHILDREN}
_DELETE = {kind.field: delete(kind.table).where(_is_child(kind)) for kind in CHILDREN}


@dataclass
class _Change:
    """All that happened to one burst in this batch: what was stored first, and what it is now."""

    before: Burst | None
    after: Burst
    stored_version: int
    stored_digest: str
    policy_digest: str


class Applying:
    """One batch of decisions on its way into the tables of one transaction."""

    def __init__(self, connection: Connection, policies: Policies, log: Log, outbox: Outbox) -> None:
        self._connection = connection
        self._policies = policies
        self._log = log
        self._outbox = outbox
        self._changes: dict[int, _Change] = {}
        self._entries: list[Mapping[str, Any]] = []
        self._intents: list[Intent] = []

    def run(self, decisions: Sequence[Decision], *, now: datetime) -> tuple[Burst, ...]:
        """Write them and return the bursts as stored, log count and head included, in their order.

        Raises ``StaleBurst`` when a burst is not stored in the version that its decision started from;
        the transaction must then be rolled back, which leaving ``Store.write()`` by an exception does.
        """
        tips = self._tips(one.before.id for one in decisions if one.before is not None)
        results = tuple(self._take(decision, tips) for decision in decisions)
        self._write_bursts()
        for kind in CHILDREN:
            self._write_children(kind)
        self._log.append(self._entries)
        self._outbox.add(self._intents, now=now)
        return results

    def _tips(self, burst_ids: Iterable[int]) -> dict[int, Any]:
        wanted = sorted(set(burst_ids))
        if not wanted:
            return {}
        return {row.id: row for row in self._connection.execute(_TIPS, {"wanted": wanted})}

    def _take(self, decision: Decision, tips: Mapping[int, Any]) -> Burst:
        burst_id = decision.after.id
        change = self._changes.get(burst_id) or self._start(decision, tips)
        count, head = change.after.log_count, change.after.log_head
        if decision.before is not None and decision.before.version != change.after.version:
            raise StaleBurst(burst_id)
        rows = chained(burst_id, count, head, decision.entries)
        change.after = replace(
            decision.after,
            log_count=count + len(rows),
            log_head=rows[-1]["entry_hash"] if rows else head,
        )
        if decision.before is None or decision.after.policy is not decision.before.policy:
            change.policy_digest = self._policies.store(decision.after.policy)
        self._entries += rows
        self._intents += [Intent(effect, burst_id, decision.after.version) for effect in decision.effects]
        return change.after

    def _start(self, decision: Decision, tips: Mapping[int, Any]) -> _Change:
        before = decision.before
        if before is None:
            change = _Change(None, replace(decision.after, log_count=0, log_head=""), 0, "", "")
        else:
            tip = tips.get(before.id)
            if tip is None or tip.version != before.version:
                raise StaleBurst(before.id)
            stored = replace(before, log_count=tip.log_count, log_head=tip.log_head)
            change = _Change(stored, stored, tip.version, tip.policy_digest, tip.policy_digest)
        self._changes[decision.after.id] = change
        return change

    def _write_bursts(self) -> None:
        new = [
            burst_row(one.after, one.policy_digest) for one in self._changes.values() if one.before is None
        ]
        if new:
            self._connection.execute(_INSERT_BURST, new)
        by_columns: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for change in self._changes.values():
            if change.before is not None:
                values = _changed_columns(change)
                guard = {"of_burst": change.after.id, "of_version": change.stored_version}
                by_columns[tuple(values)].append(values | guard)
        for rows in by_columns.values():
            written = self._connection.execute(_UPDATE_BURST, rows).rowcount
            if written != len(rows):
                raise StaleBurst(rows[0]["of_burst"])

    def _write_children(self, kind: Children) -> None:
        new, changed, gone = [], [], []
        for burst_id, change in self._changes.items():
            before = kind.rows(change.before) if change.before else {}
            after = kind.rows(change.after)
            for number, child in after.items():
                if number not in before:
                    new.append(kind.row(burst_id, number, child))
                elif child != before[number]:
                    changed.append(kind.values(child) | _name_child(burst_id, number))
            gone += [_name_child(burst_id, number) for number in before.keys() - after.keys()]
        for statement, rows in ((_DELETE, gone), (_UPDATE, changed), (_INSERT, new)):
            if rows:
                self._connection.execute(statement[kind.field], rows)


def _name_child(burst_id: int, number: int) -> dict[str, int]:
    return {"of_burst": burst_id, "of_number": number}


def _changed_columns(change: _Change) -> dict[str, Any]:
    """The columns whose value differs, in the table's order; the version always does."""
    if change.before is None:
        raise ValueError("a new burst is inserted whole")
    old = burst_row(change.before, change.stored_digest)
    new = burst_row(change.after, change.policy_digest)
    return {name: value for name, value in new.items() if value != old[name] or name == "version"}
