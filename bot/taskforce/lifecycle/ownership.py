"""Who is accountable: accept, decline, hand over, and what happens when the owner is gone."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst, Participant
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.answering import answered
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import already, state_in
from bot.taskforce.lifecycle.staffing import promise_staffing
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import LIVE, ClockKind, EntryKind, Rank, State


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is to own a burst: by which role, and why this person, in words."""

    user: str
    role: str = ""
    reason: str = ""


def accept(burst: Burst, actor: Actor, *, now: datetime) -> Decision:
    """The owner says yes. Raises ``Refused`` for anybody else, or when it is done already."""
    require(Right.ANSWER, actor, burst)
    state_in(burst, LIVE)
    if burst.accepted_at is not None:
        already(f"You have accepted {burst.key} already.")
    draft = Draft.of(burst, now)
    current = clocks.current(burst, ClockKind.ACCEPT)
    draft.after = clocks.meet(burst, current, now)
    draft.change(
        state=State.ACCEPTED if burst.state is State.OPEN else burst.state,
        accepted_at=now,
    )
    draft.log(EntryKind.ACCEPTED, actor.user, clock=current.number)
    draft.refresh_card()
    draft.settle(current)
    answered(draft, actor.user)
    return draft.done()


def decline(burst: Burst, actor: Actor, reason: str, successor: Candidate, *, now: datetime) -> Decision:
    """The owner says no, and ``successor`` is assigned at once: a burst is never nobody's.

    Raises ``Refused`` for anybody but the owner, after acceptance, or for a successor who cannot be one.
    """
    require(Right.ANSWER, actor, burst)
    state_in(burst, LIVE)
    if burst.accepted_at is not None:
        raise Refused(
            "accepted",
            f"You have accepted {burst.key}. Hand it over to somebody with `/burst owner` instead.",
        )
    _check_candidate(burst, successor)
    why = checked(reason, what="The reason")
    draft = Draft.of(burst, now)
    entry = draft.log(EntryKind.DECLINED, actor.user, to=successor.user, reason=why)
    _assign(draft, successor)
    draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def hand_over(burst: Burst, actor: Actor, to: Candidate, reason: str, *, now: datetime) -> Decision:
    """Somebody else becomes the owner and must accept; the other clocks run on.

    Raises ``Refused`` without the right, or for somebody who cannot own this burst.
    """
    require(Right.HAND_OVER, actor, burst)
    state_in(burst, LIVE)
    if to.user == burst.owner:
        already(f"{burst.key} is theirs already.")
    _check_candidate(burst, to)
    why = checked(reason, what="The reason") if reason.strip() else ""
    draft = Draft.of(burst, now)
    draft.log(EntryKind.HANDED_OVER, actor.user, **{"from": burst.owner, "to": to.user, "reason": why})
    _assign(draft, to)
    draft.notice(burst.log_count + 1)
    draft.refresh_card()
    draft.refresh_cell()
    return draft.done()


def vacate(burst: Burst, user: str, why: str, successor: Candidate | None, *, now: datetime) -> Decision:
    """Somebody is gone (deactivated in Slack): every seat they held is empty, and the owner's is filled.

    ``successor`` owns it if it was the owner. As long as a seat is empty the staffing clock runs. Raises
    ``Refused`` when the person holds no seat.
    """
    state_in(burst, LIVE | {State.RESOLVED})
    seats = [seat for seat in ("owner", "clinical_lead", "technical_lead") if getattr(burst, seat) == user]
    if not seats:
        already(f"They hold no seat of {burst.key}.")
    if successor is not None and "owner" in seats:
        _check_candidate(burst, successor)
    draft = Draft.of(burst, now)
    for seat in seats:
        draft.change(**{seat: None})
        draft.log(EntryKind.SEATED, SYSTEM, **{"seat": seat, "from": user, "to": None, "reason": why})
    draft.notice(burst.log_count + 1)
    if "owner" in seats:
        draft.change(accepted_at=None)
        if burst.state in LIVE:
            _assign(draft, successor)
    promise_staffing(draft)
    draft.refresh_card()
    return draft.done()


def joined_by(burst: Burst, user: str, via: str, now: datetime) -> Burst:
    """The burst with this person among its participants; whoever left before is back."""
    known = {person.user: person for person in burst.participants}
    if user in known and known[user].left_at is None:
        return burst
    known[user] = Participant(user, via, now)
    return replace(burst, participants=tuple(known.values()))


def _check_candidate(burst: Burst, candidate: Candidate) -> None:
    if candidate.user == burst.owner:
        raise Refused("same_person", "Name somebody else: this person owns it now.")
    if candidate.user == burst.clinical_lead:
        raise Refused(
            "clinical_lead",
            "The clinical co-lead accepts the evidence, so they cannot be the owner. "
            "Fill that seat with somebody else first, with `/burst pair clinical @user`.",
        )


def _assign(draft: Draft, candidate: Candidate | None) -> None:
    """Give the burst to the candidate; the clock to accept runs anew. Nobody: the staffing clock does."""
    burst, now = draft.after, draft.now
    old = clocks.running(burst, ClockKind.ACCEPT)
    draft.after = clocks.disarm_kinds(burst, ClockKind.ACCEPT, now=now)
    draft.change(
        state=State.PAUSED if burst.state is State.PAUSED else State.OPEN,
        owner=candidate.user if candidate else None,
        owner_role=candidate.role if candidate else burst.owner_role,
        owner_reason=candidate.reason if candidate else "",
        assigned_at=now if candidate else None,
        accepted_at=None,
    )
    draft.settle(old)
    if candidate is None:
        draft.after = clocks.disarm_kinds(draft.after, ClockKind.STAFFING, now=now)
        promise_staffing(draft)
        return
    draft.after, clock = clocks.arm(draft.after, ClockKind.ACCEPT, draft.after.policy.accept, now=now)
    promise_staffing(draft)
    known = {person.user for person in burst.participants if person.left_at is None}
    draft.after = joined_by(draft.after, candidate.user, "added", now)
    draft.log(EntryKind.ASSIGNED, SYSTEM, to=candidate.user, role=candidate.role, reason=candidate.reason)
    if candidate.user not in known:
        draft.effect(EffectKind.INVITE, user=candidate.user)
    draft.ping([candidate.user], Rank.ASSIGNED, clock=clock.number)
