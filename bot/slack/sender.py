"""Delivers the outbox: claims intents, attempts them on a few threads, records what came of it.

Lanes run in parallel; within a lane the database gives out one intent at a time. Nothing is sent
inside a transaction. An intent that may not be sent for a moment yet keeps its lease and waits here,
without a thread; a longer wait goes back to the database.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event

import structlog

from bot import clock
from bot.errors import SlackFault
from bot.programme import Programme
from bot.slack.delivery import Tools
from bot.slack.faults import DeadCredentials, Paced
from bot.slack.gateway import Gateway, only_while
from bot.slack.pacing import TIERS
from bot.slack.sending.attempt import attempt
from bot.slack.sending.life import Holds, Life
from bot.slack.sending.settlement import Settlement, pauses
from bot.slack.sending.unrecorded import Unrecorded
from storage import Store
from storage.outbox import OutboxRow
from storage.terms import IntentState

log = structlog.get_logger(__name__)

LANES_AT_ONCE = 4
MOST_HELD = 32
HELD_FOR = 5.0
ASK_AGAIN_FOR = 30.0


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What became of intents during one drain; those still on their way are counted by the next."""

    delivered: int = 0
    dropped: int = 0
    postponed: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class _Flight:
    """A leased intent; ``tried`` as for ``attempt``, ``at`` (monotonic) is when it may be sent."""

    row: OutboxRow
    tried: bool
    holds: Holds
    at: float = 0.0


class Sender:
    """The outbox's way to Slack. ``drain`` is called again and again, by one thread at a time.

    ``holder`` names this process among those that share the database; ``on_settled`` is told the
    kind of each settled intent and its state.
    """

    def __init__(
        self,
        store: Store,
        gateway: Gateway,
        programme: Callable[[], Programme],
        *,
        holder: str,
        bot_user: str,
        on_settled: Callable[[str, str], None] = lambda kind, state: None,  # noqa: ARG005 - nobody counts
    ) -> None:
        self._store = store
        self._gateway = gateway
        self._holder = holder
        self._tools = Tools(gateway, store, programme, bot_user)
        self._on_settled = on_settled
        self._life = Life(store, holder, gateway.pacer)
        self._unrecorded = Unrecorded(store)
        self._pool = ThreadPoolExecutor(LANES_AT_ONCE, thread_name_prefix="sender")
        self._running: dict[Future[_Flight | Settlement], _Flight] = {}
        self._held: list[_Flight] = []
        self._untouched: dict[int, int] = {}
        self._closing = Event()
        self._dead: DeadCredentials | None = None
        self._ask_at = 0.0
        self._life.begin()
        for method, seconds in pauses(store, tuple(TIERS)).items():
            gateway.pacer.pause(method, seconds)

    def refused_credentials(self) -> str:
        """Why Slack does not take our token any more, in words; empty while it does."""
        return "" if self._dead is None else f"Slack refuses the bot token ({self._dead.code})"

    def beat(self) -> None:
        """Show that this process lives, and take over from those that do not; once a second."""
        self._life.beat()

    def drain(self, budget_for: timedelta) -> DrainReport:
        """Deliver what can be delivered, for at most ``budget_for`` of real time or until nothing is due.

        Never waits for a call that hangs: that goes on, and the next drain hears of it.
        """
        deadline = clock.monotonic() + budget_for.total_seconds()
        self._unrecorded.flush()
        tally: Counter[IntentState] = Counter()
        while True:
            now = clock.monotonic()
            going = now < deadline and self._may_send(now)
            launched = (self._launch_held(now) + self._launch_claimed()) if going else 0
            finished = self._collect(tally, until=deadline if going else now)
            # What has finished may have been in the way of the next of its lane.
            if not going or not (launched or finished or self._running or self._held):
                break
        return DrainReport(
            delivered=tally[IntentState.DONE],
            dropped=tally[IntentState.DROPPED],
            postponed=tally[IntentState.PENDING],
            parked=tally[IntentState.PARKED],
        )

    def close(self) -> None:
        """Let running calls finish, give back what waits, and leave nothing unrecorded that can be recorded."""
        self._closing.set()
        self._pool.shutdown(wait=True)
        self._collect(Counter(), until=clock.monotonic())
        for flight in self._held:
            self._unrecorded.record(_given_back(flight.row, 0.0))
        self._held.clear()
        self._unrecorded.flush()
        self._life.end()

    def _may_send(self, now: float) -> bool:
        if self._closing.is_set():
            return False
        if self._dead is None:
            return True
        if now >= self._ask_at:
            self._ask_at = now + ASK_AGAIN_FOR
            try:
                self._gateway.people.identity()
            except SlackFault as fault:
                log.error("credentials_refused", code=fault.code)  # noqa: TRY400 - the code says it all
                return False
            self._dead = None
        return self._dead is None

    def _launch_held(self, now: float) -> int:
        due = [flight for flight in self._held if flight.at <= now][: LANES_AT_ONCE - len(self._running)]
        for flight in due:
            self._held.remove(flight)
            self._launch(flight)
        return len(due)

    def _launch_claimed(self) -> int:
        free = LANES_AT_ONCE - len(self._running)
        if free <= 0 or len(self._held) >= MOST_HELD:
            return 0
        wall = clock.wall()
        with self._store.read() as unit:
            if not unit.outbox.any_due(wall):
                return 0
        holds = self._life.lease()
        with self._store.write() as unit:
            rows = unit.outbox.claim(self._holder, free, wall)
        for row in rows:
            self._launch(_Flight(row, self._was_tried(row), holds))
        return len(rows)

    def _was_tried(self, row: OutboxRow) -> bool:
        """Whether an earlier attempt may have taken effect: it failed somehow, or its process never said.

        A first claim has fence 1. Later ones are innocent only if it was this process that gave the
        intent back, and knows that nothing was sent.
        """
        innocent = row.fence == 1 or self._untouched.pop(row.id, None) == row.fence - 1
        return row.attempt > 0 or not innocent

    def _launch(self, flight: _Flight) -> None:
        self._running[self._pool.submit(self._fly, flight)] = flight

    def _fly(self, flight: _Flight) -> _Flight | Settlement:
        """In a thread of the pool: attempt and record; a flight that is to be held comes back."""
        try:
            with only_while(flight.holds):
                settlement = attempt(flight.row, self._tools, tried=flight.tried)
        except Paced as paced:
            seconds = paced.retry_after or 0.0
            if seconds <= HELD_FOR:
                return replace(flight, at=clock.monotonic() + seconds)
            settlement = _given_back(flight.row, seconds)
        except DeadCredentials as fault:
            self._dead = fault
            self._ask_at = clock.monotonic() + ASK_AGAIN_FOR
            settlement = _given_back(flight.row, 0.0)
        if settlement.untouched and not flight.tried:
            self._untouched[flight.row.id] = flight.row.fence
        self._unrecorded.record(settlement)
        return settlement

    def _collect(self, tally: Counter[IntentState], *, until: float) -> int:
        """Take in what has finished and say how much; first wait for that, or for what is held, ``until`` then."""
        wake = min([until, *(flight.at for flight in self._held)])
        patience = max(0.0, wake - clock.monotonic())
        if self._running:
            wait(self._running, timeout=patience, return_when=FIRST_COMPLETED)
        elif self._held:
            self._closing.wait(patience)
        finished = [future for future in self._running if future.done()]
        for future in finished:
            del self._running[future]
            found = future.result()
            if isinstance(found, _Flight):
                self._held.append(found)
            else:
                tally[found.state] += 1
                self._on_settled(found.row.kind.value, found.state.value)
        return len(finished)


def _given_back(row: OutboxRow, after: float) -> Settlement:
    return Settlement(row, IntentState.PENDING, after=after, attempt=row.attempt, untouched=True)
