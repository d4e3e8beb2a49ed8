"""Where a burst lives in Slack, and what to do when that place turns out to be gone."""

from collections.abc import Callable

from bot.errors import PermanentFault
from bot.operations.deliveries import PlaceLost
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Again, Outcome, Stale
from bot.slack.delivery.posting import GONE
from bot.taskforce.burst import Place
from bot.taskforce.terms import ENDED


def in_place(job: Job, deliver: Callable[[Job, Place], Outcome]) -> Outcome:
    """Deliver where the burst lives; when that is gone, say so on the burst, which then gets another place.

    Without a place there is nothing to do here: the log has it, and a fresh card is on its way to
    wherever the burst goes next. An ended burst does not move any more.
    """
    place = job.burst.place
    if place is None:
        return Stale()
    try:
        return deliver(job, place)
    except PermanentFault as fault:
        if fault.code not in GONE:
            raise
        if job.burst.state in ENDED:
            return Stale()
        return Again((PlaceLost(place, f"Its former channel cannot be used any more ({fault.code})."),))
