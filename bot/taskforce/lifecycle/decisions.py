"""Decisions: logged by those who may take them, put as a question to those who hold the right."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst, DecisionRequest
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import activity
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.lifecycle.ownership import joined_by
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import ClockKind, EntryKind, Rank


def log_decision(
    burst: Burst,
    actor: Actor,
    text: str,
    *,
    right: str | None = None,
    holders: Collection[str] = (),
    now: datetime,
) -> Decision:
    """Log a decision. One that needs a ``right`` (scope, security, go-live) is its ``holders``' to take.

    They need not take part in the burst. Raises ``Refused`` (code ``right_of_others``) where the right is another's: then it is a request.
    """
    require(Right.DECIDE if right is None else Right.RULE, actor, burst)
    state_in(burst, UNDER_WAY)
    told = checked(text, what="The decision")
    _require_held(actor, right, holders)
    draft = Draft.of(burst, now)
    entry = draft.log(
        EntryKind.DECISION, actor.user, text=told, right=right, substantive=activity.is_news(burst, told)
    )
    draft.notice(entry)
    activity.told(draft, actor.user, told)
    return draft.done()


def request_decision(
    burst: Burst,
    actor: Actor,
    question: str,
    right: str,
    *,
    holders: Collection[str] = (),
    decide_by: datetime | None = None,
    let_in: Collection[str] = (),
    now: datetime,
) -> Decision:
    """Put a question to whoever holds ``right``; the decision clock runs until it is answered.

    ``decide_by`` is when it is due; without it, the time to accept counts. ``holders`` are pinged;
    those who must be ``let_in`` to see what they decide about take part from now on.
    """
    require(Right.DECIDE, actor, burst)
    state_in(burst, UNDER_WAY)
    asked = checked(question, what="The question")
    if decide_by is not None and decide_by <= now:
        raise Refused("decide_by", "The time to decide by must lie ahead.", field="decide_by")
    number = len(burst.requests) + 1
    request = DecisionRequest(number, asked, actor.user, now, right)
    draft = Draft.of(burst, now)
    draft.change(requests=(*burst.requests, request))
    promise = clocks.promise_for(burst.policy, ClockKind.DECISION)
    draft.after, clock = clocks.arm(
        draft.after, ClockKind.DECISION, promise, now=now, due_at=decide_by, subject=number
    )
    entry = draft.log(
        EntryKind.DECISION_REQUESTED,
        actor.user,
        request=number,
        question=asked,
        right=right,
        decide_by=clock.due_at.isoformat(),
    )
    draft.notice(entry)
    for user in let_in:
        draft.after = joined_by(draft.after, user, "added", now)
        draft.log(EntryKind.ADDED, actor.user, user=user, via="added", reason="Asked for a decision")
        draft.effect(EffectKind.INVITE, user=user)
    draft.refresh_card()
    draft.ping(holders, Rank.ASKED, ask="decide", clock=clock.number)
    return draft.done()


def answer_request(
    burst: Burst, actor: Actor, number: int, answer: str, *, holders: Collection[str], now: datetime
) -> Decision:
    """Answer a decision request with the right that it needs; the answer is logged as a decision."""
    require(Right.RULE, actor, burst)
    state_in(burst, UNDER_WAY)
    request = next((request for request in burst.requests if request.number == number), None)
    if request is None:
        raise Refused("unknown_request", f"{burst.key} has no decision request {number}.")
    if request.answered_at is not None:
        already(f"Decision request {number} of {burst.key} is answered already.")
    _require_held(actor, request.right, holders)
    told = checked(answer, what="The decision")
    answered = replace(request, answer=told, answered_by=actor.user, answered_at=now)
    draft = Draft.of(burst, now)
    draft.change(requests=tuple(answered if old.number == number else old for old in burst.requests))
    current = clocks.running(draft.after, ClockKind.DECISION, number)
    if current is not None:
        draft.after = clocks.meet(draft.after, current, now)
    entry = draft.log(
        EntryKind.DECISION,
        actor.user,
        text=told,
        right=request.right,
        request=number,
        substantive=activity.is_news(burst, told),
    )
    draft.notice(entry)
    draft.settle(current)
    activity.told(draft, actor.user, told)
    draft.refresh_card()
    return draft.done()


def _require_held(actor: Actor, right: str | None, holders: Collection[str]) -> None:
    if right is not None and actor.user not in holders:
        raise Refused(
            "right_of_others",
            "That decision is somebody else's to take; put it to them as a decision request.",
        )
