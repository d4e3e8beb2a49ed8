"""Writing decisions: only what differs, in few multi-row statements.

Several decisions can be written at once (the sweep rings a hundred clocks in one transaction); then
each table still sees one statement per kind of change.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, select, update

from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import burst_lane, cell_lane
from storage.faults import StaleBurst
from storage.log import Log, chained
from storage.outbox import Intent, Outbox
from storage.policies import Policies
from storage.rows import insert_rows, update_rows
from storage.shapes import BURSTS, CHILDREN, Children, burst_row, changed_columns
from storage.tables import LogRecord, table


def _is_child(kind: Children) -> ColumnElement[bool]:
    columns = kind.table.c
    return and_(columns.burst_id == bindparam("of_burst"), columns.number == bindparam("of_number"))


_LOG = table(LogRecord)
_TIPS = (
    select(
        BURSTS.c.id,
        BURSTS.c.version,
        BURSTS.c.log_count,
        BURSTS.c.log_head,
        BURSTS.c.policy_digest,
        _LOG.c.at.label("logged_at"),
    )
    .outerjoin(_LOG, and_(_LOG.c.burst_id == BURSTS.c.id, _LOG.c.number == BURSTS.c.log_count))
    .where(BURSTS.c.id.in_(bindparam("wanted", expanding=True)))
    .with_for_update(of=BURSTS)
)
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
    stored_digest: str = ""
    policy_digest: str = ""
    log_count: int = 0
    log_head: str = ""
    logged_at: datetime | None = None


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
        self._new_lanes: set[str] = set()

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
        self._outbox.add(self._intents, now=now, new_lanes=frozenset(self._new_lanes))
        return results

    def _tips(self, burst_ids: Iterable[int]) -> dict[int, Any]:
        wanted = sorted(set(burst_ids))
        if not wanted:
            return {}
        return {row.id: row for row in self._connection.execute(_TIPS, {"wanted": wanted})}

    def _take(self, decision: Decision, tips: Mapping[int, Any]) -> Burst:
        change = self._changes.get(decision.after.id)
        if change is None:
            change = self._start(decision, tips)
        elif decision.before is None or decision.before.version != change.after.version:
            raise StaleBurst(decision.after.id)
        rows = chained(
            decision.after.id, change.log_count, change.log_head, decision.entries, change.logged_at
        )
        if rows:
            change.logged_at = rows[-1]["at"]
            change.log_count, change.log_head = rows[-1]["number"], rows[-1]["entry_hash"]
        change.after = decision.after.having(log_count=change.log_count, log_head=change.log_head)
        if decision.before is None or decision.after.policy is not decision.before.policy:
            change.policy_digest = self._policies.store(decision.after.policy)
        self._entries += rows
        self._intents += [
            Intent(effect, change.after.id, change.after.version) for effect in decision.effects
        ]
        return change.after

    def _start(self, decision: Decision, tips: Mapping[int, Any]) -> _Change:
        before = decision.before
        if before is None:
            change = _Change(None, decision.after)
            self._new_lanes |= {burst_lane(decision.after.id), cell_lane(decision.after.id)}
        else:
            tip = tips.get(before.id)
            if tip is None or tip.version != before.version:
                raise StaleBurst(before.id)
            change = _Change(
                before,
                before,
                tip.policy_digest,
                tip.policy_digest,
                tip.log_count,
                tip.log_head,
                tip.logged_at,
            )
        self._changes[decision.after.id] = change
        return change

    def _write_bursts(self) -> None:
        new = [
            burst_row(one.after, one.policy_digest) for one in self._changes.values() if one.before is None
        ]
        insert_rows(self._connection, BURSTS, new)
        by_columns: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for change in self._changes.values():
            if change.before is not None:
                values = changed_columns(change.before, change.after)
                if change.policy_digest != change.stored_digest:
                    values["policy_digest"] = change.policy_digest
                guard = {"of_burst": change.after.id, "of_version": change.before.version}
                by_columns[tuple(values)].append(values | guard)
        for rows in by_columns.values():
            if update_rows(self._connection, _UPDATE_BURST, rows) != len(rows):
                raise StaleBurst(rows[0]["of_burst"])

    def _write_children(self, kind: Children) -> None:
        new, gone = [], []
        changed: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for burst_id, change in self._changes.items():
            if change.before and kind.of(change.before) is kind.of(change.after):
                continue
            before = kind.rows(change.before) if change.before else {}
            after = kind.rows(change.after)
            for number, child in after.items():
                if number not in before:
                    new.append(kind.row(burst_id, number, child))
                elif child is not before[number] and (values := kind.changed(before[number], child)):
                    changed[tuple(values)].append(values | _name_child(burst_id, number))
            gone += [_name_child(burst_id, number) for number in before.keys() - after.keys()]
        if gone:
            self._connection.execute(_DELETE[kind.field], gone)
        for rows in changed.values():
            update_rows(self._connection, _UPDATE[kind.field], rows)
        insert_rows(self._connection, kind.table, new)


def _name_child(burst_id: int, number: int) -> dict[str, int]:
    return {"of_burst": burst_id, "of_number": number}
