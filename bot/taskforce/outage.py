"""A time in which nobody kept the promises: what came due in it was told late for no fault of the people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    """Why nothing was told: the bot did not run, or its clock was set forward over that time."""

    DOWN = "down"
    CLOCK_SET = "clock_set"


@dataclass(frozen=True, slots=True)
class Outage:
    """From the last moment that the bot is known to have kept promises ``until`` it did again; aware UTC."""

    since: datetime
    until: datetime
    cause: Cause = Cause.DOWN

    def explains(self, promised_at: datetime) -> bool:
        """Whether what was due at that moment could not be told then."""
        return self.since <= promised_at < self.until

    @property
    def told(self) -> dict[str, str]:
        """What a log entry says of it."""
        return {
            "late_because": self.cause.value,
            "away_from": self.since.isoformat(),
            "away_until": self.until.isoformat(),
        }

    @property
    def named(self) -> dict[str, str | int]:
        """What a ping's subject says of it: words and whole seconds since the epoch."""
        since, until = int(self.since.timestamp()), int(self.until.timestamp())
        return {"late_because": self.cause.value, "away_from": since, "away_until": until}
