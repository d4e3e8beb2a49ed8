"""What the steering cell sees: the escalation card in its channel."""

from collections.abc import Sequence

from bot.operations.deliveries import Posted, Shown
from bot.reports.from_above import escalated
from bot.reports.labelling import labels_for
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.parts import in_parts, shown, wanted
from bot.slack.delivery.posting import UNEDITABLE, post_once
from bot.slack.delivery.redrawing import redraw
from bot.slack.views.escalation import escalation
from bot.slack.views.escalations import escalations
from bot.slack.views.parts import Rendered
from bot.slack.views.telling import Told
from bot.taskforce.terms import ENDED
from storage.posts import PostRow

ESCALATION = "escalation"


def post_escalation(job: Job) -> Outcome:
    """Put the escalation before the cell, in its channel; with those that come along, in one message."""
    asked = wanted(job, lambda burst, _subject: burst.state in ENDED)
    if not asked:
        return Stale()
    message = _message(job, list(asked.values()))
    posted = post_once(job, job.tools.steering_channel, message)
    facts = in_parts([Posted(ESCALATION, posted.channel, posted.ts, 0)], asked)
    if len(asked) > 1:
        # What changed meanwhile: the lanes of its bursts could not know of the message yet.
        job.keep(facts)
        _show(job, posted.channel, posted.ts, message)
    return Done(facts)


def refresh_escalation(job: Job) -> Outcome:
    """Bring every escalation card of the burst up to date."""
    with job.tools.store.read() as unit:
        cards = unit.posts.find(job.burst.id, ESCALATION)
    older = [one for one in cards if one.version < job.burst.version]
    for one in older:
        _show(job, one.channel, one.ts)
        job.keep((Shown(one.id, job.burst.version),))
    return Done() if older else Stale()


def _show(job: Job, channel: str, ts: str, before: Rendered | None = None) -> None:
    def draw(posts: Sequence[PostRow]) -> Rendered:
        return _message(job, shown(job, posts, frozenset()))

    # A card that the cell has deleted is nobody's loss, and not posted again.
    redraw(job, (channel, ts), draw, lost=UNEDITABLE, before=before)


def _message(job: Job, asked: Sequence[Told]) -> Rendered:
    if len({one.burst.id for one in asked}) > 1:
        return escalations(asked, now=job.now)
    one = asked[-1]
    with job.tools.store.read() as unit:
        told = escalated(unit.log.entries(one.burst.id), one.subject)
        actors = (entry.actor for entry in told.since)
        labels = labels_for(unit, job.tools.programme(), one.burst, actors)
    return escalation(one.burst, one.subject, labels, now=job.now, why=told.why, since=told.since)
