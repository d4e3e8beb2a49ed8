"""What people were told of a clock, and whether that still says anything."""

from bot.taskforce.burst import Burst
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockKind, ClockState, State

# Whoever has to keep these is asked when they begin.
_ASKING = frozenset(
    {ClockKind.ACCEPT, ClockKind.SIGN_OFF, ClockKind.DECISION, ClockKind.PRIVACY, ClockKind.FOLLOW_UP}
)


def was_spoken_of(clock: ResponseClock) -> bool:
    """Whether anybody was pinged about the clock after it was armed."""
    return bool(clock.warned or clock.fired) or clock.missed_at is not None


def has_nothing_to_say(burst: Burst, clock: ResponseClock) -> bool:
    """Whether the clock speaks no more: it runs no longer, or what its end told has been overtaken."""
    match clock.kind:
        case ClockKind.PAUSE if clock.state is ClockState.MET:
            return burst.state not in LIVE or burst.state is State.PAUSED
        case ClockKind.TAKE_UP if clock.missed_at is not None:
            return burst.state not in LIVE or burst.taken_up_by is not None
        case _:
            return clock.state is not ClockState.ARMED


def silenced(before: Burst, after: Burst) -> list[ResponseClock]:
    """The clocks that somebody may hold a message about, and that have nothing to say any more since ``before``.

    One that only stands still will speak again.
    """
    now = {clock.number: clock for clock in after.clocks}
    return [
        now[clock.number]
        for clock in before.clocks
        if may_have_been_told(clock)
        and (clock.state is ClockState.PAUSED or not has_nothing_to_say(before, clock))
        and now[clock.number].state is not ClockState.PAUSED
        and has_nothing_to_say(after, now[clock.number])
    ]


def may_have_been_told(clock: ResponseClock) -> bool:
    """Whether somebody may hold a message about the clock."""
    match clock.kind:
        case ClockKind.PAUSE:
            return clock.state is ClockState.MET
        case ClockKind.RESOLVE if clock.stood:  # the owner hears when it goes on
            return True
        case _:
            return clock.kind in _ASKING or was_spoken_of(clock)
