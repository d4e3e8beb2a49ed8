"""Asking those who must check a fix, and the one who raised the blocker."""

from collections.abc import Collection

from bot.taskforce import clocks, closure
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.terms import ClockKind, Rank

SIGN_OFF, CONFIRM = "sign_off", "confirm"


def ask_signers(draft: Draft, asked: Collection[str] = ()) -> None:
    """Ping whoever must still sign off, about the sign-off clock that runs, but those who were ``asked`` already."""
    clock = clocks.current(draft.after, ClockKind.SIGN_OFF)
    signers = [user for user in closure.awaited_signers(draft.after) if user not in asked]
    draft.ping(signers, Rank.ASKED, ask=SIGN_OFF, clock=clock.number)


def ask_raiser(draft: Draft) -> None:
    """Ask the raiser whether it works for them."""
    clock = clocks.current(draft.after, ClockKind.SIGN_OFF)
    draft.ping([draft.after.raiser], Rank.ASKED, ask=CONFIRM, clock=clock.number)


def settle_asked(draft: Draft, user: str, ask: str) -> None:
    """This person has answered what they were asked; what others were asked still stands.

    Closing settles every question that is left, so this costs a plain life no call of its own.
    """
    clock = clocks.current(draft.after, ClockKind.SIGN_OFF)
    draft.cell(EffectKind.SETTLE_PINGS, clock=clock.number, user=user, ask=ask)
