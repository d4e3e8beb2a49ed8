"""A decision is logged, or asked of whoever holds the right to it; and those who hold it answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.operations.office import Office, Request, actor_for, load, programme_at, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, DecisionRequest
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Proposal
from bot.taskforce.lifecycle.decisions import NOBODY
from bot.taskforce.lifecycle.proposals import require_statement
from bot.taskforce.permissions import Right, allows
from bot.taskforce.terms import Verdict
from storage import Unit


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision: it is logged, or ``asked`` of its ``holders`` as a question."""

    burst: Burst
    asked: DecisionRequest | None = None
    holders: Holders = NOBODY


def decide(
    office: Office,
    request: Request,
    burst_id: int,
    proposal: Proposal,
    right: str | None = None,
    decide_by: datetime | None = None,
) -> Decided:
    """Log a decision, or ask whoever holds ``right``.

    It is asked where the right is another's, where several must agree, and where there is something to choose.
    Whoever holds it and needs others to agree has voted by asking, unless there are options. Raises ``Refused``.
    """
    with write(office, request, "decide") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        if right is None:
            require_statement(proposal, decide_by)
            return Decided(unit.apply(lifecycle.log_decision(burst, actor, proposal, now=now), now=now))
        holders = programme_at(unit, office, now).holders(right, burst.sites, now, burst.stage)
        holding = holders.seat_of(actor.user) is not None
        alone = holding and holders.needed(holders.quorum) == 1
        if alone and not proposal.options.strip() and decide_by is None:
            decision = lifecycle.log_decision(burst, actor, proposal, right=right, holders=holders, now=now)
            return Decided(unit.apply(decision, now=now))
        let_in = _outside(unit, office, burst, holders.people)
        question = lifecycle.request_decision(
            burst, actor, proposal, right, holders=holders, decide_by=decide_by, let_in=let_in, now=now
        )
        burst = unit.apply(question, now=now)
        if holding and not alone and not burst.requests[-1].options:
            ballot = Ballot(Verdict.APPROVE, proposal.question)
            number = len(burst.requests)
            vote = lifecycle.answer_request(burst, actor, number, ballot, holders=holders, now=now)
            burst = unit.apply(vote, now=now)
        return Decided(burst, burst.requests[-1], holders)


def answer(office: Office, request: Request, burst_id: int, number: int, ballot: Ballot) -> Burst:
    """Answer decision request ``number`` of the burst, with the right that it needs. Raises ``Refused``."""
    with write(office, request, "answer") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        right = next((one.right for one in burst.requests if one.number == number), "")
        holders = programme_at(unit, office, now).holders(right, burst.sites, now, burst.stage)
        decision = lifecycle.answer_request(burst, actor, number, ballot, holders=holders, now=now)
        return unit.apply(decision, now=now)


def _outside(unit: Unit, office: Office, burst: Burst, holders: Iterable[str]) -> tuple[str, ...]:
    """Those who hold the right and may not read the burst yet, because it is private and not theirs."""
    if not burst.private:
        return ()
    actors = (actor_for(unit, office, Request("", user, office.team)) for user in holders)
    return tuple(actor.user for actor in actors if not allows(Right.READ, actor, burst))
