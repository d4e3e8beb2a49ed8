"""Some bursts among people who try everything, with the sweep, the release and the sender at work between them.

Everything is drawn from one source of chance, so that a life that fails can be lived again. Policy time is
in the hands of the life; nothing waits in real time.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest.mock import patch

from bot import clock
from bot.errors import Refused
from bot.operations.attendance import Attendance
from bot.operations.office import Office, Request, actor_for
from bot.operations.open_burst import open_burst
from bot.programme import Programme
from bot.scheduling.sweep import archive_due, ring_due, sweep
from bot.slack.delivery import papers
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Right, allows
from bot.taskforce.terms import ENDED, Standing
from storage import Store
from storage.directory import Person
from tests.lives.acting import COURSE, VERBS, Desk, Verb, intake
from tests.lives.postman import Postman
from tests.lives.slack import BOT, Slack
from tests.lives.witness import Witness
from tests.quarter.happenings import TICK
from tests.quarter.playing import PolicyTime, next_tick

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday; in this month clocks change on both continents
TEAM = "T01LIVES"
MOST_BURSTS = 6
# How often each thing happens, beside the others.
STEPS = {"act": 12, "time": 6, "post": 5, "raise": 1, "sleep": 0.7, "ring": 0.7, "set_back": 0.3, "calm": 1}
ZONES = ("Europe/London", "America/New_York", "Europe/Berlin")


class Life:
    """One life. ``tell`` is what happened so far, for whoever has to find out why it failed."""

    def __init__(self, store: Store, programme: Programme, chance: random.Random) -> None:
        self.chance = chance
        self.time = PolicyTime(BEGINS + timedelta(minutes=chance.randrange(40_000)))
        self.people = sorted(programme.people.user(key) or key for key in programme.file.people)
        self.office = Office(store, lambda: programme, TEAM, bot_user=BOT)
        self.slack = Slack(unreachable=frozenset(chance.sample(self.people, 2)))
        self.witness = Witness(self.office, self.slack)
        self.postman = Postman(self.office, self.slack, self.witness, chance, self.act)
        self.tell: list[str] = []
        self.numbers: Counter[str] = Counter()
        self._keys = count(1)

    def live(self, steps: int) -> None:
        """So many steps, and then an end to everything; whatever does not hold is an ``AssertionError``."""
        happens: Mapping[str, Callable[[], object]] = {
            "act": self.act,
            "time": self.go_on,
            "post": self.postman.deliver,
            "raise": self.raise_blocker,
            "sleep": self.sleep,
            "ring": lambda: ring_due(self.office),
            "set_back": self.set_back,
            "calm": self.calm,
        }
        with self.time.read(), patch.object(papers, "to_pdf", return_value=b"%PDF"):  # that takes its time
            self._everybody_is_known()
            self.raise_blocker()
            for what in self.chance.choices(list(STEPS), list(STEPS.values()), k=steps):
                self._told(what)
                happens[what]()
                self.witness.look()
            self.end()

    # --- people ---

    def raise_blocker(self) -> None:
        """Somebody raises one more."""
        if self.numbers["bursts"] < MOST_BURSTS:
            by = self._by(self.chance.choice(self.people))
            open_burst(self.office, by, intake(self.chance, self.time.at))
            self.numbers["bursts"] += 1

    def act(self) -> None:
        """Mostly somebody who may, sometimes anybody; sometimes Slack delivers it twice."""
        bursts = self.witness.bursts()
        under_way = [one for one in bursts if one.state not in ENDED]
        burst = self.chance.choice(under_way if under_way and self.chance.random() < 0.9 else bursts)
        verb = self.chance.choice(COURSE[burst.state] if self.chance.random() < 0.4 else list(VERBS))
        right, tried = VERBS[verb]
        by = self._somebody(right, burst)
        desk = Desk(self.office, by, burst, self.people, self.chance, self.time.at)
        refused = self._came_of(tried, desk)
        self._told(f"{by.user} {verb} {burst.key}: {refused or 'done'}")
        if not refused and self.chance.random() < 0.1:
            assert self._came_of(tried, desk), "the same delivery was carried out twice"

    def _came_of(self, tried: Verb, desk: Desk) -> str:
        """Why it was refused; empty when it was done."""
        self.numbers["acts"] += 1
        try:
            tried(desk)
        except Refused as refused:
            self.numbers["refused"] += 1
            return refused.code
        return ""

    def _somebody(self, right: Right, burst: Burst) -> Request:
        order = self.chance.sample(self.people, len(self.people))
        if self.chance.random() < 0.1:
            return self._by(order[0])
        with self.office.store.read() as unit:
            actors = [actor_for(unit, self.office, self._by(user)) for user in order]
        able = [one.user for one in actors if allows(right, one, burst)]
        return self._by((able or order)[0])

    def _by(self, user: str) -> Request:
        return Request(f"life:{next(self._keys)}", user, TEAM)

    def _everybody_is_known(self) -> None:
        with self.office.store.write() as unit:
            for user in self.people:
                zone = self.chance.choice(ZONES)
                person = Person(user, TEAM, user.lower(), user, zone, "", "", Standing.MEMBER, clock.now())
                unit.directory.put(person)

    # --- time ---

    def go_on(self) -> None:
        """Time passes until something is due, or for a while in which the sweep keeps up."""
        until = self.time.at + timedelta(minutes=self.chance.choice((0, 5, 30, 120, 600)))
        while (at := next_tick(self.office, self.time.at)) is not None:
            self._sweep_at(at)
            if at >= until:
                return
        self.time.at = until

    def _sweep_at(self, at: datetime) -> None:
        """The sweep has looked all the while, and finds something now."""
        self.time.at = at
        self._sweep()

    def _sweep(self, attendance: Attendance | None = None) -> None:
        self.numbers["rung"] += sweep(self.office, attendance)
        while (
            self.witness.something_is_due()
        ):  # what a clock that rang has set going is found at the next tick
            self.time.at += TICK
            rung = sweep(self.office)
            assert rung, "a clock that is due does not ring"
            self.numbers["rung"] += rung
        archive_due(self.office)
        self.witness.after_sweep()

    def sleep(self) -> None:
        """The bot is away for minutes or days, and makes up for it."""
        self._jump(minutes=self.chance.choice((3, 50, 700, 5000)))

    def set_back(self) -> None:
        """Somebody sets the machine's clock back."""
        self._jump(minutes=-self.chance.choice((1, 20, 90)))

    def _jump(self, minutes: int) -> None:
        """The next sweep is that of a process which finds by what was written down that it was away."""
        with self.office.store.write() as unit:
            unit.settings.put("swept_at", self.time.at.isoformat())
        self.time.at += timedelta(minutes=minutes)
        self._sweep(Attendance(self.office))

    # --- rest ---

    def calm(self) -> None:
        """Nothing fails, nobody acts, and everything is delivered: then people see how things stand."""
        self._sweep()
        self.postman.deliver_everything()
        self.witness.when_calm()

    def end(self) -> None:
        """Nobody works any more and every burst is withdrawn: then nothing may be left, held or asked."""
        self._told("the end")
        steering = self._by(next(user for user in self.people if self.office.programme().is_steering(user)))
        for burst in self.witness.bursts():
            if burst.state not in ENDED:
                _, cancel = VERBS["cancel"]
                cancel(
                    Desk(self.office, self._by(steering.user), burst, self.people, self.chance, self.time.at)
                )
        self.calm()
        while (at := next_tick(self.office, self.time.at)) is not None:
            self._sweep_at(at)
        self.time.at += timedelta(days=10)
        self.calm()
        self.witness.when_over()
        self.numbers["pings"] = self.witness.pings

    def _told(self, what: str) -> None:
        self.tell.append(f"{self.time.at:%m-%d %H:%M:%S} {what}")
