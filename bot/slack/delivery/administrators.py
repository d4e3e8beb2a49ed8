"""What an administrator hears of the watchdog."""

from bot.errors import PermanentFault
from bot.operations.deliveries import DirectChannel
from bot.slack.delivery.direct import UNREACHABLE
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.posting import post_once
from bot.slack.views.alarm import alarm


def tell_administrator(job: Job) -> Outcome:
    """Tell one administrator, in their DM, what was found or that it is over; who cannot be reached holds nobody up."""
    user = job.word("user")
    with job.tools.store.read() as unit:
        person = unit.directory.get(user)
    known = person.direct_channel if person is not None else None
    try:
        channel = known or job.tools.gateway.channels.open_dm(user)
        post_once(job, channel, alarm(job.row.subject))
    except PermanentFault as fault:
        if fault.code not in UNREACHABLE:
            raise
        return Stale()
    return Done(() if known else (DirectChannel(user, channel),))
