"""Policy time, which the app reads from a file while its Slack is a local one, and which the page may move.

The file holds `{"offset_seconds": float, "rate": float, "since": ISO time or null}`: the app's time is the
machine's plus the offset, and from `since` on it runs `rate` times as fast. Other processes write it too.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Shift:
    """How far policy time stands from the machine's."""

    offset_for: timedelta = timedelta()
    rate: float = 1.0
    since: datetime | None = None

    def applied_to(self, machine: datetime) -> datetime:
        """Policy time at a time of the machine; both aware UTC."""
        drift = timedelta() if self.since is None else (machine - self.since) * (self.rate - 1.0)
        return machine + self.offset_for + drift


class PolicyTime:
    """What the app takes for the time, now and when earlier things happened; the machine's without a file."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._stamp: tuple[int, int] | None = None
        # When each shift began to hold, by the machine's time: messages keep the time that they were sent at.
        self._held: list[tuple[datetime, Shift]] = [(datetime.min.replace(tzinfo=UTC), Shift())]

    @property
    def is_movable(self) -> bool:
        """Whether there is a file to move it by."""
        return self._file is not None

    @property
    def rate(self) -> float:
        """How many times as fast as the machine's it runs."""
        return self._shift().rate

    def now(self) -> datetime:
        """Policy time, aware UTC."""
        return self._shift().applied_to(datetime.now(UTC))

    def at(self, machine: datetime) -> datetime:
        """What policy time was at an earlier time of the machine, as far as it was watched."""
        self._shift()
        held = next(
            shift for since, shift in reversed(self._held) if since <= machine or since is self._first
        )
        return held.applied_to(machine)

    def refresh(self) -> bool:
        """Look at the file; whether somebody moved the time since the last look."""
        before = self._stamp
        self._shift()
        return self._stamp != before

    def forward(self, by: timedelta) -> None:
        """Let `by` pass at once. Raises `ValueError` for going back, or without a file."""
        if by < timedelta():
            raise ValueError("policy time only moves forward")
        shift = self._shift()
        self._write(replace(shift, offset_for=shift.offset_for + by))

    def run(self, rate: float) -> None:
        """Run `rate` times as fast from now on. Raises `ValueError` below 1, or without a file."""
        if rate < 1:
            raise ValueError("policy time runs at least as fast as the machine's")
        machine = datetime.now(UTC)
        self._write(Shift(self._shift().applied_to(machine) - machine, rate, machine))

    @property
    def _first(self) -> datetime:
        return self._held[0][0]

    def _shift(self) -> Shift:
        if self._file is None:
            return self._held[-1][1]
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return self._held[-1][1]
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._stamp:
            begins = self._first if self._stamp is None else datetime.now(UTC)
            self._stamp = stamp
            self._held = [*(one for one in self._held if one[0] != begins), (begins, _read(self._file))]
        return self._held[-1][1]

    def _write(self, shift: Shift) -> None:
        if self._file is None:
            raise ValueError("there is no file to move policy time by")
        body = {
            "offset_seconds": shift.offset_for.total_seconds(),
            "rate": shift.rate,
            "since": shift.since.isoformat() if shift.since else None,
        }
        draft = self._file.with_name(f"{self._file.name}.page")
        draft.write_text(json.dumps(body), encoding="utf-8")
        draft.replace(self._file)
        self._shift()


def _read(file: Path) -> Shift:
    body = json.loads(file.read_text(encoding="utf-8"))
    since = datetime.fromisoformat(body["since"]) if body["since"] else None
    return Shift(timedelta(seconds=body["offset_seconds"]), float(body["rate"]), since)
