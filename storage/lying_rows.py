"""Chained entries as they lie in the database, for verifying: what is no entry any more is no error."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import RowMapping

from bot.taskforce.entry_names import Names
from bot.taskforce.logbook import Row, by


def lying_row(burst_id: int, row: RowMapping) -> Row:
    """The entry of a row that was read so; what cannot have been logged fits no hash."""
    names = Names.read(_bytes(row["name_salt"]), None if row["names"] is None else str(row["names"]))
    header: dict[str, str | int] = {
        "burst": burst_id,
        "number": row["number"] if isinstance(row["number"], int) else 0,
        "kind": str(row["kind"]),
        **_by(str(row["actor"]), names),
        "at": _moment(row["at"]),
    }
    return Row(
        header,
        str(row["digest"]),
        str(row["entry_hash"]),
        _bytes(row["salt"]),
        _body(row["body"]),
        names,
    )


def _bytes(stored: object) -> bytes | None:
    return stored if isinstance(stored, bytes | None) else str(stored).encode()


def _by(actor: str, names: Names | None) -> dict[str, str]:
    try:
        return by(actor, names)
    except ValueError:
        return {"actor": actor}  # not as "by": that might be the digest itself


def _moment(stored: object) -> str:
    """The time as a header has it; what is no time stays as it is, and fits no hash."""
    try:
        at = stored if isinstance(stored, datetime) else datetime.fromisoformat(str(stored))
    except ValueError:
        return str(stored)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _body(stored: object) -> Mapping[str, Any] | None:
    """The body; something that cannot have been logged where it is no JSON object any more."""
    if stored is None:
        return None
    try:
        body = json.loads(str(stored))
    except (ValueError, RecursionError):
        body = None
    return body if isinstance(body, dict) else {"unreadable": str(stored)}
