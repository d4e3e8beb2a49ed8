"""The summary of a closed burst: in the archive channel, and for a private one in its readers' DMs."""

from bot.operations.deliveries import Posted
from bot.reports.summary import summarise
from bot.slack import gateway
from bot.slack.delivery.direct import tell
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.papers import archive_pdf
from bot.slack.delivery.posting import post_once, posted_before
from bot.slack.views.parts import Rendered
from bot.slack.views.summary import archived, whole
from bot.taskforce.permissions import members
from bot.taskforce.terms import ENDED, Notify

SUMMARY = "summary"
PRIVATE_SUMMARY = "private_summary"


def post_summary(job: Job) -> Outcome:
    """Put the summary into the archive channel; a burst that was reopened meanwhile has none to show yet.

    Of a private burst the channel shows its key alone; whoever may read it gets the whole by DM, and the PDF when
    they ask for it.
    """
    if job.burst.state not in ENDED:
        return Stale()
    posted = posted_before(job, SUMMARY) or _post(job)
    return Done(() if job.burst.private else archive_pdf(job, posted))


def _post(job: Job) -> gateway.Posted:
    with job.tools.store.read() as unit:
        entries = unit.log.entries(job.burst.id)
        held = unit.legal_holds.since(job.burst.id)
    labels = job.labels_naming(entry.actor for entry in entries)
    summary = summarise(job.burst, entries, labels, now=job.now, held_since=held)
    if job.burst.private:
        _tell_readers(job, whole(summary))
    posted = post_once(job, job.tools.archive_channel, archived(summary))
    job.keep((Posted(SUMMARY, posted.channel, posted.ts, job.burst.version),))
    return posted


def _tell_readers(job: Job, message: Rendered) -> None:
    with job.tools.store.read() as unit:
        sent = unit.posts.find(job.burst.id, PRIVATE_SUMMARY, subject=str(job.row.id))
    told = {post.user for post in sent}
    for user in sorted(_readers(job) - told):
        job.keep(tell(job, user, message, PRIVATE_SUMMARY, subject=str(job.row.id), part=user))


def _readers(job: Job) -> frozenset[str]:
    """The members, the workstream's lead, the steering cell: those with the right to read it."""
    reach = job.tools.programme().reach(job.burst, job.now)
    above = (*reach.get(Notify.WORKSTREAM_LEAD, ()), *reach.get(Notify.STEERING_CELL, ()))
    return frozenset({*members(job.burst), *above})
