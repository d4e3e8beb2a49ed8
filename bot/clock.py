"""The two kinds of time.

*Policy time* is what promises are measured in: ``now()``, aware UTC, read once per entry point and
passed down. It can be moved for demonstrations and tests by a small file named in
``BURST_CLOCK_FILE``; the composition root refuses that file unless Slack is on loopback.

*Real time* paces the machine: ``monotonic()`` for timeouts, token buckets and ticks inside one
process, ``wall()`` for the few real times that must survive a restart (``Retry-After``, back-off).
"""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shift:
    """How far policy time stands from the machine's clock.

    ``offset_for`` holds at the machine time ``since``; from there policy time runs ``rate`` times
    as fast.
    """

    offset_for: timedelta = timedelta()
    rate: float = 1.0
    since: datetime | None = None

    def applied_to(self, machine: datetime) -> datetime:
        """The policy time at the machine time ``machine``."""
        drift = timedelta() if self.since is None else (machine - self.since) * (self.rate - 1.0)
        return machine + self.offset_for + drift


class _Source:
    """Where ``now()`` looks; one per process, set once at start."""

    path: Path | None = None
    stamp: tuple[int, int] | None = None
    shift: Shift = Shift()


def use_shift_file(path: Path | None) -> None:
    """Read the policy clock's shift from ``path`` from now on; ``None`` means the machine's clock."""
    _Source.path, _Source.stamp, _Source.shift = path, None, Shift()


def write_shift(path: Path, shift: Shift) -> None:
    """Replace the shift file atomically, so that a reader never sees half of it."""
    body = {
        "offset_seconds": shift.offset_for.total_seconds(),
        "rate": shift.rate,
        "since": shift.since.isoformat() if shift.since else None,
    }
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(body), encoding="utf-8")
    draft.replace(path)


def read_shift(path: Path) -> Shift:
    """The shift that ``path`` holds; no shift when there is no file yet."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Shift()
    since = datetime.fromisoformat(body["since"]) if body["since"] else None
    return Shift(timedelta(seconds=body["offset_seconds"]), float(body["rate"]), since)


def now() -> datetime:
    """Policy time, aware UTC."""
    machine = datetime.now(UTC)
    if _Source.path is None:
        return machine
    _refresh(_Source.path)
    return _Source.shift.applied_to(machine)


def machine() -> datetime:
    """The machine's own time, aware UTC, for what must not move with policy time."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Real seconds that only ever grow, for use inside this process."""
    return time.monotonic()


def wall() -> float:
    """Real seconds since the epoch, for real times that are stored; may step."""
    return time.time()


def _refresh(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        _Source.stamp, _Source.shift = None, Shift()
        return
    stamp = (found.st_mtime_ns, found.st_ino)
    if stamp != _Source.stamp:
        _Source.stamp, _Source.shift = stamp, read_shift(path)
