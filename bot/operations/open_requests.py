"""Who may answer the questions of a burst that are still open."""

from datetime import datetime

from bot.programme import Programme
from bot.taskforce.burst import Burst
from bot.taskforce.holders import Holders


def holders_of_open_requests(programme: Programme, burst: Burst, at: datetime) -> dict[int, Holders]:
    """Whoever holds the right of each open decision request ``at`` that time (aware UTC), by its number."""
    return {
        request.number: programme.holders(request.right, burst.sites, at, burst.stage)
        for request in burst.requests
        if request.answered_at is None
    }
