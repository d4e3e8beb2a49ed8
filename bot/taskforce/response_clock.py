"""A response clock as a value: its promise, where it stands, and what was told of it.

Part of a burst, which storage loads whole. All times are aware UTC; people are Slack user ids.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.taskforce.having import Having
from bot.taskforce.terms import ClockKind, ClockState

# When somebody is warned, as the policy writes it: a share of the clock's time (0.8), or so long before the end ("5bd").
WarningPoint: TypeAlias = float | str


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """Somebody whom a step reached has answered it. ``taken_up``: by a take-up, which counts while it is fresh."""

    user: str
    at: datetime
    taken_up: bool = False


@dataclass(frozen=True, slots=True)
class FiredStep:
    """A ladder step that fired: when it was due by the policy, when it really fired, who was reached.

    ``answers`` has the first one of each person. ``answered_at`` and ``answered_by`` are set by the one
    with which the step counts as answered: the first, or where all must answer the last. ``repeated_at``
    is when it was said again; ``brought`` are those whose expertise it brought to the burst. ``held_for`` is
    the time for which a take-up had held the ladder until then.
    """

    step: str
    due_at: datetime
    fired_at: datetime
    reached: tuple[str, ...]
    answered_at: datetime | None = None
    answered_by: str | None = None
    answers: tuple[StepAnswer, ...] = ()
    repeated_at: tuple[datetime, ...] = ()
    brought: tuple[str, ...] = ()
    held_for: timedelta = timedelta()

    @property
    def silent(self) -> tuple[str, ...]:
        """Those who were reached and have not answered."""
        answered = {answer.user for answer in self.answers}
        return tuple(user for user in self.reached if user not in answered)


@dataclass(frozen=True, slots=True)
class Standstill:
    """A clock stood still from ``since`` to ``until``; while it still does, ``until`` is None."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What had been told of a clock that was due at ``due_at``, when ``at`` another severity made it due otherwise.

    It counts again once the clock is due at that time again.
    """

    due_at: datetime
    at: datetime
    warned: tuple[WarningPoint, ...] = ()
    fired: tuple[FiredStep, ...] = ()
    missed_at: datetime | None = None


@dataclass(frozen=True)
class ResponseClock(Having):
    """A promise with a due time.

    ``promise`` is the policy's duration ("15m", "3bd") on ``calendar``, or a milestone's day; ``wake_at`` is the next
    moment at which the sweep has something to do (a warning, the due time, a ladder step) or None.
    ``subject`` names what the clock is about when it is not the burst (a decision request's number).
    ``total_for`` is the working time of the whole promise, pauses not counted: what fractions refer to.
    ``warned`` holds the points already warned at, the latest last. ``held_for`` is time for which a
    take-up held the ladder; ``left_for`` the working time that was left when it stopped. ``stood`` has the times
    in which a clock that can go on stood still, in order; ``set_aside`` what was told of it under other severities.
    """

    number: int
    kind: ClockKind
    state: ClockState
    promise: str
    calendar: str
    armed_at: datetime
    due_at: datetime
    wake_at: datetime | None
    subject: int | None = None
    total_for: timedelta = timedelta()
    warned: tuple[WarningPoint, ...] = ()
    fired: tuple[FiredStep, ...] = ()
    missed_at: datetime | None = None
    met_at: datetime | None = None
    held_since: datetime | None = None
    held_for: timedelta = timedelta()
    paused_at: datetime | None = None
    left_for: timedelta | None = None
    stood: tuple[Standstill, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class StaleTakeUp:
    """Somebody took an escalation up at ``at``, and nothing came of it until ``stale_at``."""

    user: str
    at: datetime
    stale_at: datetime
