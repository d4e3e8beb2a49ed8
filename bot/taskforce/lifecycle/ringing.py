"""A clock rings: everything about it that is due by now happens in one decision, however late."""

from collections.abc import Mapping
from datetime import datetime

from bot.taskforce import clocks, closure, ladder
from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM, Decision, Detail
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import hold
from bot.taskforce.lifecycle.asking import ask_signers
from bot.taskforce.lifecycle.climbing import Reach, fire, let_in, people, refresh_cell, say_again
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.pausing import end_pause
from bot.taskforce.outage import Outage
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Notify, Rank, State

Held = Mapping[int, Holders]


def ring(
    burst: Burst,
    clock_number: int,
    reach: Reach,
    *,
    held: Held | None = None,
    outage: Outage | None = None,
    now: datetime,
) -> Decision:
    """Do what is due about the clock: warn, miss, climb its ladder, end a pause or a stale take-up.

    ``reach`` says whom each kind of recipient means at this moment, ``held`` who may answer each open
    decision request, by its number. Every promise is handled once; entries carry how late they are in
    seconds, and why when that is because of ``outage``. A clock with nothing due yields a decision without entries that only corrects when it is to
    be looked at next. Raises ``LookupError`` for a number that the burst does not have.
    """
    draft = Draft.of(burst, now, outage)
    clock = clocks.by_number(burst, clock_number)
    if clock.state is not ClockState.ARMED:
        return draft.done()
    asked = _asked(burst, clock, held or {})
    if clock.missed_at is None and now >= clock.due_at:
        _fall_due(draft, clock, reach, asked)
    elif clock.missed_at is None:
        _warn(draft, clock, asked, reach)
    _climb(draft, clock_number, reach)
    if draft.entries and burst.state is not State.ARCHIVED:
        draft.refresh_card()
    return draft.done()


def _asked(burst: Burst, clock: ResponseClock, held: Held) -> tuple[str | None, ...]:
    """Whose time it is: the owner's; of a decision, that of the holders who have not answered; of an action, its own."""
    if clock.kind is ClockKind.FOLLOW_UP:
        return tuple(one.owner for one in burst.follow_ups if one.number == clock.subject)
    if clock.kind is not ClockKind.DECISION:
        return (burst.owner,)
    request = next((request for request in burst.requests if request.number == clock.subject), None)
    holders = held.get(request.number) if request else None
    return holders.silent(request.voted) if request and holders else ()


def _warn(draft: Draft, clock: ResponseClock, asked: tuple[str | None, ...], reach: Reach) -> None:
    """Warn of the latest point that has passed; earlier ones that were slept through are moot."""
    coming = ladder.unwarned(draft.after, clock)
    passed = sorted((at, point) for point, at in coming.items() if at <= draft.now)
    if not passed:
        return
    points = (point for _, point in passed)
    draft.after = clocks.put(draft.after, clock.having(warned=(*clock.warned, *points)))
    at, point = passed[-1]
    said: dict[str, Detail] = {"before": point} if isinstance(point, str) else {"percent": round(point * 100)}
    draft.log(
        EntryKind.WARNED,
        SYSTEM,
        clock=clock.number,
        kind=clock.kind.value,
        late_seconds=_seconds(draft.now, at),
        **said,
    )
    draft.ping(asked, Rank.REMINDER, clock=clock.number)
    _let_in_to_decide(draft, clock, asked, reach)


def _fall_due(draft: Draft, clock: ResponseClock, reach: Reach, asked: tuple[str | None, ...]) -> None:
    if clock.kind is ClockKind.PAUSE:
        _end_pause(draft, clock)
        return
    missed = clock.having(missed_at=draft.now)
    draft.after = clocks.put(draft.after, missed)
    draft.log(
        EntryKind.MISSED,
        SYSTEM,
        clock=clock.number,
        kind=clock.kind.value,
        late_seconds=_seconds(draft.now, clock.due_at),
    )
    if clock.kind is ClockKind.TAKE_UP:
        _go_stale(draft, clock)
    elif clock.kind is ClockKind.SIGN_OFF and closure.awaited_signers(draft.after):
        ask_signers(draft)
    else:
        told = _told_by_step(draft.after, missed, reach, draft.now)
        concerned = [user for user in _concerned(draft.after, clock, reach, asked) if user not in told]
        draft.ping(concerned, Rank.MISSED, clock=clock.number)
        _let_in_to_decide(draft, clock, asked, reach)


def _let_in_to_decide(
    draft: Draft, clock: ResponseClock, asked: tuple[str | None, ...], reach: Reach
) -> None:
    """Who holds the right by now, and did not when the question was put, can read what they are asked."""
    if clock.kind is ClockKind.DECISION and draft.after.private:
        let_in(draft, [user for user in asked if user is not None], reach)


def _end_pause(draft: Draft, clock: ResponseClock) -> None:
    draft.after = clocks.meet(draft.after, clock, draft.now)
    end_pause(draft)
    entry = draft.log(EntryKind.RESUMED, SYSTEM, late_seconds=_seconds(draft.now, clock.due_at))
    draft.notice(entry)
    leading = (draft.after.owner, draft.after.clinical_lead, draft.after.technical_lead)
    draft.ping(leading, Rank.REMINDER, clock=clock.number)


def _go_stale(draft: Draft, clock: ResponseClock) -> None:
    """Nothing came of the take-up: whoever has it is told, and the ladder goes on."""
    held = [other for other in draft.after.clocks if other.held_since is not None]
    draft.ping([draft.after.taken_up_by], Rank.MISSED, clock=clock.number)
    draft.after = hold.go_stale(draft.after, draft.now)
    refresh_cell(draft, *held)


def _climb(draft: Draft, clock_number: int, reach: Reach) -> None:
    """Fire the step that may fire now, then what is to be said again; steps that reach nobody are passed over."""
    while True:
        clock = clocks.by_number(draft.after, clock_number)
        coming = ladder.next_step(draft.after, clock, draft.now)
        if coming is None or coming.not_before > draft.now:
            break
        fire(draft, clock, coming.step, reach, promised_at=coming.due_at, actor=SYSTEM)
    while (again := ladder.next_repeat(draft.after, clock, draft.now)) and again.not_before <= draft.now:
        say_again(draft, clock, again)
        clock = clocks.by_number(draft.after, clock_number)


def _told_by_step(burst: Burst, clock: ResponseClock, reach: Reach, now: datetime) -> tuple[str, ...]:
    """Whom the step tells that fires now: they need not hear of the miss twice."""
    coming = ladder.next_step(burst, clock, now)
    return people(coming.step.notify, reach) if coming is not None and coming.not_before <= now else ()


def _concerned(
    burst: Burst, clock: ResponseClock, reach: Reach, asked: tuple[str | None, ...]
) -> tuple[str | None, ...]:
    match clock.kind:
        case ClockKind.STAFFING:
            return reach.get(Notify.WORKSTREAM_LEAD, ())
        case ClockKind.WORKAROUND:
            return ()  # a target: its miss is counted, and nobody is called for it
        case ClockKind.DECISION:
            return (*asked, *reach.get(Notify.STEERING_DUTY, ()))
        case ClockKind.FOLLOW_UP:
            return (*asked, *reach.get(Notify.WORKSTREAM_LEAD, ()))
        case ClockKind.INTAKE:
            return (burst.raiser, burst.owner)
        case ClockKind.PRIVACY:
            assigned = (item.assignee for item in burst.checklist if item.number == clock.subject)
            return (*assigned, burst.owner)
        case _:
            return (burst.owner,)


def _seconds(now: datetime, promised_at: datetime) -> int:
    return int((now - promised_at).total_seconds())
