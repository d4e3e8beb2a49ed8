"""The resolve clock stands still, for a reason and until a time, and goes on."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks, targets
from bot.taskforce.burst import Burst, PastPause, Pause
from bot.taskforce.decision import Decision
from bot.taskforce.durations import Duration
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import WORTH_IT_FOR, already, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.spoken import was_spoken_of
from bot.taskforce.terms import ClockKind, EntryKind, PauseReason, Severity, State

LONGEST = Duration.parse("5bd")
REFERENCE_LIMIT = 80
# What each of these waits for has a number or a name; without it nobody can follow up.
_NEEDS_REFERENCE = {
    PauseReason.AWAITING_VENDOR: "the vendor's ticket number",
    PauseReason.AWAITING_CHANGE_WINDOW: "the change number",
    PauseReason.AWAITING_APPROVAL: "who approves",
}


def pause(
    burst: Burst,
    actor: Actor,
    reason: PauseReason,
    until: datetime,
    reference: str,
    *,
    now: datetime,
) -> Decision:
    """Stop the resolve clock until ``until`` (aware UTC, at most five business days ahead).

    The other clocks run on. A pause that stands is extended. Raises ``Refused`` for sev1, before
    acceptance, and where the reason needs a reference that is not given; who paused it as owner alone
    does not extend it.
    """
    standing = burst.pause
    if standing is not None:
        return _extend(burst, standing, actor, Pause(reason, now, until, reference))
    require(Right.PAUSE, actor, burst)
    state_in(burst, {State.ACCEPTED, State.WORKING}, "Its clock can be paused once it is accepted.")
    if burst.severity is Severity.SEV1:
        raise Refused("sev1", "The resolve clock of a sev1 never pauses.")
    _check_until(burst, until, now)
    named = _checked_reference(reason, reference)
    draft = Draft.of(burst, now)
    draft.after = clocks.pause(burst, clocks.current(burst, ClockKind.RESOLVE), now)
    promise = clocks.promise_for(burst.policy, ClockKind.PAUSE)
    draft.after, _ = clocks.arm(draft.after, ClockKind.PAUSE, promise, now=now, due_at=until)
    draft.change(state=State.PAUSED, pause=Pause(reason, now, until, named))
    entry = draft.log(
        EntryKind.PAUSED, actor.user, reason=reason.value, until=until.isoformat(), reference=named
    )
    draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def _extend(burst: Burst, standing: Pause, actor: Actor, wanted: Pause) -> Decision:
    """Let the clock stand still for longer, and from now on perhaps for another reason."""
    now, until = wanted.since, wanted.until
    if until - standing.until < WORTH_IT_FOR:
        require(Right.PAUSE, actor, burst)
        already(f"The clock of {burst.key} is paused until then already. Give a later time, or resume it.")
    require(Right.EXTEND_PAUSE, actor, burst)
    _check_until(burst, until, now)
    named = _checked_reference(wanted.reason, wanted.reference)
    draft = Draft.of(burst, now)
    draft.after = targets.extend(burst, clocks.current(burst, ClockKind.PAUSE), until, now)
    leave_pause(draft)
    draft.change(pause=replace(wanted, reference=named))
    entry = draft.log(
        EntryKind.PAUSED,
        actor.user,
        reason=wanted.reason.value,
        until=until.isoformat(),
        reference=named,
        extended=True,
    )
    draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def resume(burst: Burst, actor: Actor, *, now: datetime) -> Decision:
    """The resolve clock goes on where it stood."""
    require(Right.PAUSE, actor, burst)
    if burst.state in {State.ACCEPTED, State.WORKING}:
        already(f"The clock of {burst.key} is running.")
    state_in(burst, {State.PAUSED}, "Its clock is not paused.")
    draft = Draft.of(burst, now)
    end_pause(draft)
    entry = draft.log(EntryKind.RESUMED, actor.user)
    draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def end_pause(draft: Draft) -> None:
    """Let the paused resolve clock of the draft's burst run again."""
    burst = clocks.disarm_kinds(draft.after, ClockKind.PAUSE, now=draft.now)
    stood = clocks.current(burst, ClockKind.RESOLVE)
    draft.after = clocks.run_again(burst, stood, draft.now)
    if stood.paused_at is not None and was_spoken_of(stood):
        draft.revive(stood, stood.paused_at)
    leave_pause(draft)
    draft.change(state=State.OPEN if burst.accepted_at is None else State.WORKING)


def leave_pause(draft: Draft) -> None:
    """The pause of the draft's burst, if one stands, is over and kept among its past ones."""
    standing, pauses = draft.after.pause, draft.after.pauses
    if standing is not None:
        # A clock that was set back makes no pause shorter than none.
        past = PastPause(standing.reason, standing.since, max(standing.since, draft.now))
        draft.change(pause=None, pauses=(*pauses, past))


def _check_until(burst: Burst, until: datetime, now: datetime) -> None:
    latest = clocks.calendar(burst.policy, "business").add(now, LONGEST)
    if until <= now:
        raise Refused("until", "Say until when, and choose a time that lies ahead.", field="until")
    if until > latest:
        raise Refused("until", "A clock can be paused for at most 5 business days.", field="until")


def _checked_reference(reason: PauseReason, reference: str) -> str:
    needed = _NEEDS_REFERENCE.get(reason)
    if not reference.strip():
        if needed is not None:
            raise Refused("reference", f"This reason needs {needed} (ref: in a command).", field="reference")
        return ""
    return checked(reference, what="The reference", limit=REFERENCE_LIMIT, field="reference")
