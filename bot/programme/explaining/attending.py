"""When people are shown what is asked of them: quiet hours hold back what can wait."""

from dataclasses import dataclass
from datetime import datetime

from bot.programme.programme import Programme
from bot.taskforce import manners
from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import Rank


@dataclass(frozen=True, slots=True)
class Attending:
    """Quiet hours, asked about one burst. They are read in the programme's zones, as Slack is not asked."""

    programme: Programme
    burst: Burst

    def quiet_until(self, user: str, at: datetime) -> datetime | None:
        """Until when a ping to ``user`` at ``at`` waits; None when they are shown it at once."""
        if self.burst.severity not in manners.CAN_WAIT:
            return None
        return self.programme.people.quiet_until(user, "", at)

    def shown(self, user: str, at: datetime) -> datetime:
        """When ``user`` sees what is sent to them at ``at``."""
        return self.quiet_until(user, at) or at

    def shown_warning(self, clock: ResponseClock, at: datetime) -> datetime:
        """When the owner sees a warning about ``clock``: at once, too, when the promise is a short one."""
        owner = self.burst.owner
        if owner is None:
            return at
        asks = manners.attention(self.burst, owner, Rank.REMINDER, {"clock": clock.number})
        return at if asks.at_once else self.shown(owner, at)
