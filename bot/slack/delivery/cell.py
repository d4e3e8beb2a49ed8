"""What the steering cell sees: the escalation card in its channel."""

from collections.abc import Sequence

from bot.operations.deliveries import LeftOut, Posted, Shown
from bot.reports.from_above import escalated
from bot.reports.labelling import labels_for
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.parts import Parts, in_parts, parts_of, shown
from bot.slack.delivery.posting import UNEDITABLE, post_once, taken_before
from bot.slack.delivery.redrawing import edit, outdated, posts_at
from bot.slack.views.escalation import escalation
from bot.slack.views.escalations import escalations
from bot.slack.views.parts import Rendered
from bot.slack.views.telling import Told
from bot.taskforce.terms import ENDED
from storage.posts import PostRow

ESCALATION = "escalation"
# A card that the cell has deleted is nobody's loss, and not posted again.
LOST = UNEDITABLE


def post_escalation(job: Job) -> Outcome:
    """Put the escalation before the cell, in its channel; with those that come along, in one message."""
    parts = parts_of(job, lambda burst, _subject: burst.state in ENDED)
    if job.row.id in parts.over:
        return _without_lead(job, parts)
    asked = parts.wanted
    message = _message(job, list(asked.values()))
    posted = post_once(job, job.tools.steering_channel, message)
    if job.tried:
        # An earlier attempt may have posted it, in other words.
        edit(job, posted.channel, posted.ts, message, lost=LOST)
    said = in_parts([Posted(ESCALATION, posted.channel, posted.ts, 0)], asked, message)
    return Done((*said, *parts.left_out))


def _without_lead(job: Job, parts: Parts) -> Outcome:
    """It is not asked of the cell any more. What comes along may still be; a card that may stand already says how it is."""
    found = taken_before(job, job.tools.steering_channel)
    if found is None and parts.wanted:
        return Stale((LeftOut(job.row.id),), heir=min(parts.wanted))
    if found is None:
        return Stale(parts.left_out)
    message = _message(job, list(parts.all.values()))
    edit(job, found.channel, found.ts, message, lost=LOST)
    return Done(in_parts([Posted(ESCALATION, found.channel, found.ts, 0)], parts.all, message))


def refresh_escalation(job: Job) -> Outcome:
    """Bring every escalation card of the burst up to date."""
    with job.tools.store.read() as unit:
        cards = unit.posts.find(job.burst.id, ESCALATION)
    older = [one for one in cards if one.version < job.burst.version]
    for one in older:
        later = outdated(job, one.channel, one.ts)
        if not later:
            edit(job, one.channel, one.ts, draw(job, posts_at(job, one.channel, one.ts)), lost=LOST)
        job.keep((Shown(one.id, job.burst.version), *later))
    return Done() if older else Stale()


def draw(job: Job, posts: Sequence[PostRow]) -> Rendered:
    """The message that these posts are, as their bursts stand now."""
    return _message(job, shown(job, posts, frozenset()))


def _message(job: Job, asked: Sequence[Told]) -> Rendered:
    if len({one.burst.id for one in asked}) > 1:
        return escalations(asked, now=job.now)
    one = asked[-1]
    with job.tools.store.read() as unit:
        told = escalated(unit.log.entries(one.burst.id), one.subject)
        actors = (entry.actor for entry in told.since)
        labels = labels_for(unit, job.tools.programme(), one.burst, actors)
    return escalation(one.burst, one.subject, labels, now=job.now, why=told.why, since=told.since)
