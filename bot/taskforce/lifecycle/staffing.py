"""Empty seats: while there is one, a promise to fill it runs, and whoever leads the workstream answers for it."""

from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.terms import LIVE, ClockKind, Seat


def empty_seats(burst: Burst) -> tuple[Seat, ...]:
    """The seats that nobody holds."""
    return tuple(seat for seat in Seat if getattr(burst, seat.value) is None)


def promise_staffing(draft: Draft) -> None:
    """Start the staffing clock when a seat of a live burst is empty, and keep its promise when none is any more.

    It runs as long as the promise to accept. A seat that empties while it runs does not restart it.
    """
    running = clocks.running(draft.after, ClockKind.STAFFING)
    is_short = draft.after.state in LIVE and bool(empty_seats(draft.after))
    if is_short and running is None:
        draft.after, _ = clocks.arm(draft.after, ClockKind.STAFFING, draft.after.policy.accept, now=draft.now)
    elif running is not None and not empty_seats(draft.after):
        draft.after = clocks.meet(draft.after, running, draft.now)
