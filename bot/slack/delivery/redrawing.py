"""Bringing a message up to date that may speak of several bursts, whose lanes may all be at it at once."""

from collections.abc import Callable, Sequence

from bot.errors import PermanentFault
from bot.slack.delivery.job import Job
from bot.slack.views.parts import Rendered
from storage.posts import PostRow

# A message is edited until it shows how things stand; they do not change so often while we look.
MOST_EDITS = 5


def redraw(
    job: Job,
    place: tuple[str, str],
    draw: Callable[[Sequence[PostRow]], Rendered],
    *,
    lost: frozenset[str],
    before: Rendered | None = None,
) -> None:
    """Edit the message at ``place`` (channel, ts) to what ``draw`` makes of its posts, until nothing changes.

    ``before`` is what it is known to show. A fault whose code is among ``lost`` is nobody's loss; others are raised.
    """
    for _ in range(MOST_EDITS):
        with job.tools.store.read() as unit:
            posts = unit.posts.at(*place)
        message = draw(posts)
        if message == before:
            return
        try:
            job.tools.gateway.messages.update(*place, message)
        except PermanentFault as fault:
            if fault.code not in lost:
                raise
        before = message
        if len({post.burst_id for post in posts}) == 1:
            return
