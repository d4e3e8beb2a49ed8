"""Policy time, moved for the whole cast at once: the time that promises are measured in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import clock
from bot.clock import Shift

# An ordinary Tuesday morning, a holiday at none of the demonstration's sites.
MORNING = datetime(2026, 9, 15, 8, 12, tzinfo=UTC)


class PolicyTime:
    """Writes the shift in ``file`` that the bot reads, so that it is ``start`` now. Only moves forward."""

    def __init__(self, file: Path, start: datetime = MORNING) -> None:
        self.file = file
        self._offset_for = start - clock.machine()
        self._write()

    def now(self) -> datetime:
        """Policy time, aware UTC."""
        return clock.machine() + self._offset_for

    def forward(self, by: timedelta) -> None:
        """Let ``by`` pass. Raises ``ValueError`` for going back, which the bot is not made for."""
        if by < timedelta():
            raise ValueError("policy time only moves forward")
        self._offset_for += by
        self._write()

    def until(self, moment: datetime) -> None:
        """Let time pass until ``moment`` (aware UTC), which may be over by now."""
        self.forward(max(moment - self.now(), timedelta()))

    def _write(self) -> None:
        clock.write_shift(self.file, Shift(self._offset_for))
