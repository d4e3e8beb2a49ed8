"""A message in one person's DM."""

from bot.errors import PermanentFault
from bot.operations.deliveries import CourtesyRefused, DirectChannel, Fact, Posted
from bot.slack.delivery.job import Job
from bot.slack.delivery.posting import post_once, taken_before
from bot.slack.gateway import Posted as Message
from bot.slack.views.parts import Rendered

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


def tell(
    job: Job, user: str, message: Rendered, slot: str, *, subject: str = "", part: str = ""
) -> tuple[Fact, ...]:
    """Post ``message`` to ``user`` once; a person who cannot be reached is a fact too, and holds nobody up.

    ``part`` tells the messages of one intent apart. Raises the gateway's other faults.
    """
    try:
        return _told(job, user, message, slot, subject, part)
    except PermanentFault as fault:
        if fault.code not in UNREACHABLE:
            raise
        return (CourtesyRefused(fault.method, fault.code),)


def told_before(job: Job, user: str) -> Message | None:
    """Where an earlier attempt of this intent told ``user``, though Slack's answer never came; None for nowhere."""
    if not job.tried:
        return None
    try:
        return taken_before(job, direct_channel(job, user)[0])
    except PermanentFault as fault:
        if fault.code not in UNREACHABLE:
            raise
        return None


def direct_channel(job: Job, user: str) -> tuple[str, tuple[Fact, ...]]:
    """The DM with ``user``, and what is new about it. Raises the gateway's faults."""
    with job.tools.store.read() as unit:
        person = unit.directory.get(user)
    known = person.direct_channel if person is not None else None
    channel = known or job.tools.gateway.channels.open_dm(user)
    return channel, () if known else (DirectChannel(user, channel),)


def _told(job: Job, user: str, message: Rendered, slot: str, subject: str, part: str) -> tuple[Fact, ...]:
    channel, found = direct_channel(job, user)
    posted = post_once(job, channel, message, part=part)
    return (*found, Posted(slot, posted.channel, posted.ts, job.burst.version, subject, user))
