"""What the sender found out at Slack, written down in the transaction that settles the intent.

Each fact may be recorded twice (the process was killed before it could say so, a lookup found what
was already known): the second time changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.operations.completing import PageRead, Unread, note_unread, take_page
from bot.operations.mark_message import entry_of
from bot.operations.reviving import look_again
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, EvidenceFile, Place
from bot.taskforce.effects import Effect, EffectKind, message_lane
from bot.taskforce.lifecycle import Message
from bot.taskforce.marks import Fate, tell_marker
from storage import Unit
from storage.outbox import Intent, OutboxRow
from storage.posts import PostRow

# Real time in which the changes of many bursts become one edit of the message that tells of them.
REDRAWN_AFTER = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message stands in ``channel`` at ``ts`` and shows the burst's ``version``.

    ``slot`` says what it is, ``subject`` which one of its kind, ``user`` whose DM it is in. Where one
    message answers several intents, ``burst_id`` and ``intent_id`` say which one this is about, and ``drawn``
    is a digest of what the message shows.
    """

    slot: str
    channel: str
    ts: str
    version: int
    subject: str = ""
    user: str | None = None
    burst_id: int | None = None
    intent_id: int | None = None
    drawn: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message was edited and now shows the burst's ``version``."""

    post_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A message was edited to say that nothing is wanted any more."""

    post_id: int


@dataclass(frozen=True, slots=True)
class Revived:
    """A message was edited to say that it holds again."""

    post_id: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Intent ``intent_id`` was not told, by what was known of its burst when the message was made."""

    intent_id: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """A message about several bursts may not show any more how they stand."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message about several bursts was edited; ``post_id`` is its first post, ``drawn`` a digest of what it shows now."""

    post_id: int
    drawn: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The burst lives at ``place`` from now on; ``why``, in words, when that is not a channel of its own."""

    place: Place
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLost:
    """The burst has no place: ``place`` is gone, or None could be made; ``why`` in words."""

    place: Place | None
    why: str


@dataclass(frozen=True, slots=True)
class CourtesyRefused:
    """Slack refused a courtesy for good; the burst goes on without."""

    method: str
    code: str


@dataclass(frozen=True, slots=True)
class DirectChannel:
    """The DM with ``user`` is ``channel``."""

    user: str
    channel: str


@dataclass(frozen=True, slots=True)
class FileSettled:
    """What became of a file that was given as piece ``evidence``: a copy is kept, or why there is none."""

    evidence: int
    file: EvidenceFile


@dataclass(frozen=True, slots=True)
class MessageMarked:
    """``user`` marked a message of ``channel`` for the log, which says what it said when it was read."""

    user: str
    channel: str
    message: Message


@dataclass(frozen=True, slots=True)
class HomeDrawn:
    """The home tab of ``user`` shows what has the digest ``drawn``."""

    user: str
    drawn: str


@dataclass(frozen=True, slots=True)
class MessageLeft:
    """``user`` marked a message of ``channel`` that is nothing for the log, and why."""

    user: str
    channel: str
    ts: str
    fate: Fate


Fact: TypeAlias = (
    Posted
    | Shown
    | Settled
    | Outdated
    | Drawn
    | Revived
    | LeftOut
    | Placed
    | PlaceLost
    | CourtesyRefused
    | DirectChannel
    | PageRead
    | Unread
    | FileSettled
    | MessageMarked
    | HomeDrawn
    | MessageLeft
)


def record(unit: Unit, row: OutboxRow, facts: tuple[Fact, ...], *, now: datetime) -> None:
    """Write down ``facts`` that delivering ``row`` brought to light, at policy time ``now``."""
    for fact in facts:
        match fact:
            case DirectChannel() | HomeDrawn():
                _record_of_person(unit, fact)
            case Shown():
                unit.posts.show(fact.post_id, fact.version)
            case Settled():
                unit.posts.settle(fact.post_id, now)
            case Revived():
                unit.posts.revive(fact.post_id)
            case LeftOut():
                look_again(unit, fact.intent_id, now)
            case Drawn():
                unit.posts.draw(fact.post_id, fact.drawn)
            case Outdated():
                redraw(unit, fact, now=now)
            case Posted():
                record_post(unit, row, fact)
            case _:
                _record_about(unit, _burst(unit, row), fact, now=now)


def _record_of_person(unit: Unit, fact: DirectChannel | HomeDrawn) -> None:
    if isinstance(fact, HomeDrawn):
        unit.homes.draw(fact.user, fact.drawn)
    else:
        unit.directory.open_direct(fact.user, fact.channel)


def _record_about(
    unit: Unit,
    burst: Burst,
    fact: Placed
    | PlaceLost
    | CourtesyRefused
    | PageRead
    | Unread
    | FileSettled
    | MessageMarked
    | MessageLeft,
    *,
    now: datetime,
) -> None:
    match fact:
        case MessageMarked():
            keep_marked(unit, burst, fact, now=now)
        case MessageLeft():
            tell(unit, burst, tell_marker(fact.user, fact.channel, fact.ts, fact.fate), now=now)
        case FileSettled():
            settle_file(unit, burst, fact, now=now)
        case Placed():
            record_place(unit, burst, fact, now=now)
        case PageRead():
            take_page(unit, burst.id, fact, now=now)
        case Unread():
            note_unread(unit, burst.id, fact, now=now)
        case PlaceLost():
            lose_place(unit, burst, fact, now=now)
        case CourtesyRefused():
            note_courtesy_refused(unit, burst, fact, now=now)


def record_post(unit: Unit, row: OutboxRow, posted: Posted) -> None:
    """Remember a message as the answer to ``row``, or to what goes along with it, once."""
    intent_id = posted.intent_id or row.id
    if not unit.posts.answers(posted.channel, posted.ts, intent_id):
        unit.posts.record(
            PostRow(
                burst_id=posted.burst_id or _burst(unit, row).id,
                slot=posted.slot,
                subject=posted.subject,
                user=posted.user,
                channel=posted.channel,
                ts=posted.ts,
                outbox_id=intent_id,
                version=posted.version,
                drawn=posted.drawn,
            )
        )


def redraw(unit: Unit, message: Outdated, *, now: datetime) -> None:
    """Have a message about several bursts edited soon, once for whatever changes until then."""
    subject = {"channel": message.channel, "ts": message.ts}
    lane = message_lane(message.channel, message.ts)
    effect = Effect(EffectKind.REDRAW_MESSAGE, lane, subject, delay_for=REDRAWN_AFTER)
    unit.outbox.add((Intent(effect, None, 0),), now=now)


def record_place(unit: Unit, burst: Burst, placed: Placed, *, now: datetime) -> None:
    """Let the burst live where the sender put it, unless somebody has given it a place meanwhile."""
    if burst.place is None:
        unit.apply(lifecycle.move_to(burst, placed.place, placed.why, now=now), now=now)


def lose_place(unit: Unit, burst: Burst, lost: PlaceLost, *, now: datetime) -> None:
    """Take the burst's place away, or note, once, that none could be made; a newer place stays."""
    if burst.place == lost.place and (burst.place is not None or burst.place_lost != lost.why):
        unit.apply(lifecycle.lose_place(burst, lost.why, now=now), now=now)


def note_courtesy_refused(unit: Unit, burst: Burst, refused: CourtesyRefused, *, now: datetime) -> None:
    """Note on the burst, once, that Slack would not do a courtesy."""
    if f"{refused.method}: {refused.code}" not in burst.refusals:
        unit.apply(lifecycle.note_refusal(burst, refused.method, refused.code, now=now), now=now)


def settle_file(unit: Unit, burst: Burst, settled: FileSettled, *, now: datetime) -> None:
    """Write on the evidence what became of a file, unless it is written there."""
    decision = lifecycle.settle_file(burst, settled.evidence, settled.file, now=now)
    if decision is not None:
        unit.apply(decision, now=now)


def keep_marked(unit: Unit, burst: Burst, marked: MessageMarked, *, now: datetime) -> None:
    """Put a message into the log, unless somebody has, by a mark or by hand; and tell whoever marked it."""
    user, channel, ts = marked.user, marked.channel, marked.message.ts
    known = entry_of(unit, burst, ts)
    if known is not None:
        tell(unit, burst, tell_marker(user, channel, ts, Fate.ALREADY, known), now=now)
        return
    after = unit.apply(lifecycle.log_marked(burst, user, marked.message, now=now), now=now)
    tell(unit, after, tell_marker(user, channel, ts, Fate.LOGGED, after.log_count), now=now)


def tell(unit: Unit, burst: Burst, effect: Effect, *, now: datetime) -> None:
    """Have somebody told something about the burst."""
    unit.outbox.add((Intent(effect, burst.id, burst.version),), now=now)


def _burst(unit: Unit, row: OutboxRow) -> Burst:
    burst = None if row.burst_id is None else unit.bursts.get(row.burst_id)
    if burst is None:
        raise LookupError(f"intent {row.id} belongs to no burst")
    return burst
