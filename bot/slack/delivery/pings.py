"""What reaches one person in their DM, and what becomes of it once nothing is asked any more."""

import json

from bot.errors import PermanentFault
from bot.operations.deliveries import Settled
from bot.slack.delivery.direct import UNREACHABLE, tell
from bot.slack.delivery.job import Job
from bot.slack.delivery.moot import is_moot
from bot.slack.delivery.outcome import Again, Done, Outcome, Stale
from bot.slack.delivery.posting import GONE, UNEDITABLE, identified
from bot.slack.views.ping import ping as ping_message
from bot.slack.views.ping import settled_ping
from bot.taskforce.effects import EffectKind
from storage.posts import PostRow
from storage.terms import IntentState

PING = "ping"
# How long, in real seconds, to wait for a ping that is being sent at this moment.
UNDER_WAY_FOR = 1.0


def ping(job: Job) -> Outcome:
    """Tell one person what is asked of them, unless it is no longer asked."""
    user = job.word("user")
    if not user or is_moot(job.burst, job.row.subject):
        return Stale()
    message = ping_message(job.burst, job.row.subject, job.labels, now=job.now)
    return Done(tell(job, user, message, PING, subject=identified(job.row.subject)))


def settle_pings(job: Job) -> Outcome:
    """Edit every ping about a clock that was sent before: it no longer says how things stand.

    With a user and what was asked, only that question to that person.
    """
    with job.tools.store.read() as unit:
        leased = unit.outbox.listed([IntentState.LEASED], burst_id=job.burst.id)
        sent = unit.posts.find(job.burst.id, PING, unsettled=True)
    if any(row.kind is EffectKind.PING and row.id < job.row.id for row in leased):
        # One is on its way in its own lane, and would be left unsettled.
        return Again(after=UNDER_WAY_FOR)
    about = [post for post in sent if _is_about(job, post) and (post.outbox_id or 0) < job.row.id]
    for post in about:
        _settle(job, post)
    return Done() if about else Stale()


def _is_about(job: Job, post: PostRow) -> bool:
    wanted = job.row.subject
    told = {**_subject(post), "user": post.user or ""}
    return all(told.get(name) == wanted[name] for name in ("clock", "user", "ask") if name in wanted)


def _settle(job: Job, post: PostRow) -> None:
    try:
        message = settled_ping(job.burst, {**_subject(post), "user": post.user or ""}, job.labels)
        job.tools.gateway.messages.update(post.channel, post.ts, message)
    except PermanentFault as fault:
        # Whoever deleted the message, or left, is not told; the rest still are.
        if fault.code not in UNEDITABLE | GONE | UNREACHABLE:
            raise
    job.keep((Settled(post.id),))


def _subject(post: PostRow) -> dict[str, str | int]:
    return dict(json.loads(post.subject))
