"""One line of the table, played: a burst is opened, things happen to it, and what was then promised is asked."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from bot.programme import Programme
from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.effects import EffectKind
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import FiredStep, ResponseClock
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Severity
from tests.unit.promises.happenings import Happening, happenings
from tests.unit.promises.ladders import REACHED, under
from tests.unit.promises.places import TIME, moment
from tests.unit.taskforce.cases import LEAD, opening

FAMILY = "dicom_mapping"
LEVELS: Mapping[str, tuple[int, int]] = {"sev1": (1, 1), "sev2": (1, 2), "sev3": (2, 2), "sev4": (3, 3)}
GIVEN = re.compile(
    rf"(?P<severity>sev[1-4]) at (?P<sites>[A-Z]+(?: and [A-Z]+)*)(?: in (?P<stage>\w+))? "
    rf"(?:under (?P<ladder>\w+) )?opened (?P<at>{TIME})(?: with a (?P<workaround>partial|full) workaround)?(?: needed by (?P<needed>\S+))?"
)
EVENT = re.compile(rf"(?P<what>[a-z0-9 ]+?) (?P<at>{TIME})(?: until (?P<until>{TIME}))?")


class Story:
    """A burst under the shipped policies, whose clocks ring at their times while nobody does anything."""

    def __init__(self, programme: Programme, given: str) -> None:
        found = GIVEN.fullmatch(given)
        if found is None:
            raise ValueError(f"not a burst: {given}")
        self._programme = programme
        self._sites = tuple(found["sites"].split(" and "))
        self._stage = found["stage"] or "build"
        self._ladder: str | None = found["ladder"]
        self._rang: list[tuple[datetime, str]] = []
        self._told: list[tuple[datetime, str, str]] = []
        self._news = 0
        at = self.moment(found["at"])
        self.burst = lifecycle.open_burst(
            opening(
                severity=Severity(found["severity"]),
                policy=self._policy(found["severity"], at),
                sites=self._sites,
                stage=self._stage,
                workaround=found["workaround"] or "none",
                milestone=programme.milestone_for(self._stage, self._sites, at),
                needed_on=date.fromisoformat(found["needed"]) if found["needed"] else None,
            ),
            now=at,
        ).after

    def moment(self, written: str) -> datetime:
        """An instant as the first site's wall clock shows it."""
        return moment(written, self._sites[0])

    def play(self, event: str) -> None:
        """Let everything ring until the event, and then let it happen."""
        found = EVENT.fullmatch(event)
        if found is None:
            raise ValueError(f"not an event: {event}")
        what, at = found["what"], self.moment(found["at"])
        self.left_alone(at)
        if what == "left alone":
            return
        until = self.moment(found["until"]) if found["until"] else at
        happens = self._happenings(until).get(what)
        if happens is None:
            raise ValueError(f"nothing is called: {what}")
        self.burst = happens(self.burst, at).after

    def left_alone(self, until: datetime) -> None:
        """Ring whatever is due by ``until``, each at its time."""
        while due := [(c.wake_at, c.number) for c in self.burst.clocks if c.wake_at and c.wake_at <= until]:
            now, number = min(due)
            decision = lifecycle.ring(self.burst, number, REACHED, now=now)
            self._rang += [(now, _words(entry)) for entry in decision.entries]
            self._told += [(now, *told) for told in _told(decision)]
            self.burst = decision.after

    def rang(self, words: str, at: datetime) -> bool:
        """Whether exactly this rang at exactly that time, if nothing else happens until then."""
        self.left_alone(at)
        return (at, words) in self._rang

    def is_quiet(self, what: str, until: datetime) -> bool:
        """Whether nothing of this name rings until then: a step of the ladder, or a kind of clock."""
        self.left_alone(until)
        return not any(words.endswith(f" {what}") for _, words in self._rang)

    def told(self, what: str, at: datetime) -> set[str]:
        """Who is pinged about clocks of this kind, or by this step, at exactly that time."""
        self.left_alone(at)
        return {user for now, about, user in self._told if now == at and about == what}

    def times_said(self, step: str, until: datetime) -> int:
        """How often a step was said until then, the first time included."""
        self.left_alone(until)
        first, again = f"escalated {step}", re.compile(rf"again \d+ {step}")
        return sum(words == first or again.fullmatch(words) is not None for _, words in self._rang)

    def times_rang(self, words: str) -> int:
        """How often exactly this rang so far."""
        return sum(rang == words for _, rang in self._rang)

    def fired(self, step: str) -> FiredStep:
        """The step as it fired. Raises ``ValueError`` when it did not."""
        (found,) = (one for clock in self.burst.clocks for one in clock.fired if one.step == step)
        return found

    def running(self, kind: str) -> ResponseClock | None:
        """The clock of this kind that is armed or paused: of questions, the one about the first."""
        return clocks.running(self.burst, ClockKind(kind), 1 if kind == ClockKind.DECISION else None)

    def due(self, kind: str) -> datetime | None:
        """When the clock of this kind is due; None while none is armed."""
        clock = self.running(kind)
        return clock.due_at if clock is not None and clock.state is ClockState.ARMED else None

    def _policy(self, severity: str, at: datetime) -> Policy:
        shipped = self._programme.policy_for(Severity(severity), FAMILY, self._stage, self._sites, at)
        return shipped if self._ladder is None else under(shipped, self._ladder)

    def _happenings(self, until: datetime) -> Mapping[str, Happening]:
        self._news += 1
        news = f"News number {self._news}: the queue is being emptied."
        return {**happenings(news, until), **{level: self._severity(level) for level in LEVELS}}

    def _severity(self, level: str) -> Happening:
        def change(burst: Burst, at: datetime) -> Decision:
            policy = self._policy(level, at)
            return lifecycle.change_severity(
                burst, LEAD, *LEVELS[level], Severity(level), policy, "Seen anew", now=at
            )

        return change


def _told(decision: Decision) -> Iterator[tuple[str, str]]:
    for effect in decision.effects:
        if effect.kind is EffectKind.PING:
            number, user = int(effect.subject["clock"]), str(effect.subject["user"])
            yield clocks.by_number(decision.after, number).kind, user
            if "step" in effect.subject:
                yield str(effect.subject["step"]), user


def _words(entry: Entry) -> str:
    if entry.kind is EntryKind.ESCALATED and entry.body["nobody"]:
        return f"passed over {entry.body['step']}"
    if "repeat" in entry.body:
        return f"again {entry.body['repeat']} {entry.body['step']}"
    told = {EntryKind.ESCALATED: "step", EntryKind.WARNED: "kind", EntryKind.MISSED: "kind"}.get(entry.kind)
    return f"{entry.kind} {entry.body[told]}" if told else entry.kind.value
