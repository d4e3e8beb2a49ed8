"""Climbing the ladder: a step fires by its time or by hand, and somebody takes it up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks, ladder
from bot.taskforce.burst import Burst, FiredStep, ResponseClock
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import hold
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import already, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.policy import Step
from bot.taskforce.terms import LIVE, ClockKind, ClockState, EntryKind, Notify, Rank

Reach = Mapping[Notify, tuple[str, ...]]


def escalate(burst: Burst, actor: Actor, why: str, reach: Reach, *, now: datetime) -> Decision:
    """Climb the ladder now: the next step that reaches somebody else than the owner fires, whatever its time.

    The ladder is that of the clock to accept while it runs, then that of a missed update, then that
    of the resolve clock. Raises ``Refused`` when everybody on it was asked already.
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
    concerned = hold.escalated(burst)
    if not concerned:
        raise Refused("nothing_escalated", f"Nothing of {burst.key} is escalated right now.")
    draft = Draft.of(burst, now)
    draft.after = hold.begin(burst, actor.user, now)
    entry = draft.log(
        EntryKind.TAKEN_UP,
        actor.user,
        held=[clock.number for clock in concerned],
        stale_at=clocks.current(draft.after, ClockKind.TAKE_UP).due_at.isoformat(),
    )
    draft.notice(entry)
    draft.refresh_card()
    refresh_cell(draft, *concerned)
    return draft.done()


def fire(
    draft: Draft,
    clock: ResponseClock,
    step: Step,
    reach: Reach,
    *,
    promised_at: datetime,
    actor: str,
    reason: str = "",
) -> int:
    """Fire a step of ``clock`` in the draft: log it and tell its people. Returns the entry's number.

    A step that reaches nobody is passed over at once, and the log says so. ``promised_at`` is when it was due,
    later by the time for which a take-up held it; what is kept of it does not count that time.
    """
    reached = tuple(dict.fromkeys(user for who in step.notify for user in reach.get(who, ())))
    now, burst = draft.now, draft.after
    due_at = clocks.clock_calendar(burst, clock).add(promised_at, -clock.held_for)
    fired = FiredStep(step.id, due_at, now, reached)
    draft.after = clocks.put(burst, replace(clock, fired=(*clock.fired, fired)))
    entry = draft.log(
        EntryKind.ESCALATED,
        actor,
        clock=clock.number,
        kind=clock.kind.value,
        step=step.id,
        reached=list(reached),
        nobody=not reached,
        late_seconds=int((now - promised_at).total_seconds()),
        reason=reason,
    )
    draft.ping(reached, Rank.STEP, clock=clock.number, step=step.id)
    if reached and Notify.STEERING_CELL in step.notify:
        draft.cell(EffectKind.POST_ESCALATION, clock=clock.number, step=step.id)
    return entry


def refresh_cell(draft: Draft, *concerned: ResponseClock) -> None:
    """Bring the steering cell's cards about these clocks up to date."""
    for clock in concerned:
        for fired in clock.fired:
            if ladder.asks_cell(draft.after, fired):
                draft.cell(EffectKind.REFRESH_ESCALATION, clock=clock.number, step=fired.step)


def _climbable(burst: Burst) -> list[ResponseClock]:
    armed = [
        clock for clock in burst.clocks if clock.state is ClockState.ARMED and clock.kind in ladder.LADDERED
    ]
    order = (ClockKind.ACCEPT, ClockKind.UPDATE, ClockKind.RESOLVE)
    missed_first = [clock for clock in armed if clock.kind is not ClockKind.UPDATE or clock.missed_at]
    quiet = [clock for clock in armed if clock not in missed_first]
    return [*sorted(missed_first, key=lambda clock: order.index(clock.kind)), *quiet]


def _next_with_people(
    clock: ResponseClock, steps: tuple[Step, ...], reach: Reach, known: frozenset[str | None]
) -> Step | None:
    fired = {step.step for step in clock.fired}
    return next((step for step in steps if step.id not in fired and _people(step, reach) - known), None)


def _people(step: Step, reach: Reach) -> frozenset[str]:
    return frozenset(user for who in step.notify for user in reach.get(who, ()))
