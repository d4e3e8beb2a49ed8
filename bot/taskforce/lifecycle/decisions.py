"""Decisions: logged by those who may take them, put as a question to those who hold the right."""

from collections.abc import Collection
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst, DecisionRequest
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import activity
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.lifecycle.ownership import joined_by
from bot.taskforce.lifecycle.proposals import SCOPE, Proposal, impacts_of, options_of, recommended_of
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import ClockKind, EntryKind, Rank

NOBODY = Holders()


def log_decision(
    burst: Burst,
    actor: Actor,
    proposal: Proposal,
    *,
    right: str | None = None,
    holders: Holders = NOBODY,
    now: datetime,
) -> Decision:
    """Log a decision. One that needs a ``right`` (scope, security, go-live) is its ``holders``' to take.

    Of the ``proposal`` its words and impacts count. They need not take part in the burst. Raises ``Refused`` where the right is another's (code
    ``right_of_others``) or several must agree (``quorum``): then it is a request.
    """
    require(Right.DECIDE if right is None else Right.RULE, actor, burst)
    state_in(burst, UNDER_WAY)
    told = checked(proposal.question, what="The decision")
    clinical, technical = impacts_of(proposal, required=False)
    draft = Draft.of(burst, now)
    if right is not None:
        require_seat(actor, holders)
        if holders.needed(holders.quorum) > 1:
            raise Refused("quorum", f"Several of {holders.called} must agree; put it to them as a question.")
    entry = draft.log(
        EntryKind.DECISION,
        actor.user,
        text=told,
        right=right,
        substantive=activity.is_news(burst, told),
        clinical_impact=clinical,
        technical_impact=technical,
        holders=list(holders.people),
    )
    draft.notice(entry)
    draft.refresh_cell()
    activity.told(draft, actor.user, told)
    return draft.done()


def request_decision(
    burst: Burst,
    actor: Actor,
    proposal: Proposal,
    right: str,
    *,
    holders: Holders = NOBODY,
    decide_by: datetime | None = None,
    let_in: Collection[str] = (),
    now: datetime,
) -> Decision:
    """Put a question to whoever holds ``right``; the decision clock runs until it is answered.

    ``decide_by`` is when it is due; without it, the time to accept counts. The ``holders`` are pinged, and how
    many of them must agree is settled here. Those who must be ``let_in`` to see what they decide about take
    part from now on. Somebody who holds the right need not take part to ask the others. Raises ``Refused``.
    """
    require(Right.DECIDE if holders.seat_of(actor.user) is None else Right.RULE, actor, burst)
    state_in(burst, UNDER_WAY)
    if decide_by is not None and decide_by <= now:
        raise Refused("decide_by", "The time to decide by must lie ahead.", field="until")
    request = _request(burst, actor, proposal, right, holders, now)
    draft = Draft.of(burst, now)
    draft.change(requests=(*burst.requests, request))
    promise = clocks.promise_for(burst.policy, ClockKind.DECISION)
    draft.after, clock = clocks.arm(
        draft.after, ClockKind.DECISION, promise, now=now, due_at=decide_by, subject=request.number
    )
    entry = draft.log(
        EntryKind.DECISION_REQUESTED,
        actor.user,
        request=request.number,
        question=request.question,
        right=right,
        options=list(request.options),
        recommended=request.recommended,
        clinical_impact=request.clinical_impact,
        technical_impact=request.technical_impact,
        quorum=request.quorum,
        decide_by=clock.due_at.isoformat(),
        holders=list(holders.people),
    )
    draft.notice(entry)
    _let_in(draft, actor, let_in)
    draft.refresh_card()
    draft.refresh_cell()
    draft.ping(holders.people, Rank.ASKED, ask="decide", clock=clock.number)
    return draft.done()


def require_seat(actor: Actor, holders: Holders) -> str:
    """The seat that the actor speaks for; raises ``Refused`` (``right_of_others``) saying who can, without one."""
    seat = holders.seat_of(actor.user)
    if seat is None:
        raise Refused(
            "right_of_others",
            f"That decision is somebody else's to take: {holders.called} can. Put it to them as a question.",
        )
    return seat


def _request(
    burst: Burst, actor: Actor, proposal: Proposal, right: str, holders: Holders, now: datetime
) -> DecisionRequest:
    question = checked(proposal.question, what="The question")
    options = options_of(proposal)
    recommended = recommended_of(proposal, options)
    clinical, technical = impacts_of(proposal, required=right == SCOPE)
    return DecisionRequest(
        len(burst.requests) + 1,
        question,
        actor.user,
        now,
        right,
        options=options,
        recommended=recommended,
        clinical_impact=clinical,
        technical_impact=technical,
        quorum=holders.needed(holders.quorum),
    )


def _let_in(draft: Draft, actor: Actor, users: Collection[str]) -> None:
    for user in users:
        draft.after = joined_by(draft.after, user, "added", draft.now)
        draft.log(EntryKind.ADDED, actor.user, user=user, via="added", reason="Asked for a decision")
        draft.effect(EffectKind.INVITE, user=user)
