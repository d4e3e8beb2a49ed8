"""Bringing a message up to date: at once where it is about one burst, once for many changes where about several."""

import hashlib
import json

from bot.errors import PermanentFault
from bot.operations.deliveries import Outdated
from bot.slack.delivery.job import Job
from bot.slack.views.parts import Rendered
from storage.posts import PostRow


def edit(job: Job, channel: str, ts: str, message: Rendered, *, lost: frozenset[str]) -> None:
    """Edit a message. A fault whose code is among ``lost`` is nobody's loss; others are raised."""
    try:
        job.tools.gateway.messages.update(channel, ts, message)
    except PermanentFault as fault:
        if fault.code not in lost:
            raise


def outdated(job: Job, channel: str, ts: str) -> tuple[Outdated, ...]:
    """That a message is to be edited soon, where it also speaks of other bursts; nothing where it does not."""
    with job.tools.store.read() as unit:
        shared = unit.posts.is_shared(channel, ts, job.burst.id)
    return (Outdated(channel, ts),) if shared else ()


def posts_at(job: Job, channel: str, ts: str) -> list[PostRow]:
    """What a message says."""
    with job.tools.store.read() as unit:
        return unit.posts.at(channel, ts)


def digest(message: Rendered) -> str:
    """What tells a message from one that shows something else."""
    return digest_of([message.text, message.blocks])


def digest_of(shown: object) -> str:
    """What tells something that is shown, as it goes to Slack, from anything else."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
