"""A message that somebody marked, on its way from Slack into the log, and what they hear of it."""

from html import unescape

from bot.errors import PermanentFault
from bot.operations.deliveries import CourtesyRefused, MessageLeft, MessageMarked
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.faults import DeadCredentials
from bot.slack.heard import message_of
from bot.slack.markup import words
from bot.slack.views.marked import marked
from bot.taskforce.lifecycle import Message
from bot.taskforce.marks import Fate


def keep_message(job: Job) -> Outcome:
    """Read the message as it stands now. One that is gone, says nothing, or is our own is nothing for the log."""
    channel, ts = job.word("channel"), job.word("ts")
    try:
        found = job.tools.gateway.history.message(channel, ts)
    except DeadCredentials:
        raise
    except PermanentFault as fault:
        return Done((CourtesyRefused(fault.method, fault.code), *_left(job, Fate.UNREADABLE).facts))
    if found is None:
        return _left(job, Fate.GONE)
    said = message_of(channel, found)
    text = _without_patients(job, said.text or "\n".join(file.name for file in said.files))
    if said.deleted:
        return _left(job, Fate.GONE)
    if said.author == job.tools.bot_user:
        return _left(job, Fate.OURS)
    if not text:
        return _left(job, Fate.EMPTY)
    address = job.tools.gateway.messages.permalink(channel, ts)
    message = Message(text, address, said.author, ts, by_bot=bool(found.get("bot_id")))
    return Done((MessageMarked(job.word("user"), channel, message),))


def tell_marker(job: Job) -> Outcome:
    """Say what became of the message, beside it, at most once. Whoever has left the channel since hears nothing."""
    if job.tried:
        return Stale()
    channel, ts = job.word("channel"), job.word("ts")
    with job.tools.store.read() as unit:
        known = unit.transcripts.named(job.burst.id, [ts]).get(ts)
    thread = known.thread if known is not None else ""
    home = job.burst.place.thread_ts if job.burst.place is not None else None
    message = marked(job.burst, Fate(job.word("fate")), job.number("entry") or 0)
    try:
        job.tools.gateway.messages.whisper(channel, job.word("user"), message, thread_ts=thread or home)
    except PermanentFault as fault:
        if fault.code != "user_not_in_channel":
            raise
        return Stale()
    return Done()


def _left(job: Job, fate: Fate) -> Stale:
    return Stale((MessageLeft(job.word("user"), job.word("channel"), job.word("ts"), fate),))


def _without_patients(job: Job, text: str) -> str:
    """What was written, without what identifies a patient, or may; mentions stay where nothing is taken out."""
    guard = job.tools.programme().guard
    if guard.inspect(words(text)).categories:
        return guard.redact(words(text)).strip()
    return unescape(text).strip()
