"""Bursts of before know their pauses, and who took them up in vain, as their logs tell."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = depends_on = None

_BURST = sa.table("burst", sa.column("id", sa.Integer), sa.column("details", sa.Text))
_LOG = sa.table(
    "log_entry",
    sa.column("burst_id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("actor", sa.String),
    sa.column("at", UTCDateTime()),
    sa.column("body", sa.Text),
)
_TELLING = ("paused", "resumed", "resolved", "closed", "taken_up", "asked", "missed")
_Heard: TypeAlias = tuple[str, str, datetime, dict[str, Any]]  # kind, actor, when, body


def upgrade() -> None:
    """Whatever a log tells more of than its burst knows is written to the burst; what was erased stays unknown."""
    connection = op.get_bind()
    for burst_id in connection.execute(sa.select(_BURST.c.id).order_by(_BURST.c.id)).scalars().all():
        one = _BURST.c.id == burst_id
        details = json.loads(connection.execute(sa.select(_BURST.c.details).where(one)).scalar_one())
        heard = list(_heard(connection, burst_id))
        told = {"pauses": list(_pauses(heard)), "stale_take_ups": list(_stale(heard))}
        more = {name: found for name, found in told.items() if len(found) > len(details.get(name) or ())}
        if more:
            written = json.dumps(details | more, ensure_ascii=False)
            connection.execute(sa.update(_BURST).where(one).values(details=written))


def downgrade() -> None:
    """What is told twice does no harm."""


def _heard(connection: sa.Connection, burst_id: int) -> Iterator[_Heard]:
    entries = (
        sa.select(_LOG.c.kind, _LOG.c.actor, _LOG.c.at, _LOG.c.body)
        .where(_LOG.c.burst_id == burst_id, _LOG.c.kind.in_(_TELLING), _LOG.c.body.is_not(None))
        .order_by(_LOG.c.number)
    )
    for kind, actor, at, text in connection.execute(entries):
        body = json.loads(text)
        showed = body.get("clock_showed")  # where the clock had been set back
        yield kind, actor, datetime.fromisoformat(showed) if showed else at, body


def _pauses(heard: list[_Heard]) -> Iterator[dict[str, str]]:
    """An extension ends a pause and begins the next."""
    standing: tuple[str, datetime] | None = None
    for kind, _, at, body in heard:
        if kind not in {"paused", "resumed", "resolved", "closed"}:
            continue
        if standing is not None:
            reason, since = standing
            yield {"reason": reason, "since": since.isoformat(), "ended_at": max(since, at).isoformat()}
        standing = (body["reason"], at) if kind == "paused" else None


def _stale(heard: list[_Heard]) -> Iterator[dict[str, str]]:
    fresh: tuple[str, datetime] | None = None
    for kind, actor, at, body in heard:
        if kind == "taken_up" or (kind == "asked" and body.get("held")):
            fresh = (actor, at)
        elif kind == "missed" and body["kind"] == "take_up" and fresh is not None:
            yield {"user": fresh[0], "at": fresh[1].isoformat(), "stale_at": at.isoformat()}
