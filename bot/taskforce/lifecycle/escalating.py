"""Climbing the ladder: a step fires by its time or by hand, and somebody takes it up."""

from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks, ladder
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import hold
from bot.taskforce.lifecycle.answering import settle_answered
from bot.taskforce.lifecycle.climbing import Reach, concerned, fire, refresh_cell
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import already, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, members, require
from bot.taskforce.policy import Step
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockKind, ClockState, EntryKind

# Whose ladder is climbed first by hand; those that wait for a next time come last, until that is missed.
_ORDER = (ClockKind.ACCEPT, ClockKind.UPDATE, ClockKind.DECISION, ClockKind.RESOLVE)
_QUIET = frozenset({ClockKind.UPDATE, ClockKind.DECISION})


def escalate(burst: Burst, actor: Actor, why: str, reach: Reach, *, now: datetime) -> Decision:
    """Climb the ladder now: the next step that reaches somebody else than the owner fires, whatever its time.

    The ladder is that of the clock to accept while it runs, then that of a missed update or decision,
    then that of the resolve clock. Raises ``Refused`` when everybody on it was asked already.
    """
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, LIVE)
    reason = checked(why, what="The reason")
    for clock in _climbable(burst):
        step = _next_with_people(
            clock, ladder.steps_of(burst, clock.kind), reach, frozenset({burst.owner, actor.user})
        )
        if step is None:
            continue
        draft = Draft.of(burst, now)
        entry = fire(draft, clock, step, reach, promised_at=now, actor=actor.user, reason=reason)
        draft.notice(entry)
        draft.refresh_card()
        return draft.done()
    raise Refused("top", "Everybody on the ladder was asked already. The steering cell can take it up.")


def take_up(burst: Burst, actor: Actor, *, now: datetime) -> Decision:
    """Look after an escalation: its ladder is held until the take-up goes stale.

    Raises ``Refused`` without the right, when somebody has it already, and when nothing is escalated.
    """
    require(Right.TAKE_UP, actor, burst)
    state_in(burst, LIVE)
    if burst.taken_up_by == actor.user:
        already(f"You have taken up {burst.key} already.")
    if burst.taken_up_by is not None:
        already(f"Somebody has taken up {burst.key} already.")
    escalated = hold.escalated(burst)
    if not escalated:
        raise Refused("nothing_escalated", f"Nothing of {burst.key} is escalated right now.")
    draft = Draft.of(burst, now)
    draft.after = hold.begin(burst, actor.user, now)
    entry = draft.log(
        EntryKind.TAKEN_UP,
        actor.user,
        held=[clock.number for clock in escalated],
        stale_at=clocks.current(draft.after, ClockKind.TAKE_UP).due_at.isoformat(),
    )
    draft.notice(entry)
    draft.refresh_card()
    refresh_cell(draft, *escalated)
    settle_answered(draft, burst)
    if actor.user not in members(burst):
        draft.effect(EffectKind.INVITE, user=actor.user)
    return draft.done()


def _climbable(burst: Burst) -> list[ResponseClock]:
    armed = [
        clock for clock in burst.clocks if clock.state is ClockState.ARMED and clock.kind in ladder.LADDERED
    ]
    missed_first = [clock for clock in armed if clock.kind not in _QUIET or clock.missed_at]
    quiet = [clock for clock in armed if clock not in missed_first]
    return [*sorted(missed_first, key=lambda clock: _ORDER.index(clock.kind)), *quiet]


def _next_with_people(
    clock: ResponseClock, steps: tuple[Step, ...], reach: Reach, known: frozenset[str | None]
) -> Step | None:
    fired = {step.step for step in clock.fired}
    return next((step for step in steps if step.id not in fired and concerned(step, reach) - known), None)
