"""Posting a message so that it appears once, whatever happened to earlier attempts."""

import json
from collections.abc import Mapping

from bot import clock
from bot.errors import PermanentFault
from bot.slack.delivery.job import Job
from bot.slack.gateway import Posted
from bot.slack.views.parts import Rendered

# How far back an earlier attempt is looked for, in real seconds: longer than any outage that is
# survived, and far more than Slack's clock and ours can differ.
LOOK_BACK_FOR = 3 * 24 * 3600.0

# The channel is no longer one in which we can post.
GONE = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})
# The message is no longer one that we can edit.
UNEDITABLE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})


def post_once(
    job: Job, channel: str, message: Rendered, *, thread_ts: str | None = None, part: str = ""
) -> Posted:
    """Post ``message``, unless an earlier attempt of this intent is found to have done so.

    ``part`` tells the messages of one intent apart. Raises the gateway's faults.
    """
    found = taken_before(job, channel, thread_ts=thread_ts, part=part)
    if found is not None:
        return found
    return job.tools.gateway.messages.post(channel, message, op=_operation(job, part), thread_ts=thread_ts)


def taken_before(job: Job, channel: str, *, thread_ts: str | None = None, part: str = "") -> Posted | None:
    """What an earlier attempt of this intent posted there, though Slack's answer never came. Raises the gateway's faults."""
    return _look(job, channel, _operation(job, part), thread_ts) if job.tried else None


def posted_before(job: Job, slot: str) -> Posted | None:
    """What this intent has posted by our own record, for deliveries of several parts.

    One of which only the first part took effect is tried again as if nothing had.
    """
    with job.tools.store.read() as unit:
        found = unit.posts.find(job.burst.id, slot)
    return next((Posted(one.channel, one.ts) for one in found if one.outbox_id == job.row.id), None)


def _look(job: Job, channel: str, op: str, thread_ts: str | None) -> Posted | None:
    since = clock.wall() - LOOK_BACK_FOR
    try:
        return job.tools.gateway.messages.find(channel, op, since=since, thread_ts=thread_ts)
    except PermanentFault:
        # Where we may not read we cannot look. Posting will say the same, or it is the lesser evil:
        # an essential message twice rather than never.
        return None


def _operation(job: Job, part: str) -> str:
    return f"{job.row.id}.{part}" if part else str(job.row.id)


def identified(subject: Mapping[str, str | int]) -> str:
    """An intent's subject as the text under which its post is remembered; a person is no part of it."""
    return json.dumps({name: value for name, value in subject.items() if name != "user"}, sort_keys=True)
