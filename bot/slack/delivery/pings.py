"""What reaches one person in their DM, and what becomes of it once nothing is asked any more."""

import json

from bot.errors import PermanentFault
from bot.operations.deliveries import CourtesyRefused, DirectChannel, Fact, Posted, Settled
from bot.slack.delivery.job import Job
from bot.slack.delivery.moot import is_moot
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.posting import GONE, UNEDITABLE, identified, post_once
from bot.slack.views.ping import ping as ping_message
from bot.slack.views.ping import settled_ping
from storage.posts import PostRow

PING = "ping"

# This person cannot be reached by a DM; the others of the burst can (conversations.open, chat.postMessage).
UNREACHABLE = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_inactive",
        "messages_tab_disabled",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)


def ping(job: Job) -> Outcome:
    """Tell one person what is asked of them, unless it is no longer asked."""
    user = job.word("user")
    if not user or is_moot(job.burst, job.row.subject):
        return Stale()
    try:
        return _send(job, user)
    except PermanentFault as fault:
        if fault.code not in UNREACHABLE:
            raise
        return Done((CourtesyRefused(fault.method, fault.code),))


def settle_pings(job: Job) -> Outcome:
    """Edit every ping about a clock that was sent before: it no longer says how things stand."""
    with job.tools.store.read() as unit:
        sent = unit.posts.find(job.burst.id, PING, unsettled=True)
    about = [
        post
        for post in sent
        if _subject(post).get("clock") == job.number("clock") and (post.outbox_id or 0) < job.row.id
    ]
    for post in about:
        _settle(job, post)
    return Done() if about else Stale()


def _send(job: Job, user: str) -> Outcome:
    facts: tuple[Fact, ...] = ()
    with job.tools.store.read() as unit:
        person = unit.directory.get(user)
    channel = person.direct_channel if person is not None else None
    if channel is None:
        channel = job.tools.gateway.channels.open_dm(user)
        facts = (DirectChannel(user, channel),)
    message = ping_message(job.burst, job.row.subject, job.labels, now=job.now)
    posted = post_once(job, channel, message)
    subject = identified(job.row.subject)
    return Done((*facts, Posted(PING, posted.channel, posted.ts, job.burst.version, subject, user)))


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
