"""A burst with everything around it, and what is told of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.quarter.happenings import TICK, Happening, climbed, pinged
from tests.quarter.oracle.book import Book, Step
from tests.quarter.oracle.burst import Burst, is_leading
from tests.quarter.oracle.manners import RANKS, SHORT_SECONDS, Call, Known
from tests.quarter.oracle.people import People
from tests.quarter.oracle.promise import Fired, Promise

TWO_SIGN = ("sev1", "sev2")
SUBSTANTIVE_FROM = 20


@dataclass
class Tale:
    """One burst, the programme and its people, and ``told``, to which everything that happens is added."""

    book: Book
    people: People
    burst: Burst
    told: list[Happening]
    calls: list[Call]
    known: Known = field(default_factory=Known)
    by_hand: bool = True

    def tell(self, now: datetime, what: str, due: datetime | None = None) -> None:
        """It happens now, and was due then."""
        self.told.append(Happening(self.burst.number, now, what, due or now))

    def ping(
        self,
        now: datetime,
        users: Iterable[str | None],
        rank: str,
        about: str,
        asked: tuple[Promise, Fired] | None = None,
    ) -> None:
        """Each of them is pinged, once, about the last clock of a kind or of a question, or about a step."""
        people = list(dict.fromkeys(user for user in users if user is not None))
        if not people:
            return
        kind = "sign_off" if about == "confirm" else about
        clock = asked[0] if asked else [one for one in self.burst.clocks if one.kind == kind][-1]
        overdue = rank in ("assigned", "asked") and clock.missed is not None
        weight = RANKS.index("missed" if overdue else rank)
        if asked:
            weight += [step.name for step in clock.steps(self.burst.terms)].index(asked[1].step.name)
        is_short = rank == "reminder" and 0 < clock.length <= SHORT_SECONDS
        ready = now + TICK if self.by_hand else now
        step = asked[1] if asked else None
        for user in people:
            self.tell(now, pinged(user, rank, about))
            self.calls.append(
                Call(self.burst.number, now, ready, user, rank, about, clock, weight, is_short, step)
            )

    def reach(self, word: str, now: datetime) -> list[str]:
        """Whom a word of a ladder means at this moment. Raises ``LookupError`` for one that means nobody."""
        burst, people = self.burst, self.people
        if word.startswith("role:"):
            return people.first_in_line(word.removeprefix("role:"), burst.sites, now)
        means: Mapping[str, Callable[[], Iterable[str | None]]] = {
            "owner": lambda: people.seated(burst.owner, now),
            "deputy": lambda: [user for user in self._line(now) if user != burst.owner][:1],
            "workstream_lead": lambda: people.leads(burst.stream, now)[:1],
            "clinical_lead": lambda: people.seated(burst.clinical, now),
            "technical_lead": lambda: people.seated(burst.technical, now),
            "programme_manager": lambda: people.post(self.book.file[word], now),
            "sponsor": lambda: people.post(self.book.file[word], now),
            "steering_duty": lambda: [people.duty(now)],
            "vendor_contact": lambda: [user for key in burst.vendors for user in people.post(key, now)],
            "steering_cell": lambda: people.cell(now),
            "safety_officer": lambda: people.fillers("safety", burst.sites, now)[:1],
        }
        return [user for user in means[word]() if user is not None]

    def _line(self, now: datetime) -> list[str]:
        """Everybody in line for the owner's role."""
        return self.people.fillers(self.burst.owner_role, self.burst.sites, now)

    def fire(self, clock: Promise, step: Step, due: datetime, now: datetime) -> None:
        """A step fires: its people are told, those who know are brought, the steering cell has its card."""
        reached = dict.fromkeys(user for word in step.notify for user in self.reach(word, now))
        brought = dict.fromkeys(user for role in step.bring for user in self.reach(f"role:{role}", now))
        fired = Fired(step, due, now, tuple(reached), clock.held(now), now)
        clock.fired.append(fired)
        self.tell(now, climbed(step.name, reached, brought), due)
        self.ping(now, reached, "step", step.name, (clock, fired))
        self._let_in(reached, now)
        for role in step.bring:
            for user in self.reach(f"role:{role}", now):
                self.burst.members.setdefault(user, role)
        self.ping(now, [user for user in brought if user not in reached], "step", step.name, (clock, fired))
        if reached and "steering_cell" in step.notify:
            self.tell(now, f"card {step.name}")

    def say_again(self, clock: Promise, due: datetime, fired: Fired, number: int, now: datetime) -> None:
        """A step is said again, to those who are silent."""
        fired.said = now
        self.tell(now, climbed(fired.step.name, fired.silent, (), number), due)
        self.ping(now, fired.silent, "step", fired.step.name, (clock, fired))

    def _let_in(self, reached: Iterable[str], now: datetime) -> None:
        """Whoever is asked about a private burst stays its reader; the steering cell reads what it likes."""
        if self.burst.private:
            cell = self.people.cell(now)
            for user in reached:
                if user not in cell and not is_leading(self.burst, user):
                    self.burst.members.setdefault(user, "")

    # --- Who may sign, and is asked to

    def signers(self, seat: str) -> list[str]:
        """Who may sign off for a seat; never the owner."""
        burst = self.burst
        barred = (burst.owner, burst.clinical)
        if seat == "clinical":
            return [burst.clinical] if burst.clinical not in (None, burst.owner) else []
        if burst.technical is not None and burst.technical not in barred:
            return [burst.technical]
        return [
            user
            for user, role in burst.members.items()
            if role in burst.technical_roles and user not in barred
        ]

    def awaited(self) -> list[str]:
        """The seats whose sign-off is still to come."""
        seats = ("clinical", "technical") if self.burst.severity in TWO_SIGN else ("clinical",)
        return [seat for seat in seats if seat not in self.burst.signed]

    def awaited_users(self) -> list[str]:
        """Everybody who may give a sign-off that is still to come."""
        return [user for seat in self.awaited() for user in self.signers(seat)]

    def ask_signers(self, now: datetime, asked: Collection[str] = ()) -> None:
        """They are asked, but those who were ``asked`` already."""
        users = [user for user in self.awaited_users() if user not in asked]
        self.ping(now, users, "asked", "sign_off")

    # --- What changes its promises

    def staff(self, now: datetime) -> None:
        """While a seat is empty the promise to fill it runs."""
        burst = self.burst
        is_short = None in (burst.owner, burst.clinical, burst.technical)
        running = burst.running("staffing")
        if is_short and running is None and burst.is_live:
            burst.arm("staffing", burst.terms.accept, now)
        elif running is not None and not is_short:
            running.over(now)

    def assign(self, user: str, now: datetime) -> None:
        """Somebody else is the owner, and has to accept."""
        burst = self.burst
        burst.end(now, "accept")
        burst.owner, burst.is_accepted = user, False
        burst.state = "paused" if burst.state == "paused" else "open"
        burst.arm("accept", burst.terms.accept, now)
        self.staff(now)
        burst.members.setdefault(user, "")
        self.ping(now, [user], "assigned", "accept")

    def say(self, user: str, text: str, now: datetime, *, shows: bool = False) -> None:
        """Somebody says something, or ``shows`` something new. News is what is long enough and was not said before."""
        burst = self.burst
        known = " ".join(text.casefold().split())
        is_news = len(text) >= SUBSTANTIVE_FROM and known not in burst.said
        if is_news:
            burst.said.add(known)
        if burst.is_live and (is_news or shows):
            held = burst.running("take_up")
            if held is not None:
                held.over(now)
                burst.arm("take_up", held.promise, now)
            burst.expect_news(now)
        self.work(user, now)

    def work(self, user: str, now: datetime) -> None:
        """Somebody does something: they have answered whatever they were asked."""
        burst = self.burst
        if not burst.is_live:
            return
        self.answer(user, now)
        if burst.state == "accepted":
            burst.state = "working"

    def answer(self, user: str, now: datetime, *, by_take_up: bool = False) -> None:
        """Whatever the user was asked by a ladder that runs is answered."""
        for clock in self.burst.clocks:
            for fired in clock.asked if clock.is_running else ():
                fired.answer(user, now, by_take_up=by_take_up)

    def end_take_up(self, now: datetime) -> None:
        """Nobody looks after it any more, and having taken it up is no answer any more."""
        burst = self.burst
        burst.end(now, "take_up")
        burst.taken_by = None
        for clock in burst.clocks:
            clock.release(now)
            for fired in clock.asked:
                fired.answers = {user: False for user, by_take_up in fired.answers.items() if not by_take_up}

    def end_pause(self, now: datetime) -> None:
        """The resolve clock goes on where it stood."""
        burst = self.burst
        burst.end(now, "pause")
        resolve = burst.running("resolve")
        if resolve is not None:
            resolve.go_on(now)
        burst.state = "working" if burst.is_accepted else "open"

    def go_on(self, now: datetime) -> None:
        """Work goes on after a resolution that did not hold."""
        burst = self.burst
        for clock in burst.clocks:
            if clock.kind in ("resolve", "milestone"):
                clock.go_on(now)
        burst.aim(now, now)
        burst.expect_news(now)
        if not burst.is_accepted and burst.owner is not None:
            burst.arm("accept", burst.terms.accept, now)
        burst.state = "working" if burst.is_accepted and burst.owner is not None else "open"
        burst.signed.clear()
        burst.raiser_said = False
        self.staff(now)

    def settle(self, now: datetime) -> None:
        """A take-up that holds nothing any more is over."""
        burst = self.burst
        if burst.taken_by is not None and not any(clock.held_since for clock in burst.clocks):
            self.end_take_up(now)
        for clock in burst.clocks:
            self._silence(clock, now)
        burst.seen = now

    def _silence(self, clock: Promise, now: datetime) -> None:
        """What the end of a pause or a stale take-up told is over with the work, and when there is another one."""
        burst = self.burst
        another = {"pause": burst.state == "paused", "take_up": burst.taken_by is not None}.get(clock.kind)
        if another is None or clock.is_running:
            return
        is_silent = another or not burst.is_live
        if is_silent and not clock.is_silent:
            clock.silenced.append(now)
        clock.is_silent = is_silent
