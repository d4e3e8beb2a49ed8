"""The programme's present policy, given deliberately to a burst that was opened under an earlier one."""

from datetime import datetime

from bot.taskforce import clocks, retelling, targets
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Detail
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import EntryKind

# Under which right it is done: whoever runs the installation, and not by a click.
RIGHT = "administrator, command line"


def rebase(burst: Burst, actor: Actor, policy: Policy, why: str, *, now: datetime) -> Decision:
    """Freeze ``policy`` with the burst from now on; elapsed time counts, as when the severity changes.

    Raises ``Refused`` for anybody but an administrator, for a burst that has ended, and when the burst
    has that policy already. An administrator need not be able to read the burst: nothing of it is told.
    """
    require(Right.ADMINISTER, actor, None)
    state_in(burst, UNDER_WAY)
    reason = checked(why, what="The reason")
    draft = Draft.of(burst, now)
    draft.after = targets.retarget(burst, policy, now)
    if draft.after.policy == burst.policy:
        already(f"{burst.key} has the programme's present policy already.")
    moved = moves(burst, draft.after)
    entry = draft.log(
        EntryKind.REBASED,
        actor.user,
        reason=reason,
        right=RIGHT,
        moved=[_told(old, new) for old, new in moved],
    )
    draft.notice(entry)
    draft.refresh_card()
    draft.refresh_cell()
    draft.take_back(*retelling.taken_back(burst, draft.after))
    for clock, told in retelling.told_again(burst, draft.after):
        draft.revive(clock, told.at)
    draft.correct(*retelling.moved(burst, draft.after))
    return draft.done()


def moves(before: Burst, after: Burst) -> list[tuple[ResponseClock | None, ResponseClock]]:
    """The running clocks that are due at another time, or are new; each with what it was before."""
    known = {clock.number: clock for clock in before.clocks}
    return [
        (known.get(clock.number), clock)
        for clock in after.clocks
        if clock.state in clocks.RUNNING
        and (clock.number not in known or known[clock.number].due_at != clock.due_at)
    ]


def _told(old: ResponseClock | None, new: ResponseClock) -> dict[str, Detail]:
    return {
        "clock": new.number,
        "kind": new.kind.value,
        "from": old.due_at.isoformat() if old is not None else None,
        "to": new.due_at.isoformat(),
    }
