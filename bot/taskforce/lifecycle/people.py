"""Who is in a burst: joining, being added, leaving, and the co-leads' seats."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import closure
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.asking import SIGN_OFF, ask_signers, settle_asked
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.lifecycle.ownership import joined_by
from bot.taskforce.lifecycle.staffing import promise_staffing
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind, Seat, State

_FIELD = {Seat.CLINICAL_LEAD: "clinical_lead", Seat.TECHNICAL_LEAD: "technical_lead"}


def join(burst: Burst, actor: Actor, *, now: datetime, present: bool = False) -> Decision:
    """Join a burst that one may see.

    ``present`` says that the person is in its channel already: whoever let them in has decided.
    """
    if not present:
        require(Right.JOIN, actor, burst)
    state_in(burst, UNDER_WAY | {State.CLOSED})
    if _is_in(burst, actor.user):
        already(f"You are in {burst.key} already.")
    draft = Draft.of(burst, now)
    draft.after = joined_by(burst, actor.user, "joined", now)
    draft.log(EntryKind.JOINED, actor.user)
    if not present:
        draft.effect(EffectKind.INVITE, user=actor.user)
    return draft.done()


def add_person(burst: Burst, actor: Actor, user: str, via: str, reason: str, *, now: datetime) -> Decision:
    """Pull in expertise: ownership does not move. ``via`` is ``added`` or ``role:<id>``."""
    require(Right.EXPAND, actor, burst)
    state_in(burst, UNDER_WAY)
    if _is_in(burst, user):
        already(f"They are in {burst.key} already.")
    why = checked(reason, what="The reason") if reason.strip() else ""
    draft = Draft.of(burst, now)
    draft.after = joined_by(burst, user, via, now)
    entry = draft.log(EntryKind.ADDED, actor.user, user=user, via=via, reason=why)
    draft.effect(EffectKind.INVITE, user=user)
    draft.notice(entry)
    return draft.done()


def leave(burst: Burst, user: str, *, now: datetime) -> Decision:
    """Somebody left the channel. A seat that they hold stays theirs until somebody else takes it."""
    state_in(burst, UNDER_WAY | {State.CLOSED})
    if not _is_in(burst, user):
        already(f"They are not in {burst.key}.")
    draft = Draft.of(burst, now)
    draft.change(
        participants=tuple(
            replace(person, left_at=now) if person.user == user else person for person in burst.participants
        )
    )
    draft.log(EntryKind.LEFT, user)
    return draft.done()


def fill_seat(burst: Burst, actor: Actor, seat: Seat, user: str, *, now: datetime) -> Decision:
    """Give a co-lead's seat to somebody.

    The clinical co-lead is never the owner, and nobody holds both seats; the technical seat may be
    the owner's where nobody else can be had. After the burst is resolved the new holder is asked to
    sign off. Raises ``Refused`` otherwise.
    """
    require(Right.SEAT, actor, burst)
    state_in(burst, UNDER_WAY)
    if seat is Seat.OWNER:
        raise Refused("seat", "Ownership is handed over with `/burst owner`, and must be accepted.")
    before: str | None = getattr(burst, _FIELD[seat])
    if before == user:
        already("They hold that seat already.")
    _check_seat(burst, seat, user)
    draft = Draft.of(burst, now)
    draft.after = joined_by(burst, user, "added", now)
    draft.change(**{_FIELD[seat]: user})
    entry = draft.log(EntryKind.SEATED, actor.user, **{"seat": seat.value, "from": before, "to": user})
    promise_staffing(draft)
    if not _is_in(burst, user):
        draft.effect(EffectKind.INVITE, user=user)
    draft.notice(entry)
    draft.refresh_card()
    if burst.state is State.RESOLVED:
        asked = closure.awaited_signers(burst)
        ask_signers(draft, asked)
        for former in sorted(set(asked) - set(closure.awaited_signers(draft.after))):
            settle_asked(draft, former, SIGN_OFF)
    return draft.done()


def _check_seat(burst: Burst, seat: Seat, user: str) -> None:
    if seat is Seat.CLINICAL_LEAD and user == burst.owner:
        raise Refused("owner", "The clinical co-lead accepts the evidence, so it cannot be the owner.")
    other = burst.technical_lead if seat is Seat.CLINICAL_LEAD else burst.clinical_lead
    if user == other:
        raise Refused("both_seats", "Nobody holds both co-leads' seats; name somebody else.")


def _is_in(burst: Burst, user: str) -> bool:
    return any(person.user == user and person.left_at is None for person in burst.participants)
