"""What people look at: bursts, their logs, lists of them. Nothing is changed, nothing is seen without the right to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Refused
from bot.operations.listing import Listed, page_of, within
from bot.operations.office import Office, Request, actor_for, load
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.permissions import Right, allows, require
from bot.taskforce.terms import ENDED, EntryKind, State
from bot.taskforce.transcript import Gap, Message
from storage.finding import BurstFilter
from storage.log import LogEntry


@dataclass(frozen=True, slots=True)
class Logged:
    """One page of a burst's log, entries in their order; ``total`` entries of what was asked for in all.

    ``own`` are the numbers of those that whoever asks wrote and may correct, ``messages`` what is known of those that
    entries were made from, by Slack's ``ts``.
    """

    burst: Burst
    entries: tuple[LogEntry, ...]
    page: int
    pages: int
    total: int
    own: frozenset[int] = frozenset()
    messages: Mapping[str, Message] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transcribed:
    """One page of a burst's transcript, threads behind what they answer; ``gaps`` are those of the whole."""

    burst: Burst
    messages: tuple[Message, ...]
    gaps: tuple[Gap, ...]
    page: int
    pages: int
    total: int


def burst_in(office: Office, request: Request, channel: str, thread_ts: str | None = None) -> int | None:
    """The burst that lives in this channel, or in this thread of it, if this person may see it."""
    with office.store.read() as unit:
        burst = unit.bursts.by_channel(channel, thread_ts)
        if burst is None or not allows(Right.READ, actor_for(unit, office, request), burst):
            return None
        return burst.id


def burst(office: Office, request: Request, burst_id: int) -> Burst:
    """The burst. Raises ``Refused`` when there is none that this person may see."""
    with office.store.read() as unit:
        return load(unit, office, request, burst_id)[0]


def burst_for(
    office: Office, request: Request, burst_id: int, right: Right, states: Collection[State]
) -> Burst:
    """The burst, for somebody who is about to use ``right`` on it, so that nobody fills in a form for nothing.

    Raises ``Refused``: there is none that this person may see, the right is another's, or the burst
    is in none of the ``states``.
    """
    with office.store.read() as unit:
        found, actor = load(unit, office, request, burst_id)
    require(right, actor, found)
    state_in(found, states)
    return found


def may_open(office: Office, request: Request) -> None:
    """Raises ``Refused`` when this person may not raise a blocker."""
    with office.store.read() as unit:
        require(Right.OPEN, actor_for(unit, office, request), None)


def listed(office: Office, request: Request, wanted: BurstFilter, *, page: int, per_page: int) -> Listed:
    """A page of the open bursts that fit and that this person may see, the most urgent clock first.

    A page beyond the last one is the last one.
    """
    with office.store.read() as unit:
        return page_of(unit, actor_for(unit, office, request), wanted, page=page, per_page=per_page)


def log_of(
    office: Office,
    request: Request,
    burst_id: int,
    *,
    page: int | None,
    per_page: int,
    kinds: Collection[EntryKind] = (),
) -> Logged:
    """A page of the burst's log, or of its entries of these ``kinds``; None is the last page, where the newest are.

    Raises ``Refused``.
    """
    with office.store.read() as unit:
        found, actor = load(unit, office, request, burst_id)
        total = unit.log.count(burst_id, kinds) if kinds else found.log_count
        number, pages = within(page, total, per_page)
        entries = unit.log.entries(burst_id, kinds=kinds, offset=(number - 1) * per_page, limit=per_page)
        messages = unit.transcripts.named(burst_id, filter(None, map(_message_ts, entries)))
    corrects = found.state in UNDER_WAY and allows(Right.CONTRIBUTE, actor, found)
    own = frozenset(one.number for one in entries if corrects and one.actor == actor.user)
    return Logged(found, entries, number, pages, total, own, messages)


def transcript_of(
    office: Office, request: Request, burst_id: int, *, page: int, per_page: int
) -> Transcribed:
    """A page of what was written where the burst lived, the first being 1. Raises ``Refused``."""
    with office.store.read() as unit:
        found, _ = load(unit, office, request, burst_id)
        total = unit.transcripts.count(burst_id)
        number, pages = within(page, total, per_page)
        messages = unit.transcripts.page(burst_id, offset=(number - 1) * per_page, limit=per_page)
        gaps = unit.transcripts.reading(burst_id).gaps
    return Transcribed(found, messages, gaps, number, pages, total)


def whole_log(office: Office, request: Request, burst_id: int) -> tuple[Burst, tuple[LogEntry, ...]]:
    """The burst with every entry of its log. Raises ``Refused``."""
    with office.store.read() as unit:
        found, _ = load(unit, office, request, burst_id)
        return found, unit.log.entries(burst_id)


def held_since(office: Office, burst_id: int) -> datetime | None:
    """Since when nothing of that burst may be erased (aware UTC); None while it is not held."""
    with office.store.read() as unit:
        return unit.legal_holds.since(burst_id)


def ended(burst: Burst) -> None:
    """Raises ``Refused`` for a burst that has no summary yet."""
    if burst.state not in ENDED:
        raise Refused(
            "not_ended", f"{burst.key} is still open; `/burst status {burst.key}` shows how it stands."
        )


def _message_ts(entry: LogEntry) -> str:
    return str((entry.body or {}).get("ts", ""))
