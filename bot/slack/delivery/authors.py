"""What the author of a message hears alone, in the channel where it stands."""

from bot.privacy import Category
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.views.exposed import exposed


def tell_author(job: Job) -> Outcome:
    """Say what in their message has to go, at most once: such a message cannot be looked for afterwards."""
    if job.tried:
        return Stale()
    found = [Category(name) for name in job.word("found").split(",")]
    message = exposed(found, certain=job.number("certain") == 1, asked=job.number("asked") == 1)
    thread = job.word("thread") or None
    job.tools.gateway.messages.whisper(job.word("channel"), job.word("user"), message, thread_ts=thread)
    return Done()
