"""Asking those who must check a fix, and the one who raised the blocker."""

from bot.taskforce import clocks, closure
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.terms import ClockKind, Rank


def ask_signers(draft: Draft) -> None:
    """Ping whoever must still sign off, about the sign-off clock that runs."""
    clock = clocks.current(draft.after, ClockKind.SIGN_OFF)
    draft.ping(closure.awaited_signers(draft.after), Rank.ASKED, ask="sign_off", clock=clock.number)


def ask_raiser(draft: Draft) -> None:
    """Ask the raiser whether it works for them."""
    clock = clocks.current(draft.after, ClockKind.SIGN_OFF)
    draft.ping([draft.after.raiser], Rank.ASKED, ask="confirm", clock=clock.number)
