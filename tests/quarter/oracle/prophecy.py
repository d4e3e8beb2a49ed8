"""Everything that must happen in the quarter, foretold."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tests.quarter.acts import Act
from tests.quarter.happenings import Happening, could_not, did
from tests.quarter.oracle.book import Book
from tests.quarter.oracle.burst import Burst
from tests.quarter.oracle.doing import Impossible, do
from tests.quarter.oracle.looking import look, next_look
from tests.quarter.oracle.manners import Call, Listener
from tests.quarter.oracle.opening import opened
from tests.quarter.oracle.people import Cover, People
from tests.quarter.oracle.tale import Tale

POSTS = {"lead": "workstream_lead", "duty": "steering_duty", "deputy": "deputy"}


def foretold(book: Book, acts: Sequence[Act], until: datetime) -> list[Happening]:
    """What becomes of every act, and everything that is due before ``until``."""
    return Prophecy(book).all(acts, until)


class Prophecy:
    """Bursts as they go through the quarter. What people do is common time; each burst's looks are its own."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._people = People(book)
        self._told: list[Happening] = []
        self._calls: list[Call] = []
        self._tales: dict[int, Tale] = {}

    def all(self, acts: Sequence[Act], until: datetime) -> list[Happening]:
        """Let everything happen, in order."""
        for act in acts:
            # Covers are everybody's: what came before one must not know of it.
            for number in self._tales if act.burst == 0 else (act.burst,):
                if number in self._tales:
                    self._pass(self._tales[number], act.at)
            self._act(act)
        for tale in self._tales.values():
            self._pass(tale, until - timedelta(seconds=1))
        return [*self._told, *self._heard(until)]

    def _heard(self, until: datetime) -> Iterator[Happening]:
        """When people hear of what they were pinged about."""
        known = {number: tale.known for number, tale in self._tales.items()}
        by_user: defaultdict[str, list[Call]] = defaultdict(list)
        for call in self._calls:
            by_user[call.user].append(call)
        for user, calls in by_user.items():
            yield from Listener(user, self._people, known).hear(calls, until)

    def _pass(self, tale: Tale, until: datetime) -> None:
        while (at := next_look(tale)) is not None and at <= until:
            tale.by_hand = False
            look(tale, at)
            tale.by_hand = True

    def _act(self, act: Act) -> None:
        try:
            what = did(act.verb, self._done(act))
        except Impossible:
            what = could_not(act.verb, act.who)
        self._told.append(Happening(act.burst, act.at, what, act.at))

    def _done(self, act: Act) -> str:
        now = act.at
        if act.verb == "cover":
            return self._cover(act)
        if act.verb == "open":
            self._tales[act.burst] = opened(
                self._tale, self._book, act.burst, act.who, act.told["intake"], now
            )
            return act.who
        tale = self._tales[act.burst]
        user = self._user(tale, act.who, now)
        if user is None:
            raise Impossible
        do(tale, act.verb, user, act.told, now)
        return user

    def _tale(self, burst: Burst) -> Tale:
        return Tale(self._book, self._people, burst, self._told, self._calls)

    def _cover(self, act: Act) -> str:
        by, hours = act.told["by"], act.told["hours"]
        if by == act.who or self._people.cover_of(by, act.at) is not None:
            raise Impossible
        self._people.covers[act.who] = Cover(by, act.at, act.at + timedelta(hours=hours))
        return act.who

    def _user(self, tale: Tale, who: str, now: datetime) -> str | None:
        burst = tale.burst
        seats = {
            "owner": burst.owner,
            "clinical": burst.clinical,
            "technical": burst.technical,
            "raiser": burst.raiser,
        }
        if who in seats:
            return seats[who]
        if who in POSTS:
            return next(iter(tale.reach(POSTS[who], now)), None)
        if who == "checker":
            return next(iter(tale.signers("technical")), None)
        return self._people.user(who) if self._people.is_known(who) else who
