"""A message about several bursts is edited in a lane of its own, and only when something shows."""

from collections.abc import Callable, Mapping, Sequence

from bot.operations.deliveries import Drawn
from bot.slack.delivery import cell, pings
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.redrawing import digest, edit, posts_at
from bot.slack.views.parts import Rendered
from storage.posts import PostRow

_DRAW: Mapping[str, tuple[Callable[[Job, Sequence[PostRow]], Rendered], frozenset[str]]] = {
    pings.PING: (pings.draw, pings.LOST),
    cell.ESCALATION: (cell.draw, cell.LOST),
}


def redraw_message(job: Job) -> Outcome:
    """Edit the message to show how its bursts stand, unless it does."""
    channel, ts = job.word("channel"), job.word("ts")
    posts = posts_at(job, channel, ts)
    if not posts:
        return Stale()
    first = posts[0]
    draw, lost = _DRAW[first.slot]
    message = draw(job, posts)
    drawn = digest(message)
    if first.drawn == drawn:
        return Stale()
    edit(job, channel, ts, message, lost=lost)
    return Done((Drawn(first.id, drawn),))
