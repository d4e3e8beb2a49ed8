"""How one blocker went: when it was raised and by whom, what was said on the way, and how long each step took."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.taskforce.terms import PauseReason


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that the owner says, so long after acceptance; with ``because`` the work then stands still, under a reference."""

    after: timedelta
    text: str
    because: PauseReason | None = None
    pause_for: timedelta = timedelta()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The life of the blocker of that id in ``blockers.json``; ``raised_at`` is aware UTC.

    Each length is counted from the step before it: accepted after raising, resolved after accepting,
    closed after resolving. ``None`` for what has not happened.
    """

    blocker: str
    raiser: str
    raised_at: datetime
    accepted_after: timedelta | None
    turns: tuple[Turn, ...] = ()
    resolved_after: timedelta | None = None
    closed_after: timedelta = timedelta(hours=3)
    shorter: str = ""
