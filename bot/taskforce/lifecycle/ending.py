"""The end of a burst: closed, cancelled, kept open a while, archived, and taken up again."""

from datetime import datetime, timedelta

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import enquiries, following_up
from bot.taskforce.lifecycle.channel import move_in
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, WORTH_IT_FOR, already, state_in
from bot.taskforce.lifecycle.pausing import leave_pause
from bot.taskforce.lifecycle.resuming import resume_work
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import ClockKind, EntryKind, Outcome, Rank, State


def close(draft: Draft, user: str, outcome: Outcome, entry: int | None = None) -> None:
    """End the draft's burst: only follow-up actions stay promised, the summary goes out, the channel has its grace.

    One notice tells it: the entry numbered ``entry``, or the closing itself.
    """
    ended = frozenset(ClockKind) - ({ClockKind.FOLLOW_UP} if outcome is Outcome.RESOLVED else set())
    asked = clocks.running(draft.after, ClockKind.SIGN_OFF)
    if asked is not None and outcome is Outcome.RESOLVED:
        draft.after = clocks.meet(draft.after, asked, draft.now)
    draft.after = clocks.disarm_kinds(draft.after, *ended, now=draft.now)
    draft.change(
        state=State.CLOSED,
        outcome=outcome,
        closed_at=draft.now,
        archive_at=clocks.grace_end(draft.after.policy, draft.now),
        taken_up_by=None,
    )
    leave_pause(draft)
    closed = draft.log(
        EntryKind.CLOSED,
        user,
        outcome=outcome.value,
        raiser=draft.after.raiser_answer,
    )
    draft.notice(entry or closed)
    draft.refresh_card()
    enquiries.leave(draft)
    if outcome is Outcome.RESOLVED:
        following_up.promise(draft, user)
    draft.effect(EffectKind.COMPLETE_TRANSCRIPT)
    draft.effect(EffectKind.POST_SUMMARY)


def cancel(
    burst: Burst,
    actor: Actor,
    outcome: Outcome,
    why: str,
    duplicate_of: int | None = None,
    *,
    now: datetime,
) -> Decision:
    """End a burst that should not be: a duplicate of another one, a mistake, or withdrawn.

    ``duplicate_of`` is the id of a burst that the caller knows to exist. Raises ``Refused`` without
    the right, for a burst that ended, and for a duplicate of nothing or of itself.
    """
    require(Right.CANCEL, actor, burst)
    state_in(burst, UNDER_WAY)
    if outcome is Outcome.RESOLVED:
        raise Refused("outcome", "A burst is cancelled as a duplicate, a mistake or withdrawn.")
    if outcome is Outcome.DUPLICATE and duplicate_of is None:
        raise Refused("duplicate_of", "Say which burst it duplicates: `duplicate:BURST-12`.")
    if outcome is not Outcome.DUPLICATE and duplicate_of is not None:
        raise Refused("duplicate_of", "Only a duplicate names another burst.")
    if duplicate_of == burst.id:
        raise Refused("duplicate_of", "A burst cannot duplicate itself; name the other one.")
    reason = checked(why, what="The reason")
    draft = Draft.of(burst, now)
    draft.change(duplicate_of=duplicate_of)
    entry = draft.log(
        EntryKind.CANCELLED,
        actor.user,
        outcome=outcome.value,
        reason=reason,
        duplicate_of=duplicate_of,
    )
    close(draft, actor.user, outcome, entry)
    return draft.done()


def keep_open(burst: Burst, actor: Actor, *, now: datetime) -> Decision:
    """Put off archiving: the channel stays for another grace from ``now``."""
    require(Right.KEEP_OPEN, actor, burst)
    state_in(burst, {State.CLOSED}, "Its channel is not about to be archived.")
    until = clocks.grace_end(burst.policy, now)
    if burst.archive_at is not None and until - burst.archive_at < WORTH_IT_FOR:
        already("The channel stays open that long already.")
    draft = Draft.of(burst, now)
    draft.change(archive_at=until)
    entry = draft.log(EntryKind.KEPT_OPEN, actor.user, until=until.isoformat())
    draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def mark_archived(burst: Burst, *, now: datetime, gone: bool = False) -> Decision:
    """The grace is over: the burst is archived, and its channel if we made it.

    ``gone`` says that somebody archived the channel already. Raises ``Refused`` for a burst that is
    not closed, or not for long enough.
    """
    if burst.state is State.ARCHIVED:
        already(f"{burst.key} is archived already.")
    state_in(burst, {State.CLOSED})
    if not gone and (burst.archive_at is None or now < burst.archive_at):
        raise Refused("too_early", f"The channel of {burst.key} stays open for now.")
    draft = Draft.of(burst, now)
    draft.change(state=State.ARCHIVED, archived_at=now, archive_at=None)
    draft.log(EntryKind.ARCHIVED, SYSTEM, by_hand=gone)
    place = burst.place
    draft.effect(EffectKind.COMPLETE_TRANSCRIPT)
    if not gone and place is not None and place.ours and place.thread_ts is None:
        draft.effect(EffectKind.ARCHIVE_CHANNEL)
    return draft.done()


def reopen(burst: Burst, actor: Actor, why: str, *, now: datetime) -> Decision:
    """Within the grace, the burst goes on in its channel, and its clock where it stood.

    Raises ``Refused`` without the right and for a burst that is not closed; an archived one goes on
    as a new burst (``open_burst`` with ``reopened_from``, then ``note_reopened`` on the old one).
    """
    require(Right.REOPEN, actor, burst)
    if burst.state in UNDER_WAY:
        already(f"{burst.key} is not closed.")
    state_in(burst, {State.CLOSED})
    reason = checked(why, what="The reason")
    draft = Draft.of(burst, now)
    resume_work(draft)
    draft.change(
        outcome=None,
        duplicate_of=None,
        closed_at=None,
        closed_for=burst.closed_for + max(now - (burst.closed_at or now), timedelta()),
        archive_at=None,
    )
    entry = draft.log(EntryKind.REOPENED, actor.user, reason=reason)
    if burst.place is None:
        # It ended before it had a home, and nobody looks for one for what has ended.
        draft.effect(EffectKind.OPEN_CHANNEL)
        move_in(draft)
    draft.notice(entry)
    draft.refresh_card()
    waiting = clocks.running(draft.after, ClockKind.ACCEPT) or clocks.current(draft.after, ClockKind.RESOLVE)
    rank = Rank.ASSIGNED if waiting.kind is ClockKind.ACCEPT else Rank.REMINDER
    draft.ping([draft.after.owner], rank, clock=waiting.number)
    return draft.done()


def note_reopened(burst: Burst, actor: Actor, why: str, successor: int, *, now: datetime) -> Decision:
    """An archived burst's log says that the blocker is back, as the burst with id ``successor``.

    Raises ``Refused`` without the right, and for a burst that is not archived.
    """
    require(Right.REOPEN, actor, burst)
    state_in(burst, {State.ARCHIVED}, "It can be reopened where it is.")
    reason = checked(why, what="The reason")
    draft = Draft.of(burst, now)
    draft.log(EntryKind.REOPENED, actor.user, reason=reason, successor=successor)
    return draft.done()
