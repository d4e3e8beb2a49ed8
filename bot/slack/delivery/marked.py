"""A message that somebody marked, on its way from Slack into the log."""

from html import unescape

from bot.operations.deliveries import MessageMarked
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.heard import message_of
from bot.slack.markup import words
from bot.taskforce.lifecycle import Message


def keep_message(job: Job) -> Outcome:
    """Read the message as it stands now. One that is gone, says nothing, or is our own is nothing for the log."""
    channel, ts = job.word("channel"), job.word("ts")
    found = job.tools.gateway.history.message(channel, ts)
    if found is None:
        return Stale()
    said = message_of(channel, found)
    text = _without_patients(job, said.text or "\n".join(file.name for file in said.files))
    if said.deleted or not text or said.author == job.tools.bot_user:
        return Stale()
    address = job.tools.gateway.messages.permalink(channel, ts)
    message = Message(text, address, said.author, ts, by_bot=bool(found.get("bot_id")))
    return Done((MessageMarked(job.word("user"), message),))


def _without_patients(job: Job, text: str) -> str:
    """What was written, without what identifies a patient, or may; mentions stay where nothing is taken out."""
    guard = job.tools.programme().guard
    if guard.inspect(words(text)).categories:
        return guard.redact(words(text)).strip()
    return unescape(text).strip()
