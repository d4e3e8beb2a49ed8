"""When people hear of what they are pinged about: not twice in ten minutes, and not at night what can wait."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.quarter.happenings import TICK, Happening, dropped, reached
from tests.quarter.oracle.people import People
from tests.quarter.oracle.promise import Fired, Promise

RANKS = ("reminder", "assigned", "asked", "missed", "step")
SPACING = timedelta(minutes=10)
# What these tell of is over when they tell it.
ENDED_BY_ITSELF = ("pause", "take_up")
SHORT_SECONDS = 30 * 60


@dataclass(frozen=True)
class Call:
    """A ping as it was made at ``made``, to be let go at ``ready`` if nothing holds it back.

    ``weight`` is its rank as a number, ``clock`` the clock that it speaks of; ``is_short``: it
    warns of a promise of half an hour or less.
    """

    burst: int
    made: datetime
    ready: datetime
    user: str
    rank: str
    about: str
    clock: Promise
    weight: int
    is_short: bool
    step: Fired | None = None

    @property
    def asks(self) -> str | None:
        """The question that only this person can answer; None where it tells."""
        is_question = self.weight in (RANKS.index("assigned"), RANKS.index("asked"))
        return self.subject if is_question else None

    @property
    def subject(self) -> str:
        """What it is about: a clock, or a question about one."""
        return f"{self.clock.number} {self.about if self.rank == 'asked' else ''}"

    def is_over(self, now: datetime, answered: Iterable[tuple[datetime, str, str]]) -> bool:
        """Whether what it asks was done since: the promise is kept or void, or this person has answered."""
        since = self.made
        if self.ready == self.made and self.about not in ENDED_BY_ITSELF:
            since -= TICK  # the sweep is the first in its second: whoever acted in it acted later
        ended = any(self._is_ended(at, now) for at in self.clock.ended if since < at < now)
        ended |= any(self.made <= at < now for at in self.clock.silenced)
        asked = any(since < at < now and (user, ask) == (self.user, self.about) for at, user, ask in answered)
        said = self.step.answered.get(self.user) if self.step is not None else None
        return ended or asked or (said is not None and since < said < now)

    def _is_ended(self, at: datetime, now: datetime) -> bool:
        """Whether what was over ``at`` that time is still over, and does not hold again with its severity."""
        revived = self.clock.revived.get(at)
        return revived is None or revived >= now

    def returns(self, now: datetime) -> datetime | None:
        """When it is to be told after all, if its promise was set aside by ``now`` and will hold again."""
        coming = (
            again
            for at, again in self.clock.revived.items()
            if self.made < at < now <= again and at in self.clock.ended
        )
        return min((again + TICK for again in coming), default=None)


@dataclass
class Known:
    """Of a burst, what its severity was from when on, and who answered which question when."""

    severities: list[tuple[datetime, str]] = field(default_factory=list)
    answered: list[tuple[datetime, str, str]] = field(default_factory=list)

    def can_wait(self, at: datetime) -> bool:
        """Whether it was a sev3 or sev4 by then."""
        return [severity for since, severity in self.severities if since <= at][-1] in ("sev3", "sev4")


class Listener:
    """One person: what waits for them, and what they have heard."""

    def __init__(self, user: str, people: People, bursts: dict[int, Known]) -> None:
        self._user = user
        self._people = people
        self._bursts = bursts
        self._held: list[tuple[datetime, int, Call]] = []
        self._heard: defaultdict[int, list[tuple[datetime, Call]]] = defaultdict(list)

    def hear(self, calls: Sequence[Call], until: datetime) -> Iterator[Happening]:
        """When each of them is let go; what still waits at the end is not told."""
        coming = sorted(enumerate(calls), key=lambda one: (one[1].ready, one[0]), reverse=True)
        changes = sorted(
            (at, number, burst)
            for burst in {call.burst for call in calls}
            for number, (at, _) in enumerate(self._bursts[burst].severities)
            if number
        )
        changes.reverse()
        while True:
            times = [at for at, _, _ in self._held]
            times += [coming[-1][1].ready] if coming else []
            times += [changes[-1][0]] if changes else []
            if not times or min(times) >= until:
                return
            now = min(times)
            while changes and changes[-1][0] <= now:
                burst = changes.pop()[2]
                self._held = [(now if call.burst == burst else at, n, call) for at, n, call in self._held]
            while coming and coming[-1][1].ready <= now:
                number, call = coming.pop()
                self._held.append((now, number, call))
            if any(at <= now for at, _, _ in self._held):
                yield from self._let_go(now)

    def _let_go(self, now: datetime) -> Iterator[Happening]:
        held, self._held = sorted(self._held, key=lambda one: one[1]), []
        for burst in dict.fromkeys(call.burst for _, _, call in held):
            mine = []
            for _, number, call in held:
                if call.burst == burst and call.is_over(now, self._bursts[burst].answered):
                    again = call.returns(now)
                    if again is not None:
                        self._held.append((again, number, call))
                        continue
                    yield Happening(burst, call.made, dropped(call.user, call.rank, call.about), call.made)
                elif call.burst == burst:
                    mine.append((number, call))
            for group in _groups(mine):
                until = self._waits(burst, group, now)
                for number, call in group:
                    if until is not None:
                        self._held.append((until, number, call))
                        continue
                    self._heard[burst].append((now, call))
                    yield Happening(burst, now, reached(call.user, call.rank, call.about), call.made)

    def _waits(self, burst: int, group: Sequence[tuple[int, Call]], now: datetime) -> datetime | None:
        """Until when the group waits; None when it may go."""
        _, lead = max(group, key=lambda one: (one[1].weight, one[0]))
        if any(call.is_short for _, call in group):
            return None
        quiet = self._people.quiet_until(self._user, now) if self._bursts[burst].can_wait(now) else None
        if quiet is not None:
            return quiet
        ahead = [
            at
            for at, earlier in self._heard[burst]
            if now - at < SPACING
            and earlier.weight >= lead.weight
            and (lead.asks is None or earlier.subject == lead.subject)
        ]
        return max(ahead) + SPACING if ahead else None


def _groups(calls: Iterable[tuple[int, Call]]) -> list[list[tuple[int, Call]]]:
    """Each question by itself, whatever else there is in one message."""
    found: defaultdict[str, list[tuple[int, Call]]] = defaultdict(list)
    for number, call in calls:
        found[call.asks or ""].append((number, call))
    return [*(group for question, group in found.items() if question), *([found[""]] if "" in found else [])]
