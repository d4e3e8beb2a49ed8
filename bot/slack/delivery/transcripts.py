"""A burst's transcript: completed from Slack's history while that can still be read."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.errors import PermanentFault, UnknownFault
from bot.operations.completing import PageRead, Unread, begin
from bot.operations.deliveries import CourtesyRefused
from bot.operations.transcribing import Keeping
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Again, Done, Outcome, Stale
from bot.slack.faults import DeadCredentials
from bot.slack.gateway import HistoryPage
from bot.slack.heard import message_of
from bot.slack.requests import Malformed
from bot.taskforce.transcript import NO_PLACE, Message, Progress

# One delivery reads so many pages, then lets others have the thread.
PAGES_AT_ONCE = 10
# A history that Slack cannot give, for reasons that it does not say, is asked for so often; the summary waits behind it.
MOST_TRIES = 5
_MOMENT = Decimal("0.000001")


def complete_transcript(job: Job) -> Outcome:
    """Read everything that was written where the burst lives, page by page; each is kept before the next is read.

    What Slack refuses is a gap in the transcript and no reason to keep the burst from its archive.
    """
    place = job.burst.place
    if place is None:
        return Done((Unread(NO_PLACE),)) if job.burst.place_lost else Stale()
    with job.tools.store.read() as unit:
        progress = begin(unit, job.burst, place, job.row.id)
    try:
        for _ in range(PAGES_AT_ONCE):
            if progress.is_over:
                return Done()
            page = _read(job, progress)
            job.keep((page,))
            progress = page.after
    except DeadCredentials:
        raise
    except PermanentFault as fault:
        return Done((Unread(fault.code), CourtesyRefused(fault.method, fault.code)))
    except UnknownFault as fault:
        if job.row.attempt + 1 < MOST_TRIES:
            raise
        return Done((Unread(fault.code), CourtesyRefused(fault.method, fault.code)))
    return Again()


def _read(job: Job, progress: Progress) -> PageRead:
    return _thread(job, progress) if progress.threads else _channel(job, progress)


def _channel(job: Job, progress: Progress) -> PageRead:
    page = job.tools.gateway.history.channel(
        progress.channel, before=progress.before, after=_just_before(progress.since)
    )
    messages = tuple(_messages(progress.channel, page))
    answered = {str(one["ts"]): one for one in page.messages if one.get("reply_count") and one.get("ts")}
    with job.tools.store.read() as unit:
        kept = unit.transcripts.replies(job.burst.id, progress.channel, answered)
    bot = job.tools.bot_user
    unread = [ts for ts, one in answered.items() if not _is_known(one, kept.get(ts, []), bot)]
    seen = [one.ts for one in messages]
    after = progress.after_channel(seen, unread, more=page.more, limited=page.limited)
    return _page(job, progress, after, messages, tuple(answered))


def _is_known(answered: Mapping[str, Any], kept: list[str], bot_user: str) -> bool:
    """Whether nobody but the bot wrote in the thread, and each reply is kept: the log tells how it edits them."""
    alone = answered.get("reply_users") == [bot_user] and answered.get("reply_users_count") == 1
    return alone and kept == [bot_user] * int(answered["reply_count"])


def _thread(job: Job, progress: Progress) -> PageRead:
    thread = progress.threads[0]
    try:
        page = job.tools.gateway.history.thread(progress.channel, thread, cursor=progress.cursor)
    except PermanentFault as fault:
        if fault.code != "thread_not_found":
            raise
        page = HistoryPage((), more=False)
    messages = tuple(_messages(progress.channel, page))
    after = progress.after_thread([one.ts for one in messages], page.cursor)
    return _page(job, progress, after, messages, (), thread)


def _page(
    job: Job,
    before: Progress,
    after: Progress,
    messages: tuple[Message, ...],
    answered: tuple[str, ...],
    thread: str = "",
) -> PageRead:
    keeping = Keeping.by(job.tools.programme())
    redacted = tuple(keeping.redacted(one) for one in messages)
    return PageRead(before, after, redacted, answered, thread, keeping.deleted_words)


def _messages(channel: str, page: HistoryPage) -> Iterator[Message]:
    for found in page.messages:
        message = _message(channel, found)
        if message is not None:
            yield message


def _message(channel: str, found: Mapping[str, Any]) -> Message | None:
    """One that Slack describes as it does no other is left out; it has no place in time."""
    try:
        return message_of(channel, found)
    except Malformed:
        return None


def _just_before(ts: str) -> str:
    return f"{Decimal(ts) - _MOMENT:.6f}" if ts else ""
