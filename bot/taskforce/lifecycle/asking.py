"""Asking those who must check a fix, and the one who raised the blocker."""

from bot.taskforce import clocks, closure
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.terms import ClockKind, Rank


def ask_signers(draft: Draft) -> None:
    """Ping whoever must still sign off, about the sign-off clock that runs."""
    current = clocks.running(draft.after, ClockKind.SIGN_OFF)
    if current is not None:
        waiting = closure.awaited_signers(draft.after)
        draft.ping(waiting, Rank.ASKED, ask="sign_off", clock=current.number)


def ask_raiser(draft: Draft) -> None:
    """Ask the raiser whether it works for them."""
    current = clocks.running(draft.after, ClockKind.SIGN_OFF)
    if current is not None:
        draft.ping([draft.after.raiser], Rank.ASKED, ask="confirm", clock=current.number)
