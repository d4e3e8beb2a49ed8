"""A ladder step fires: its people are told and let in, expertise is brought, the steering cell gets its card."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.taskforce import clocks, ladder
from bot.taskforce.effects import EffectKind
from bot.taskforce.ladder import NextStep
from bot.taskforce.lifecycle.draft import SYSTEM, Draft
from bot.taskforce.lifecycle.ownership import joined_by
from bot.taskforce.permissions import members
from bot.taskforce.policy import ROLE, Step
from bot.taskforce.response_clock import FiredStep, ResponseClock
from bot.taskforce.terms import EntryKind, Notify, Rank

# Whom each word of a ladder means at a moment: words of ``Notify``, and ``role:<id>``.
Reach = Mapping[str, tuple[str, ...]]


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
    later by the time for which a take-up held it.
    """
    reached, experts = people(step.notify, reach), people(_roles(step), reach)
    held_for = clocks.released(draft.after, clock, draft.now).held_for
    fired = FiredStep(step.id, promised_at, draft.now, reached, brought=experts, held_for=held_for)
    draft.after = clocks.put(draft.after, clock.having(fired=(*clock.fired, fired)))
    entry = _log(draft, clock, fired, promised_at, actor=actor, reason=reason)
    draft.ping(reached, Rank.STEP, clock=clock.number, step=step.id)
    let_in(draft, reached, reach)
    _bring(draft, clock, step, reach)
    if reached and Notify.STEERING_CELL in step.notify:
        draft.cell(EffectKind.POST_ESCALATION, clock=clock.number, step=step.id)
    return entry


def say_again(draft: Draft, clock: ResponseClock, coming: NextStep) -> None:
    """Repeat a step that fired, to those who have not answered it."""
    (fired,) = (one for one in clock.fired if one.step == coming.step.id)
    again = replace(fired, repeated_at=(*fired.repeated_at, draft.now))
    steps = tuple(again if one is fired else one for one in clock.fired)
    draft.after = clocks.put(draft.after, clock.having(fired=steps))
    silent = replace(fired, reached=fired.silent, brought=())
    _log(draft, clock, silent, coming.due_at, actor=SYSTEM, repeat=coming.repeat)
    draft.ping(fired.silent, Rank.STEP, clock=clock.number, step=coming.step.id, repeat=coming.repeat)


def people(words: Iterable[str], reach: Reach) -> tuple[str, ...]:
    """Everybody whom these words of a ladder mean, each once."""
    return tuple(dict.fromkeys(user for word in words for user in reach.get(word, ())))


def concerned(step: Step, reach: Reach) -> frozenset[str]:
    """Everybody whom the step would notify or bring."""
    return frozenset(people((*step.notify, *_roles(step)), reach))


def refresh_cell(draft: Draft, *concerned_clocks: ResponseClock) -> None:
    """Bring the steering cell's cards about these clocks up to date."""
    for clock in concerned_clocks:
        for fired in clock.fired:
            if ladder.asks_cell(draft.after, fired):
                draft.cell(EffectKind.REFRESH_ESCALATION, clock=clock.number, step=fired.step)


def let_in(draft: Draft, reached: Collection[str], reach: Reach) -> None:
    """Invite those who are not in the channel; of a private burst they stay readers.

    The steering cell reads what it likes, and comes in when it takes something up.
    """
    outside = set(reached) - members(draft.after) - set(reach.get(Notify.STEERING_CELL, ()))
    for user in (user for user in reached if user in outside):
        if draft.after.private:
            draft.after = joined_by(draft.after, user, "ladder", draft.now)
            draft.log(EntryKind.ADDED, SYSTEM, user=user, via="ladder", reason="")
        draft.effect(EffectKind.INVITE, user=user)


def _roles(step: Step) -> tuple[str, ...]:
    return tuple(f"{ROLE}{role}" for role in step.bring)


def _log(
    draft: Draft,
    clock: ResponseClock,
    fired: FiredStep,
    promised_at: datetime,
    *,
    actor: str,
    reason: str = "",
    repeat: int = 0,
) -> int:
    return draft.log(
        EntryKind.ESCALATED,
        actor,
        clock=clock.number,
        kind=clock.kind.value,
        step=fired.step,
        reached=list(fired.reached),
        brought=list(fired.brought),
        nobody=not (fired.reached or fired.brought),
        late_seconds=int((draft.now - promised_at).total_seconds()),
        reason=reason,
        **({"repeat": repeat} if repeat else {}),
    )


def _bring(draft: Draft, clock: ResponseClock, step: Step, reach: Reach) -> None:
    """Add those who know: they are told why, own nothing and owe no answer."""
    told = set(people(step.notify, reach))
    for role in step.bring:
        for user in reach.get(f"{ROLE}{role}", ()):
            if user not in members(draft.after):
                via = f"{ROLE}{role}"
                draft.after = joined_by(draft.after, user, via, draft.now)
                entry = draft.log(EntryKind.ADDED, SYSTEM, user=user, via=via, reason="", step=step.id)
                draft.effect(EffectKind.INVITE, user=user)
                draft.notice(entry)
            if user not in told:
                told.add(user)
                draft.ping([user], Rank.STEP, clock=clock.number, step=step.id, brought=role)
