"""Completing a transcript from Slack's history: what was missed comes in, and what is no longer there was deleted."""

from dataclasses import dataclass
from datetime import datetime

from bot.operations.transcribing import hear, miss
from bot.taskforce.burst import Burst, Place
from bot.taskforce.transcript import BROADCAST, MOVED, OUT_OF_REACH, Gap, Message, Progress
from storage import Unit
from storage.transcripts import Reading


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page of history, redacted: ``messages``, of which ``answered`` have replies. It led from ``before`` to ``after``.

    A page of a thread says so (``thread``); one that is gone with all its replies has no messages.
    """

    before: Progress
    after: Progress
    messages: tuple[Message, ...]
    answered: tuple[str, ...]
    thread: str
    keep_deleted: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """History could not be read to its end: ``why`` is Slack's error code, or a word of ``Gap``."""

    why: str


def begin(unit: Unit, burst: Burst, place: Place, intent: int) -> Progress:
    """The reading for ``intent``: where it stood when it was interrupted, or a new one.

    In a channel that somebody supplied, only what was written since the burst came there is its own.
    """
    known = unit.transcripts.reading(burst.id).progress
    if known is not None and (known.intent, known.channel) == (intent, place.channel):
        return known
    oldest, newest = unit.transcripts.edges(burst.id, place.channel)
    if place.thread_ts is not None:
        return Progress(intent, place.channel, upto=newest, threads=(place.thread_ts,), channel_read=True)
    posted = [post.ts for post in unit.posts.find(burst.id) if post.channel == place.channel]
    since = "" if place.ours else min((ts for ts in (oldest, *posted) if ts), default="")
    return Progress(intent, place.channel, since=since, upto=newest)


def take_page(unit: Unit, burst_id: int, page: PageRead, *, now: datetime) -> None:
    """Keep a page, and mark what it should have shown and did not. The last page completes the transcript."""
    hear(unit, burst_id, page.messages, keep_deleted=page.keep_deleted, latest=True)
    if page.thread:
        _compare_thread(unit, burst_id, page)
    else:
        _compare_channel(unit, burst_id, page)
    reading = unit.transcripts.reading(burst_id)
    if not page.after.is_over:
        unit.transcripts.note_reading(
            burst_id, Reading(page.after, reading.gaps, reading.read_upto, reading.completed_at)
        )
        return
    _, newest = unit.transcripts.edges(burst_id, page.after.channel)
    gaps = (*_out_of_reach(unit, burst_id, page.after), *_moved(unit, burst_id, page.after.channel))
    unit.transcripts.note_reading(burst_id, Reading(page.after, gaps, newest, now))


def note_unread(unit: Unit, burst_id: int, unread: Unread, *, now: datetime) -> None:
    """What came after the last complete reading is only as the bot heard it, and what it missed stays unknown."""
    known = unit.transcripts.reading(burst_id)
    kept = tuple(gap for gap in known.gaps if gap.why in {OUT_OF_REACH, MOVED})
    gaps = (*kept, Gap(unread.why, since=known.read_upto))
    unit.transcripts.note_reading(burst_id, Reading(known.progress, gaps, known.read_upto, now))


def _compare_channel(unit: Unit, burst_id: int, page: PageRead) -> None:
    seen = {one.ts for one in page.messages}
    if not seen:
        return
    newest = min((ts for ts in (page.before.before, page.before.upto) if ts), default="")
    standing = unit.transcripts.standing_in_channel(burst_id, page.after.channel, min(seen), newest)
    known = {*seen, page.before.before}
    gone = {one.ts for one in miss(unit, burst_id, standing, known, keep_deleted=page.keep_deleted)}
    roots = {*gone, *seen} - {*page.answered}
    for root in sorted(unit.transcripts.replies(burst_id, page.after.channel, roots)):
        _miss_replies(unit, burst_id, page, root, "", page.before.upto)


def _compare_thread(unit: Unit, burst_id: int, page: PageRead) -> None:
    newest = page.after.read_upto if page.after.cursor else page.before.upto
    _miss_replies(unit, burst_id, page, page.thread, page.before.read_upto, newest)


def _miss_replies(unit: Unit, burst_id: int, page: PageRead, root: str, after: str, newest: str) -> None:
    """Of a thread's replies; one that was sent to the channel too is looked for there."""
    standing = unit.transcripts.standing_in_thread(burst_id, page.after.channel, root, after, newest)
    seen = {*(one.ts for one in page.messages), after}
    hidden = [one for one in standing if one.kind != BROADCAST]
    miss(unit, burst_id, hidden, seen, keep_deleted=page.keep_deleted)


def _out_of_reach(unit: Unit, burst_id: int, read: Progress) -> tuple[Gap, ...]:
    """What stands before the oldest message that Slack still shows was heard, and cannot be looked up."""
    oldest, _ = unit.transcripts.edges(burst_id, read.channel)
    beyond = read.limited or bool(read.before and oldest and oldest < read.before)
    return (Gap(OUT_OF_REACH, until=read.before),) if beyond else ()


def _moved(unit: Unit, burst_id: int, home: str) -> tuple[Gap, ...]:
    return (Gap(MOVED),) if unit.transcripts.channels(burst_id) - {home} else ()
