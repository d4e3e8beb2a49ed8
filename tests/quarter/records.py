"""What the bot did, read from its log and its outbox when the quarter is over."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from storage.tables import ClockRecord, IntentRecord, LogRecord, table
from tests.quarter.happenings import Happening, climbed, pinged

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
            what = _sent(kinds, row.burst_id, row.kind, json.loads(row.subject))
            yield Happening(row.burst_id, row.created_at, what, row.created_at)


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


def _sent(kinds: Kinds, burst: int, kind: str, subject: Mapping[str, Any]) -> str:
    if kind == EffectKind.POST_ESCALATION:
        return f"card {subject['step']}"
    about = subject.get("step") or subject.get("ask") or kinds[burst, subject["clock"]]
    return pinged(subject["user"], subject["rank"], about)
