"""The summary of a closed burst, in the archive channel."""

from bot.operations.deliveries import Posted
from bot.reports.summary import summarise
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Park, Stale
from bot.slack.delivery.posting import post_once
from bot.slack.views.summary import archived
from bot.taskforce.terms import ENDED

SUMMARY = "summary"


def post_summary(job: Job) -> Outcome:
    """Put the summary into the archive channel; a burst that was reopened meanwhile has none to show yet."""
    channel = job.tools.archive_channel
    if channel is None:
        return Park("the programme names no archive channel")
    if job.burst.state not in ENDED:
        return Stale()
    with job.tools.store.read() as unit:
        entries = unit.log.entries(job.burst.id)
    message = archived(summarise(job.burst, entries, job.labels, now=job.now))
    posted = post_once(job, channel, message)
    return Done((Posted(SUMMARY, posted.channel, posted.ts, job.burst.version),))
