"""Logging what an administrator does at the command line, also beside a bot that owns the database.

On SQLite the running bot alone may write. What is to be logged then waits in ``audit.waiting``, a file each in
the data folder, and the bot takes it into the installation's log within a minute, or the next command does.
"""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage import InUse, Store, Unit
from storage.terms import AuditKind

FOLDER = "audit.waiting"
_OPERATION = "audit"


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, by whom and when (aware UTC); ``detail`` is JSON."""

    kind: AuditKind
    actor: str
    at: datetime
    detail: Mapping[str, Any]


def log_deed(url: str, data_dir: Path, deed: Deed) -> None:
    """Log it durably: in the database, or beside it while a bot owns that. Raises ``StorageFault`` and ``OSError``."""
    try:
        store = Store.open(url, data_dir=data_dir)
    except InUse:
        _put_aside(data_dir, deed)
        return
    with closing(store):
        take_waiting(store, data_dir)
        with store.write() as unit:
            _append(unit, deed)


def take_waiting(store: Store, data_dir: Path) -> int:
    """Take what waits beside the database into its log, each once; returns how much it was."""
    waiting = _waiting(data_dir)
    for path in waiting:
        deed = _read(path)
        with store.write() as unit:
            # Killed before the file is gone, it comes again.
            if unit.inbox.remember(f"audit:{path.stem}", _OPERATION, deed.at):
                _append(unit, deed)
        path.unlink()
    return len(waiting)


def count_waiting(data_dir: Path) -> int:
    """How much waits beside the database for its log."""
    return len(_waiting(data_dir))


def _waiting(data_dir: Path) -> list[Path]:
    return sorted((data_dir / FOLDER).glob("*.json"))


def _read(path: Path) -> Deed:
    found = json.loads(path.read_bytes())
    return Deed(
        AuditKind(found["kind"]), found["actor"], datetime.fromisoformat(found["at"]), found["detail"]
    )


def _append(unit: Unit, deed: Deed) -> None:
    unit.audit.append(deed.kind, deed.detail, actor=deed.actor, at=deed.at)


def _put_aside(data_dir: Path, deed: Deed) -> None:
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    # The order of the names is the order of what was done.
    path = folder / f"{deed.at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(8)}.json"
    unfinished = path.with_suffix(".part")
    with unfinished.open("x", encoding="utf-8") as out:
        json.dump(asdict(deed), out, ensure_ascii=False, default=str)
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(path)
