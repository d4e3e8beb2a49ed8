"""The burst's own channel: made, filled, given a topic, archived."""

from bot import clock
from bot.errors import PermanentFault
from bot.operations.deliveries import CourtesyRefused, Placed
from bot.slack.delivery.fallback import settle
from bot.slack.delivery.job import Job
from bot.slack.delivery.naming import channel_names
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.place import in_place
from bot.slack.delivery.posting import LOOK_BACK_FOR
from bot.slack.faults import DeadCredentials
from bot.slack.gateway import Channel
from bot.slack.views.card import topic
from bot.taskforce.burst import Burst, Place
from bot.taskforce.terms import ENDED


def open_channel(job: Job) -> Outcome:
    """Make the channel; when Slack will not, let the burst live in its workstream's channel.

    A burst that has ended needs none any more, and its summary waits behind this in its lane.
    """
    if job.burst.place is not None or job.burst.state in ENDED:
        return Stale()
    try:
        channel = _made(job)
    except DeadCredentials:
        raise
    except PermanentFault as fault:
        return settle(job, fault)
    return Done((Placed(Place(channel.id)),))


def invite(job: Job) -> Outcome:
    """Add the person that the intent names, or everybody who takes part, and note who could not be added."""
    return in_place(job, _invite)


def set_topic(job: Job) -> Outcome:
    """Show key and severity above the channel."""
    return in_place(job, _set_topic)


def archive_channel(job: Job) -> Outcome:
    """Archive the channel, if it is ours and the burst has not been reopened. A bot cannot undo it."""
    place = job.burst.place
    if place is None or not place.ours or job.burst.state not in ENDED:
        return Stale()
    job.tools.gateway.channels.archive(place.channel)
    return Done()


def _made(job: Job) -> Channel:
    channels = job.tools.gateway.channels
    taken: PermanentFault | None = None
    for name in channel_names(job.burst):
        try:
            return channels.create(name, private=job.burst.private)
        except PermanentFault as fault:
            if fault.code != "name_taken":
                raise
            taken = fault
        ours = _ours(job, name)
        if ours is not None:
            return ours
    raise taken or PermanentFault("conversations.create", "no_name_left")


def _ours(job: Job, name: str) -> Channel | None:
    """The channel of that name, if an attempt of ours made it and could not say so: it holds no post yet."""
    since = clock.wall() - LOOK_BACK_FOR
    found = job.tools.gateway.channels.find_own(name, creator=job.tools.bot_user, since=since)
    if found is None or any(message.op for message in job.tools.gateway.messages.read(found.id)):
        return None
    return found


def _invite(job: Job, place: Place) -> Outcome:
    named = job.word("user")
    users = (named,) if named else _members(job.burst)
    if place.thread_ts is not None or not users:
        return Stale()
    refused = job.tools.gateway.channels.invite(place.channel, users)
    codes = dict.fromkeys(one.code for one in refused)
    return Done(tuple(CourtesyRefused("conversations.invite", code) for code in codes))


def _members(burst: Burst) -> tuple[str, ...]:
    seats = (burst.owner, burst.clinical_lead, burst.technical_lead, burst.raiser)
    present = (one.user for one in burst.participants if one.left_at is None)
    return tuple(dict.fromkeys(user for user in (*seats, *present) if user))


def _set_topic(job: Job, place: Place) -> Outcome:
    if not place.ours:
        return Stale()
    job.tools.gateway.channels.set_topic(place.channel, topic(job.burst))
    return Done()
