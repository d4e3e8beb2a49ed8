"""The summary of a closed burst, in the archive channel."""

from bot.operations.deliveries import Posted
from bot.reports.summary import summarise
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.posting import post_once
from bot.slack.views.summary import archived
from bot.taskforce.terms import ENDED

SUMMARY = "summary"


def post_summary(job: Job) -> Outcome:
    """Put the summary into the archive channel; a burst that was reopened meanwhile has none to show yet."""
    if job.burst.state not in ENDED:
        return Stale()
    with job.tools.store.read() as unit:
        entries = unit.log.entries(job.burst.id)
    labels = job.labels_naming(entry.actor for entry in entries)
    message = archived(summarise(job.burst, entries, labels, now=job.now))
    posted = post_once(job, job.tools.archive_channel, message)
    return Done((Posted(SUMMARY, posted.channel, posted.ts, job.burst.version),))
