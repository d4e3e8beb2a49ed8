"""What the steering cell sees: the escalation card in its channel."""

import json
from collections.abc import Mapping

from bot.errors import PermanentFault
from bot.operations.deliveries import Posted, Shown
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.posting import UNEDITABLE, identified, post_once
from bot.slack.views.escalation import escalation
from bot.slack.views.parts import Rendered
from bot.taskforce.terms import ENDED, EntryKind

ESCALATION = "escalation"


def post_escalation(job: Job) -> Outcome:
    """Put the escalation before the cell, in its channel."""
    if job.burst.state in ENDED:
        return Stale()
    posted = post_once(job, job.tools.steering_channel, _message(job, job.row.subject))
    subject = identified(job.row.subject)
    return Done((Posted(ESCALATION, posted.channel, posted.ts, job.burst.version, subject),))


def refresh_escalation(job: Job) -> Outcome:
    """Bring every escalation card of the burst up to date."""
    with job.tools.store.read() as unit:
        cards = unit.posts.find(job.burst.id, ESCALATION)
    older = [one for one in cards if one.version < job.burst.version]
    for one in older:
        try:
            job.tools.gateway.messages.update(one.channel, one.ts, _message(job, json.loads(one.subject)))
        except PermanentFault as fault:
            # A card that the cell has deleted is nobody's loss, and not posted again.
            if fault.code not in UNEDITABLE:
                raise
        job.keep((Shown(one.id, job.burst.version),))
    return Done() if older else Stale()


def _message(job: Job, subject: Mapping[str, str | int]) -> Rendered:
    return escalation(job.burst, subject, job.labels, now=job.now, why=_why(job, subject))


def _why(job: Job, subject: Mapping[str, str | int]) -> str:
    """What the person wrote who escalated by hand; nobody did when the clock itself fired the step."""
    with job.tools.store.read() as unit:
        entries = unit.log.entries(job.burst.id)
    bodies = (entry.body or {} for entry in entries if entry.kind is EntryKind.ESCALATED)
    step = (subject.get("clock"), subject.get("step"))
    return next(
        (str(body.get("reason", "")) for body in bodies if (body.get("clock"), body.get("step")) == step), ""
    )
