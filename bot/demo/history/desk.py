"""What the people of a burst did, through the operations that Slack's deliveries go through, too."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

from bot import clock
from bot.demo.blockers import Blocker
from bot.demo.history.course import Course, Turn
from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.confirm import confirm
from bot.operations.office import Office, Request
from bot.operations.open_burst import Intake, open_burst
from bot.operations.pause import pause
from bot.operations.post_update import post_update
from bot.operations.resolve import resolve
from bot.operations.resume import resume
from bot.operations.save_checklist import Saved, save_checklist
from bot.operations.sign_off import sign_off
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.closure import awaited_signers
from bot.taskforce.terms import State

_LINK = "https://"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done at a moment of policy time (aware UTC)."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Desk:
    """Where the bursts of some courses are worked on; ``people`` are Slack ids by handle."""

    office: Office
    people: Mapping[str, str]
    blockers: Mapping[str, Blocker]
    _numbers: dict[str, int] = field(default_factory=dict)
    _deliveries: Iterator[int] = field(default_factory=count)

    def acts(self, course: Course) -> list[Act]:
        """Everything that is done in a course; the last moment of one that ended is past its channel's grace."""
        blocker = self.blockers[course.blocker]
        acts = [Act(course.raised_at, partial(self._raise, course, blocker))]
        if course.accepted_after is None:
            return acts
        accepted_at = course.raised_at + course.accepted_after
        acts.append(Act(accepted_at, partial(self._accept, course.blocker)))
        for turn in course.turns:
            acts.append(Act(accepted_at + turn.after, partial(self._take, course.blocker, turn)))
            if turn.because is not None:
                ends_at = accepted_at + turn.after + turn.pause_for
                acts.append(Act(ends_at, partial(self._resume, course.blocker)))
        if course.resolved_after is None:
            return acts
        resolved_at = accepted_at + course.resolved_after
        closed_at = resolved_at + course.closed_after
        return [
            *acts,
            Act(resolved_at, partial(self._resolve, course, blocker)),
            Act(closed_at, partial(self._close, course.blocker)),
            Act(closed_at + timedelta(hours=25), lambda: None),
        ]

    def burst(self, blocker: str) -> Burst:
        """The burst of that blocker as it stands. Raises ``KeyError`` before it was raised."""
        number = self._numbers[blocker]
        with self.office.store.read() as unit:
            return unit.bursts.get_many([number])[number]

    def _raise(self, course: Course, blocker: Blocker) -> None:
        today = clock.now().astimezone(ZoneInfo("Europe/London")).date()
        days = blocker.needed_in_days
        intake = Intake(
            family=blocker.family,
            title=blocker.title,
            sites=blocker.sites,
            impact=blocker.impact,
            urgency=blocker.urgency,
            stage=blocker.stage,
            workflow_impact=blocker.workflow_impact,
            needed_on=None if days is None else today + timedelta(days=days),
            workaround=blocker.workaround,
            answers=blocker.details,
            confirmed=True,
        )
        opened = open_burst(self.office, self._by(self.people[course.raiser]), intake)
        self._numbers[course.blocker] = opened.id

    def _accept(self, blocker: str) -> None:
        burst = self.burst(blocker)
        accept(self.office, self._owner(burst), burst.id)

    def _take(self, blocker: str, turn: Turn) -> None:
        burst = self.burst(blocker)
        post_update(self.office, self._owner(burst), burst.id, turn.text)
        if turn.because is not None:
            until = clock.now() + turn.pause_for
            pause(self.office, self._owner(burst), burst.id, turn.because, until, turn.reference)

    def _resume(self, blocker: str) -> None:
        burst = self.burst(blocker)
        if burst.state is State.PAUSED:  # its end may have come by itself
            resume(self.office, self._owner(burst), burst.id)

    def _resolve(self, course: Course, blocker: Blocker) -> None:
        burst = self.burst(blocker.id)
        open_items = {item.number: True for item in burst.checklist if item.done_at is None}
        save_checklist(self.office, self._owner(burst), burst.id, Saved(open_items))
        for piece in blocker.evidence:
            link = piece.text if piece.text.startswith(_LINK) else None
            add_evidence(self.office, self._owner(burst), burst.id, Piece(piece.kind, piece.text, link))
        said = Resolution(blocker.fix, blocker.cause, (), course.shorter, "not_checked")
        resolve(self.office, self._owner(burst), burst.id, said)

    def _close(self, blocker: str) -> None:
        burst = self.burst(blocker)
        burst = confirm(self.office, self._by(burst.raiser), burst.id, works=True)
        while awaited := awaited_signers(burst):
            burst = sign_off(self.office, self._by(awaited[0]), burst.id)

    def _owner(self, burst: Burst) -> Request:
        return self._by(str(burst.owner))

    def _by(self, user: str) -> Request:
        return Request(f"history:{next(self._deliveries)}", user, self.office.team)
