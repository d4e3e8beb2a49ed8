"""Decision requests are answered: each holder votes, and the question is decided once enough of them agree."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst, DecisionRequest, Vote
from bot.taskforce.decision import Decision, Detail
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import activity
from bot.taskforce.lifecycle.decisions import require_seat
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import ClockKind, EntryKind, Verdict


@dataclass(frozen=True, slots=True)
class Ballot:
    """An answer as somebody gives it: for a question with options, approving names one; deferring says until when."""

    verdict: Verdict
    reason: str
    option: int | None = None
    until: datetime | None = None


def answer_request(
    burst: Burst, actor: Actor, number: int, ballot: Ballot, *, holders: Holders, now: datetime
) -> Decision:
    """Answer decision request ``number`` in the seat of one of its ``holders``.

    Once as many seats as the request needs have given the same answer, it is decided, or put off to the
    earliest of the times that they named. A seat that votes again changes its vote. Raises ``Refused``.
    """
    require(Right.RULE, actor, burst)
    state_in(burst, UNDER_WAY)
    request = _open(burst, number)
    seat = require_seat(actor, holders)
    vote = _cast(request, ballot, seat, actor.user, now)
    asked = replace(
        request, votes=(*(v for v in request.votes if vote.seat != v.seat and vote.by != v.by), vote)
    )
    draft = Draft.of(burst, now)
    entry = draft.log(
        EntryKind.DECISION_VOTED,
        actor.user,
        request=number,
        right=request.right,
        seat=seat,
        **_told(asked, vote),
        text=vote.reason,
        until=vote.until.isoformat() if vote.until else None,
    )
    activity.worked(draft, actor.user)
    agreeing = _agreeing(asked, vote, holders)
    if len(agreeing) < holders.needed(request.quorum):
        _wait(draft, asked, vote, holders, entry)
    elif vote.verdict is Verdict.DEFER:
        _defer(draft, asked, vote, min(one.until for one in agreeing if one.until))
    else:
        _decide(draft, asked, vote, holders)
    draft.refresh_card()
    draft.refresh_cell()
    return draft.done()


def _open(burst: Burst, number: int) -> DecisionRequest:
    request = next((request for request in burst.requests if request.number == number), None)
    if request is None:
        raise Refused("unknown_request", f"{burst.key} has no decision request {number}.", field="request")
    if request.answered_at is not None:
        already(f"Decision request {number} of {burst.key} is answered already.")
    return request


def _cast(request: DecisionRequest, ballot: Ballot, seat: str, by: str, now: datetime) -> Vote:
    """The vote, checked against the request."""
    reason = checked(ballot.reason, what="The reason")
    option = ballot.option if ballot.verdict is Verdict.APPROVE else None
    until = ballot.until if ballot.verdict is Verdict.DEFER else None
    if ballot.verdict is Verdict.APPROVE and request.options:
        if option is None or not 1 <= option <= len(request.options):
            raise Refused("option", "Please choose one of the options of this question.", field="option")
    elif option is not None:
        raise Refused("option", "This question has no options.", field="option")
    if ballot.verdict is Verdict.DEFER and (until is None or until <= now):
        raise Refused(
            "until", "Say until when it is put off, and choose a time that lies ahead.", field="until"
        )
    vote = Vote(seat, by, ballot.verdict, reason, now, option, until)
    if any(replace(old, at=now) == vote for old in request.votes):
        already("You have given that answer already.")
    return vote


def _agreeing(request: DecisionRequest, latest: Vote, holders: Holders) -> list[Vote]:
    """The votes that say the same as the latest one, of seats that still hold the right."""
    return [
        vote
        for vote in request.votes
        if vote.seat in holders.seats and (vote.verdict, vote.option) == (latest.verdict, latest.option)
    ]


def _wait(draft: Draft, request: DecisionRequest, vote: Vote, holders: Holders, entry: int) -> None:
    """More of the holders must agree; nothing more is asked of those of this seat."""
    _put(draft, request)
    draft.notice(entry)
    clock = clocks.running(draft.after, ClockKind.DECISION, request.number)
    if clock is not None:
        stand_in = holders.seats[vote.seat]
        for user in (vote.seat, *([stand_in] if stand_in is not None else [])):
            draft.settle_for(user, clock)


def _decide(draft: Draft, request: DecisionRequest, vote: Vote, holders: Holders) -> None:
    _put(
        draft,
        replace(
            request,
            answer=vote.reason,
            answered_by=vote.by,
            answered_at=draft.now,
            verdict=vote.verdict,
            chosen=vote.option,
        ),
    )
    _stop_clock(draft, request)
    entry = draft.log(
        EntryKind.DECISION,
        vote.by,
        text=vote.reason,
        right=request.right,
        request=request.number,
        question=request.question,
        **_told(request, vote),
        votes=[{"seat": one.seat, "by": one.by, **_told(request, one)} for one in request.votes],
        quorum=holders.needed(request.quorum),
        holders=list(holders.people),
        substantive=activity.is_news(draft.after, vote.reason),
    )
    draft.notice(entry)
    activity.told(draft, vote.by, vote.reason)


def _defer(draft: Draft, request: DecisionRequest, vote: Vote, until: datetime) -> None:
    """The question stays open and everybody is asked again; its clock runs to the new time."""
    _put(draft, replace(request, votes=()))
    _stop_clock(draft, request)
    promise = clocks.promise_for(draft.after.policy, ClockKind.DECISION)
    draft.after, _ = clocks.arm(
        draft.after, ClockKind.DECISION, promise, now=draft.now, due_at=until, subject=request.number
    )
    entry = draft.log(
        EntryKind.DECISION_DEFERRED,
        vote.by,
        text=vote.reason,
        right=request.right,
        request=request.number,
        until=until.isoformat(),
    )
    draft.notice(entry)


def _stop_clock(draft: Draft, request: DecisionRequest) -> None:
    current = clocks.running(draft.after, ClockKind.DECISION, request.number)
    if current is not None:
        draft.after = clocks.meet(draft.after, current, draft.now)
        draft.settle(current)


def _put(draft: Draft, request: DecisionRequest) -> None:
    requests = draft.after.requests
    draft.change(requests=tuple(request if old.number == request.number else old for old in requests))


def _told(request: DecisionRequest, vote: Vote) -> dict[str, Detail]:
    return {"verdict": vote.verdict.value, "option": request.option(vote.option)}
