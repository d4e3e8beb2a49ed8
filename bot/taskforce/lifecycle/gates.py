"""The states in which something can be done, and the words for when it cannot."""

from collections.abc import Collection
from datetime import timedelta
from typing import NoReturn

from bot.errors import Refused
from bot.taskforce.burst import Burst
from bot.taskforce.terms import LIVE, State

UNDER_WAY = LIVE | {State.RESOLVED}
# Less than this is no extension but a second click.
WORTH_IT_FOR = timedelta(minutes=1)

_WORDS = {
    State.OPEN: "is not accepted yet",
    State.ACCEPTED: "is being worked on",
    State.WORKING: "is being worked on",
    State.PAUSED: "has its clock paused",
    State.RESOLVED: "is resolved and waits for its sign-offs",
    State.CLOSED: "is closed",
    State.ARCHIVED: "is archived",
}


def state_in(burst: Burst, allowed: Collection[State], advice: str = "") -> None:
    """Raise ``Refused`` (code ``wrong_state``) unless the burst's state is one of those allowed."""
    if burst.state in allowed:
        return
    if not advice:
        advice = {
            State.CLOSED: "`/burst reopen` takes it up again.",
            State.ARCHIVED: "`/burst reopen` starts a new one, linked to it.",
            State.RESOLVED: "A co-lead can send it back.",
        }.get(burst.state, "")
    raise Refused("wrong_state", f"{burst.key} {_WORDS[burst.state]}. {advice}".rstrip())


def already(message: str) -> NoReturn:
    """Raise ``Refused`` (code ``already_done``): a repeated click finds the work done."""
    raise Refused("already_done", message)
