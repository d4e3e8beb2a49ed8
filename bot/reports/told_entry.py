"""An entry of the log on its way into words: what it holds, read with the names of the people and things in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reports.durations import lasting, local_time, site_zone
from bot.reports.entries import Body, LoggedEntry, body_of
from bot.reports.labels import Labels
from bot.reports.words import CLOCK, LATE_BECAUSE, SEAT
from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM
from bot.taskforce.outage import Cause
from bot.taskforce.terms import ClockKind, Seat

# What is said within this time of its moment is on time.
_PUNCTUAL_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words: ``headline`` is ours, ``text`` a person's; ``calls`` are users who are asked to act now.

    ``moments`` (aware UTC) are those that the headline may name, as ``local_time`` writes them in the site's zone.
    """

    headline: str
    text: str = ""
    calls: tuple[str, ...] = ()
    moments: tuple[datetime, ...] = ()


def corrected(words: str, by: int | None) -> str:
    """The words, which say that entry ``by`` of the log corrected them, if one did."""
    return words if by is None else f"{words} (corrected by entry {by})".lstrip()


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry with what is needed to word it."""

    burst: Burst
    entry: LoggedEntry
    labels: Labels

    @property
    def body(self) -> Body:
        """Its details."""
        return body_of(self.entry)

    @property
    def who(self) -> str:
        """Who acted."""
        return self.labels.name(self.entry.actor)

    @property
    def by_system(self) -> bool:
        """Whether nobody did: the bot itself."""
        return self.entry.actor == SYSTEM

    def name(self, detail: str) -> str:
        """What the person under ``detail`` is called."""
        user = self.body.text(detail)
        return self.labels.name(user) if user else "nobody"

    def local(self, detail: str) -> str:
        """The moment under ``detail`` by the site's clocks."""
        at = self.body.moment(detail)
        return local_time(at, site_zone(self.burst)) if at else "an unknown time"

    @property
    def clock(self) -> str:
        """What the entry's clock is called."""
        kind = self.body.text("kind")
        return CLOCK[ClockKind(kind)] if kind in set(ClockKind) else "Clock"

    @property
    def seat(self) -> str:
        """What the entry's seat is called."""
        seat = self.body.text("seat")
        return SEAT[Seat(seat)] if seat in set(Seat) else "seat"

    @property
    def lateness(self) -> str:
        """By how much the bot said it late, and why, when it could not say it at its time; else empty."""
        late_for = timedelta(seconds=self.body.number("late_seconds") or 0)
        if not self.by_system or late_for <= _PUNCTUAL_FOR:
            return ""
        return f", told {lasting(late_for)} late{self._because}"

    @property
    def _because(self) -> str:
        cause = self.body.text("late_because")
        if cause not in set(Cause):
            return ""
        return f": {LATE_BECAUSE[Cause(cause)].format(self.local('away_from'), self.local('away_until'))}"

    @property
    def from_message(self) -> str:
        """Whose message it was, where a message was put into the log; else empty."""
        author = self.body.text("author")
        return f", from a message of {self.labels.name(author)}" if author else ""


def lines(*parts: str) -> str:
    """The parts that say something, each on its own line."""
    return "\n".join(part for part in parts if part)
