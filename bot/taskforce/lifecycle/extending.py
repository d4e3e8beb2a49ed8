"""More time for a promise, by those who may give it: with a reason, under a right, and counted."""

from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks, targets
from bot.taskforce.burst import Burst, Extension
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Part, Right, parts, require
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.spoken import was_spoken_of
from bot.taskforce.terms import LIVE, ClockKind, ClockState, EntryKind

# What somebody above may give more time for. A pause is resumed or set anew, a take-up is renewed by news,
# the day that a stage works towards is the programme's, and the 72 hours of a privacy task are the law's.
EXTENDABLE = frozenset(
    {
        ClockKind.ACCEPT,
        ClockKind.INTAKE,
        ClockKind.STAFFING,
        ClockKind.UPDATE,
        ClockKind.WORKAROUND,
        ClockKind.RESOLVE,
        ClockKind.DECISION,
    }
)


def extendable(burst: Burst) -> tuple[ResponseClock, ...]:
    """The clocks of a burst that is being worked on for which more time can be given, the resolve clock first."""
    if burst.state not in LIVE:
        return ()
    running = [
        clock for clock in burst.clocks if clock.state is ClockState.ARMED and clock.kind in EXTENDABLE
    ]
    return tuple(sorted(running, key=lambda clock: clock.kind is not ClockKind.RESOLVE))


def extend(
    burst: Burst, actor: Actor, until: datetime, why: str, *, clock_number: int | None = None, now: datetime
) -> Decision:
    """Give a clock until ``until`` (aware UTC), for a reason; its ladder starts over for that time.

    Without a number the resolve clock is meant. Raises ``Refused`` without the right, while the clock does
    not run, and for a time that is no extension.
    """
    require(Right.EXTEND, actor, burst)
    state_in(burst, LIVE)
    clock = _chosen(burst, clock_number)
    if until <= max(now, clock.due_at):
        raise Refused(
            "until", "An extension must end later than the clock is due, and ahead of now.", field="until"
        )
    reason = checked(why, what="The reason")
    added_for = clocks.clock_calendar(burst, clock).between(clock.due_at, until)
    extension = Extension(clock.number, clock.kind, actor.user, now, until, added_for)
    draft = Draft.of(burst, now)
    draft.after = targets.extend(burst, clock, until, now)
    draft.change(extensions=(*burst.extensions, extension))
    entry = draft.log(
        EntryKind.ACTION,
        actor.user,
        extended=clock.number,
        kind=clock.kind.value,
        until=until.isoformat(),
        reason=reason,
        right=_right(actor, burst).value,
        **{"from": clock.due_at.isoformat()},
    )
    draft.notice(entry)
    draft.refresh_card()
    draft.refresh_cell()
    if was_spoken_of(clock):
        draft.settle(clock)
    return draft.done()


def _chosen(burst: Burst, number: int | None) -> ResponseClock:
    clock = (
        clocks.current(burst, ClockKind.RESOLVE)
        if number is None
        else next((clock for clock in burst.clocks if clock.number == number), None)
    )
    if clock is None or clock.kind not in EXTENDABLE:
        raise Refused("unknown_clock", "More time cannot be given for that.", field="clock")
    if clock.state is ClockState.PAUSED:
        raise Refused("not_running", "The resolve clock is paused; resume it first.", field="clock")
    if clock.state is not ClockState.ARMED:
        raise Refused("not_running", "That is done already, or no longer asked for.", field="clock")
    return clock


def _right(actor: Actor, burst: Burst) -> Part:
    """As what the actor may do it."""
    return Part.STEERING if Part.STEERING in parts(actor, burst) else Part.WORKSTREAM_LEAD
