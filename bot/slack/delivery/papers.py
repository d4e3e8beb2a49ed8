"""A summary on paper: in the thread of the archived summary, and to whoever asks for it."""

from bot.errors import PermanentFault, SlackFault, TransientFault, UnknownFault
from bot.operations import deliveries
from bot.operations.deliveries import CourtesyRefused, Fact
from bot.reports.paper import log_lines, to_pdf
from bot.reports.summary import summarise
from bot.slack.delivery.direct import direct_channel, tell
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.posting import post_once, posted_before
from bot.slack.faults import DeadCredentials, LeaseLost
from bot.slack.gateway import OwnFile, Posted
from bot.slack.views import paper
from bot.taskforce.permissions import Right, allows
from bot.taskforce.terms import ENDED

PDF, REFUSED = "pdf", "pdf_refused"
# A file that does not get through, for reasons that will not pass, is tried so often; archiving waits behind it.
MOST_TRIES = 5


def archive_pdf(job: Job, summary: Posted) -> tuple[Fact, ...]:
    """Put the PDF into the thread of the archived ``summary``, or say there why it is missing.

    Raises the faults that may still pass.
    """
    try:
        _share_once(job, summary, in_thread=True)
    except SlackFault as fault:
        if not _is_final(job, fault):
            raise
        words = paper.not_archived(job.burst.key, fault.code)
        post_once(job, summary.channel, words, thread_ts=summary.ts, part=PDF)
        return (CourtesyRefused(fault.method, fault.code),)
    return ()


def send_pdf(job: Job) -> Outcome:
    """Send the PDF to whoever asked, if they may still read the burst, or tell them why not."""
    user = job.word("user")
    if job.burst.state not in ENDED or not allows(Right.READ, job.actor(user), job.burst):
        return Stale()
    try:
        _share_once(job, posted_before(job, PDF) or _announced(job, user), in_thread=False)
    except SlackFault as fault:
        if not _is_final(job, fault):
            raise
        return Done(tell(job, user, paper.not_sent(job.burst.key, fault.code), REFUSED, part=REFUSED))
    return Done()


def _announced(job: Job, user: str) -> Posted:
    channel, found = direct_channel(job, user)
    posted = post_once(job, channel, paper.sent(job.burst.key))
    announced = deliveries.Posted(PDF, posted.channel, posted.ts, job.burst.version, user=user)
    job.keep((*found, announced))
    return posted


def _share_once(job: Job, beside: Posted, *, in_thread: bool) -> None:
    """Share the PDF in the thread of the message, or after it, unless an earlier attempt did."""
    thread = beside.ts if in_thread else None
    name = f"{job.burst.key}.pdf"
    gateway, bot = job.tools.gateway, job.tools.bot_user
    if job.tried and gateway.messages.holds_file(
        beside.channel, name, bot, after=beside.ts, thread_ts=thread
    ):
        return
    file = OwnFile(name, f"{job.burst.key}: summary and log", _printed(job))
    gateway.uploads.share(file, beside.channel, thread_ts=thread)


def _printed(job: Job) -> bytes:
    with job.tools.store.read() as unit:
        entries = unit.log.entries(job.burst.id)
        held = unit.legal_holds.since(job.burst.id)
    labels = job.labels_naming(entry.actor for entry in entries)
    summary = summarise(job.burst, entries, labels, now=job.now, held_since=held)
    return to_pdf(summary, log_lines(job.burst, entries, labels))


def _is_final(job: Job, fault: SlackFault) -> bool:
    """Whether there is no point in trying again: refused for good, or tried often enough."""
    if isinstance(fault, DeadCredentials | LeaseLost):
        return False
    if isinstance(fault, TransientFault) and fault.retry_after is not None:
        return False
    often = job.row.attempt + 1 >= MOST_TRIES
    return isinstance(fault, PermanentFault) or (isinstance(fault, TransientFault | UnknownFault) and often)
