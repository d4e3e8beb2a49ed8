"""Resolved, checked, closed: the evidence is accepted by those who did not do the work, or sent back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks, closure
from bot.taskforce.burst import Burst, Resolution, SignOff
from bot.taskforce.decision import Decision
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.lifecycle import enquiries, following_up
from bot.taskforce.lifecycle.asking import CONFIRM, SIGN_OFF, ask_raiser, ask_signers, settle_asked
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.ending import close
from bot.taskforce.lifecycle.gates import already, state_in
from bot.taskforce.lifecycle.pausing import leave_pause
from bot.taskforce.lifecycle.resuming import resume_work
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import LIVE, ClockKind, EntryKind, Outcome, Rank, Seat, State

SITES_SAME = ("same", "different", "not_checked")
ALSO_LIMIT = 2
_ENDED_BY_RESOLVING = (
    ClockKind.UPDATE,
    ClockKind.WORKAROUND,
    ClockKind.PAUSE,
    ClockKind.TAKE_UP,
    ClockKind.STAFFING,
)
_KEPT_BY_RESOLVING = (ClockKind.RESOLVE, ClockKind.MILESTONE)


def resolve(
    burst: Burst,
    actor: Actor,
    resolution: Resolution,
    follow_ups: Iterable[FollowUp] = (),
    *,
    now: datetime,
) -> Decision:
    """Somebody says that it is fixed: those who must check it are asked, and so is the raiser.

    ``follow_ups`` are what ``resolution.follow_up`` says; they begin when the burst closes.

    Raises ``Refused`` while evidence or a blocking item is missing, or nobody could sign off.
    """
    require(Right.PAUSE, actor, burst)
    if burst.state is State.RESOLVED:
        already(f"{burst.key} is resolved already and waits for its sign-offs.")
    state_in(burst, LIVE)
    if burst.accepted_at is None:
        raise Refused("not_accepted", f"{burst.key} has no owner who accepted it. That comes first.")
    said = _checked(resolution)
    closure.require_proof(burst)
    closure.require_signers(burst)
    draft = Draft.of(burst, now)
    for kind in _KEPT_BY_RESOLVING:
        if (clock := clocks.running(burst, kind)) is not None:
            draft.after = clocks.meet(draft.after, clock, now)
    draft.after = clocks.disarm_kinds(draft.after, *_ENDED_BY_RESOLVING, now=now)
    draft.after, _ = clocks.arm(
        draft.after, ClockKind.SIGN_OFF, clocks.promise_for(burst.policy, ClockKind.SIGN_OFF), now=now
    )
    draft.change(
        state=State.RESOLVED,
        resolution=said,
        resolved_at=now,
        resolved_by=actor.user,
        raiser_answer=None,
    )
    following_up.agree(draft, follow_ups)
    leave_pause(draft)
    entry = draft.log(
        EntryKind.RESOLVED,
        actor.user,
        fix=said.fix,
        cause=said.cause,
        also=list(said.also),
        shorter=said.shorter,
        sites_same=said.sites_same,
        follow_up=said.follow_up,
        suggested=said.suggested,
        suggested_why=said.suggested_why,
    )
    draft.notice(entry)
    draft.refresh_card()
    enquiries.leave(draft)
    ask_signers(draft)
    ask_raiser(draft)
    return draft.done()


def confirm(burst: Burst, actor: Actor, works: bool, why: str, *, now: datetime) -> Decision:  # noqa: FBT001
    """The raiser's answer: it works for them, or it does not, which sends the burst back."""
    require(Right.CONFIRM, actor, burst)
    state_in(burst, {State.RESOLVED}, "There is nothing to confirm.")
    if not works:
        return _back(burst, actor, why, now, by_raiser=True)
    if burst.raiser_answer is not None:
        already(f"You have said already that {burst.key} works for you.")
    draft = Draft.of(burst, now)
    draft.change(raiser_answer="works")
    draft.log(EntryKind.CONFIRMED, actor.user, works=True)
    draft.refresh_card()
    settle_asked(draft, actor.user, CONFIRM)
    return draft.done()


def sign_off(burst: Burst, actor: Actor, *, now: datetime) -> Decision:
    """A co-lead accepts the evidence for their own seat; the last sign-off closes the burst.

    One that is not the last is told by the card and by the co-lead's own DM, without a notice.

    Raises ``Refused`` for a seat that is not theirs, for the owner, and while something is missing.
    """
    require(Right.SIGN_OFF, actor, burst)
    if burst.state is State.CLOSED and any(actor.user == given.user for given in burst.sign_offs):
        already(f"{burst.key} is signed off and closed.")
    state_in(burst, {State.RESOLVED}, "There is nothing to sign off.")
    seat = _seat_to_sign(burst, actor.user)
    closure.require_proof(burst)
    draft = Draft.of(burst, now)
    draft.change(sign_offs=(*burst.sign_offs, SignOff(seat, actor.user, now)))
    draft.log(EntryKind.SIGNED_OFF, actor.user, seat=seat.value)
    if closure.awaited_seats(draft.after):
        draft.refresh_card()
        settle_asked(draft, actor.user, SIGN_OFF)
    else:
        draft.change(signed_off_at=now)
        close(draft, actor.user, Outcome.RESOLVED)
    return draft.done()


def send_back(burst: Burst, actor: Actor, why: str, *, now: datetime) -> Decision:
    """The evidence is not accepted: the work goes on, and the clock resumes where it stood.

    From the one who raised it, it is also the answer that it does not work for them.
    """
    require(Right.SEND_BACK, actor, burst)
    state_in(burst, {State.RESOLVED}, "There is nothing to send back.")
    return _back(burst, actor, why, now, by_raiser=actor.user == burst.raiser)


def _back(burst: Burst, actor: Actor, why: str, now: datetime, *, by_raiser: bool) -> Decision:
    reason = checked(why, what="The reason")
    voided: list[str] = [given.seat.value for given in closure.valid_sign_offs(burst)]
    draft = Draft.of(burst, now)
    asked = clocks.current(burst, ClockKind.SIGN_OFF)
    draft.after = clocks.disarm_kinds(burst, ClockKind.SIGN_OFF, now=now)
    resume_work(draft)
    if by_raiser:
        draft.change(raiser_answer="does_not")
        draft.log(EntryKind.CONFIRMED, actor.user, works=False)
    entry = draft.log(EntryKind.SENT_BACK, actor.user, reason=reason, voided=voided)
    draft.notice(entry)
    draft.refresh_card()
    draft.settle(asked)
    again = clocks.current(draft.after, ClockKind.RESOLVE)
    draft.ping([draft.after.owner], Rank.REMINDER, clock=again.number)
    return draft.done()


def _seat_to_sign(burst: Burst, user: str) -> Seat:
    held = [seat for seat in closure.required_seats(burst) if user in closure.signers(burst, seat)]
    if not held:
        raise Refused(
            "not_your_seat",
            "Only the clinical co-lead signs off here, and for sev1 and sev2 a technical person "
            "who is not the owner.",
        )
    awaited = [seat for seat in held if seat in closure.awaited_seats(burst)]
    if not awaited:
        already(f"{burst.key} is signed off for that seat already.")
    return awaited[0]


def _checked(resolution: Resolution) -> Resolution:
    if not resolution.cause:
        raise Refused("cause", "Choose the main cause of the delay.", field="cause")
    if len(resolution.also) > ALSO_LIMIT:
        raise Refused("also", f"Choose at most {ALSO_LIMIT} further causes.", field="also")
    if resolution.sites_same not in SITES_SAME:
        raise Refused("sites_same", "Other sites are: same, different or not checked.", field="sites_same")
    return replace(
        resolution,
        fix=checked(resolution.fix, what="What fixed it", field="fix"),
        shorter=_optional(resolution.shorter, "What would have made this shorter", "shorter"),
        follow_up=_optional(resolution.follow_up, "The follow-up", "follow_up"),
    )


def _optional(text: str, what: str, field: str) -> str:
    return checked(text, what=what, field=field) if text.strip() else ""
