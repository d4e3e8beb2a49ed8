"""Facts and actions that people put into the log in their own words."""

from datetime import datetime

from bot.errors import Refused
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind

NOTABLE = frozenset({EntryKind.FACT, EntryKind.ACTION})


def note(burst: Burst, actor: Actor, kind: EntryKind, text: str, *, now: datetime) -> Decision:
    """Log a fact, or an action that somebody takes, and show it; neither is news, and no promise is kept by it."""
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    if kind not in NOTABLE:
        raise Refused("kind", "What is noted is a fact or an action.")
    draft = Draft.of(burst, now)
    draft.notice(draft.log(kind, actor.user, text=checked(text, what=f"The {kind.value}"), substantive=False))
    return draft.done()
