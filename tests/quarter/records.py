"""What the bot did, read from its log and its outbox when the quarter is over."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from storage.tables import ClockRecord, IntentRecord, LogRecord, table
from storage.terms import IntentState
from tests.quarter.happenings import Happening, climbed, dropped, pinged, reached

_LOG, _OUTBOX, _CLOCK = table(LogRecord), table(IntentRecord), table(ClockRecord)
_TOLD = (EntryKind.WARNED, EntryKind.MISSED, EntryKind.ESCALATED, EntryKind.RESUMED)
_SENT = (EffectKind.PING, EffectKind.POST_ESCALATION)
Kinds = Mapping[tuple[int, int], str]


def happened(engine: Engine) -> Iterator[Happening]:
    """Every warning, miss, step, pause that ended by itself, ping, and card for the steering cell."""
    with engine.connect() as connection:
        clocks = connection.execute(select(_CLOCK.c.burst_id, _CLOCK.c.number, _CLOCK.c.kind))
        kinds = {(row.burst_id, row.number): str(row.kind) for row in clocks}
        for row in connection.execute(select(_LOG).where(_LOG.c.kind.in_(_TOLD))):
            yield from _entry(row.burst_id, row.kind, row.actor, row.at, json.loads(row.body))
        for row in connection.execute(select(_OUTBOX).where(_OUTBOX.c.kind.in_(_SENT))):
            subject = json.loads(row.subject)
            if row.kind == EffectKind.POST_ESCALATION:
                yield Happening(row.burst_id, row.created_at, f"card {subject['step']}", row.created_at)
            else:
                yield from _pinged(kinds, row, subject)


def _entry(burst: int, kind: str, actor: str, at: datetime, body: Mapping[str, Any]) -> Iterator[Happening]:
    if kind == EntryKind.RESUMED and (actor != "system" or "late_seconds" not in body):
        return  # by hand, or because it became a sev1: the act tells it
    due = at - timedelta(seconds=body["late_seconds"])
    match kind:
        case EntryKind.WARNED:
            point = body["before"] if "before" in body else f"{body['percent']}%"
            what = f"warned {body['kind']} {point}"
        case EntryKind.MISSED:
            what = f"missed {body['kind']}"
        case EntryKind.ESCALATED:
            what = climbed(body["step"], body["reached"], body["brought"], body.get("repeat", 0))
        case _:
            what = "resumed by itself"
    yield Happening(burst, at, what, due)


def _pinged(kinds: Kinds, row: Any, subject: Mapping[str, Any]) -> Iterator[Happening]:
    """The ping as it was made, and what became of it."""
    about = subject.get("step") or subject.get("ask") or kinds[row.burst_id, subject["clock"]]
    words = (subject["user"], subject["rank"], about)
    yield Happening(row.burst_id, row.created_at, pinged(*words), row.created_at)
    if row.state == IntentState.DROPPED:
        yield Happening(row.burst_id, row.created_at, dropped(*words), row.created_at)
    elif row.released_at is not None:
        yield Happening(row.burst_id, row.released_at, reached(*words), row.created_at)
