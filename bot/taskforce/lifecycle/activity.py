"""What counts as work on a burst, and what it does to promises: news keeps them, chatter does not."""

import hashlib
from dataclasses import replace

from bot.taskforce import clocks
from bot.taskforce.burst import Burst, ResponseClock
from bot.taskforce.lifecycle import hold
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.terms import LIVE, ClockKind, ClockState, State

SUBSTANTIVE_FROM = 20  # characters; anything shorter is a nod, not news


def digest(text: str) -> str:
    """What tells one update from a repeat of itself, whatever its case and spacing."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def is_substantive(burst: Burst, text: str) -> bool:
    """Whether an update says something: long enough, and not the last one again."""
    return len(text) >= SUBSTANTIVE_FROM and digest(text) != burst.last_update_digest


def worked(draft: Draft, user: str) -> None:
    """Something substantive was done by ``user``: the update clock restarts, a take-up stays fresh.

    Ladder steps that reached the user are answered, and an accepted burst is being worked on.
    """
    burst, now = draft.after, draft.now
    if burst.state not in LIVE:
        return
    current = clocks.current(burst, ClockKind.UPDATE)
    if was_spoken_of(current):
        draft.settle(current)
        draft.refresh_card()
    burst = clocks.restart_update(hold.renew(burst, now), now)
    draft.after = _answered(burst, user, draft)
    if burst.state is State.ACCEPTED:
        draft.change(state=State.WORKING)
        draft.refresh_card()


def was_spoken_of(clock: ResponseClock) -> bool:
    """Whether anybody was pinged about the clock after it was armed."""
    return bool(clock.warned or clock.fired) or clock.missed_at is not None


def _answered(burst: Burst, user: str, draft: Draft) -> Burst:
    for clock in burst.clocks:
        if clock.state is not ClockState.ARMED:
            continue
        fired = tuple(
            replace(step, answered_at=draft.now, answered_by=user)
            if user in step.reached and step.answered_at is None
            else step
            for step in clock.fired
        )
        burst = clocks.put(burst, replace(clock, fired=fired))
    return burst
