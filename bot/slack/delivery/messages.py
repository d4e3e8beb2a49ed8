"""What stands in the burst's channel: the card, its checklist, and a notice for each change."""

from collections.abc import Callable

from bot.errors import PermanentFault
from bot.operations.deliveries import Posted, Shown
from bot.operations.precedents import precedents_in
from bot.reports.entries import LoggedEntry
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.place import in_place
from bot.slack.delivery.posting import UNEDITABLE, post_once
from bot.slack.views.card import card
from bot.slack.views.checklist import checklist
from bot.slack.views.notice import notice
from bot.slack.views.parts import Rendered
from bot.slack.views.precedents import precedents
from bot.taskforce.burst import Burst, Place
from bot.taskforce.terms import EntryKind
from storage.posts import PostRow

CARD = "card"
CHECKLIST = "checklist"
NOTICE = "notice"
PRECEDENTS = "precedents"


def post_card(job: Job) -> Outcome:
    """Post the card, once for each place that the burst has lived in."""
    return in_place(job, _post_card)


def refresh_card(job: Job) -> Outcome:
    """Bring the card up to date; one that is already newer is left alone."""
    return in_place(job, _refresh_card)


def pin_card(job: Job) -> Outcome:
    """Pin the card, in a channel that is the burst's own."""
    return in_place(job, _pin_card)


def post_checklist(job: Job) -> Outcome:
    """Post the checklist in a thread of the card."""
    return in_place(job, _post_checklist)


def refresh_checklist(job: Job) -> Outcome:
    """Bring the checklist up to date."""
    return in_place(job, _refresh_checklist)


def post_notice(job: Job) -> Outcome:
    """Show one entry of the log in the channel; entries that say nothing there are skipped."""
    return in_place(job, _post_notice)


def post_precedents(job: Job) -> Outcome:
    """Show what was solved before and looks alike; nothing is posted where there is none."""
    return in_place(job, _post_precedents)


def standing(job: Job, slot: str) -> PostRow | None:
    """The newest message of that slot."""
    with job.tools.store.read() as unit:
        return unit.posts.latest(job.burst.id, slot)


def _here(job: Job, slot: str, place: Place) -> PostRow | None:
    found = standing(job, slot)
    return found if found is not None and found.channel == place.channel else None


def _post_card(job: Job, place: Place) -> Outcome:
    if _here(job, CARD, place) is not None:
        return Stale()
    return _posted(job, place, CARD, _card(job), thread_ts=place.thread_ts)


def _refresh_card(job: Job, place: Place) -> Outcome:
    return _refreshed(job, place, CARD, _card, thread_ts=None)


def _pin_card(job: Job, place: Place) -> Outcome:
    found = _here(job, CARD, place)
    if found is None or place.thread_ts is not None:
        return Stale()
    job.tools.gateway.messages.pin(found.channel, found.ts)
    return Done()


def _post_checklist(job: Job, place: Place) -> Outcome:
    if not job.burst.checklist or _here(job, CHECKLIST, place) is not None:
        return Stale()
    return _posted(job, place, CHECKLIST, _checklist(job), thread_ts=_under_the_card(job, place))


def _refresh_checklist(job: Job, place: Place) -> Outcome:
    return _refreshed(job, place, CHECKLIST, _checklist, thread_ts=_under_the_card(job, place))


def _post_notice(job: Job, place: Place) -> Outcome:
    number = job.number("entry")
    with job.tools.store.read() as unit:
        entry = None if number is None else unit.log.entry(job.burst.id, number)
    if entry is None or _is_told_behind(job.burst, entry):
        return Stale()
    message = notice(job.burst, entry, job.labels_naming([entry.actor]), now=job.now)
    return _posted(job, place, f"{NOTICE}:{number}", message, thread_ts=place.thread_ts)


def _is_told_behind(burst: Burst, entry: LoggedEntry) -> bool:
    """Whether the notice of the resolution waits behind this one: it names all evidence."""
    is_over = burst.resolved_at is not None and entry.at < burst.resolved_at
    return is_over and entry.kind is EntryKind.EVIDENCE


def _post_precedents(job: Job, place: Place) -> Outcome:
    if _here(job, PRECEDENTS, place) is not None:
        return Stale()
    labels = job.labels
    with job.tools.store.read() as unit:
        # Who else is in the channel, or comes later, nobody knows: of private ones not even the key is named.
        found = precedents_in(unit, job.burst, labels.family, readable=lambda one: not one.private)
    if not found:
        return Stale()
    return _posted(job, place, PRECEDENTS, precedents(found, labels), thread_ts=place.thread_ts)


def _posted(job: Job, place: Place, slot: str, message: Rendered, *, thread_ts: str | None) -> Done:
    posted = post_once(job, place.channel, message, thread_ts=thread_ts)
    return Done((Posted(slot, posted.channel, posted.ts, job.burst.version),))


def _refreshed(
    job: Job, place: Place, slot: str, render: Callable[[Job], Rendered], *, thread_ts: str | None
) -> Outcome:
    """Edit the message where it stands; one that can no longer be edited is posted anew."""
    found = _here(job, slot, place)
    if found is None or found.version >= job.burst.version:
        return Stale()
    try:
        job.tools.gateway.messages.update(found.channel, found.ts, render(job))
    except PermanentFault as fault:
        if fault.code not in UNEDITABLE:
            raise
        return _posted(job, place, slot, render(job), thread_ts=thread_ts or place.thread_ts)
    return Done((Shown(found.id, job.burst.version),))


def _under_the_card(job: Job, place: Place) -> str | None:
    if place.thread_ts is not None:
        return place.thread_ts
    found = _here(job, CARD, place)
    return None if found is None else found.ts


def _card(job: Job) -> Rendered:
    return card(job.burst, job.labels, now=job.now)


def _checklist(job: Job) -> Rendered:
    return checklist(job.burst, job.labels)
