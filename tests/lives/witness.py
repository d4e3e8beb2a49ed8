"""What must hold of several bursts, their rows, their outbox and what people see, whatever happened."""

from collections import Counter, defaultdict
from collections.abc import Collection

from bot import clock
from bot.operations.office import Office
from bot.operations.told import Account, accounts
from bot.operations.verify_clocks import verify_clocks
from bot.slack.sending.settlement import Settlement
from bot.taskforce import manners
from bot.taskforce.auditing.comparing import disagreements
from bot.taskforce.auditing.due_times import wrong_due_times
from bot.taskforce.auditing.watching import look
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import facts_of
from bot.taskforce.moot import is_moot
from bot.taskforce.terms import ENDED, ClockState
from bot.taskforce.told_clocks import Told
from storage import Unit
from storage.outbox import OutboxRow
from storage.posts import PostRow
from storage.terms import IntentState
from tests.lives.slack import Slack

WAITING = (IntentState.HELD, IntentState.PENDING, IntentState.LEASED)
ALL = 1_000_000


class Witness:
    """Looks at the database and at Slack; each check raises ``AssertionError`` in words."""

    def __init__(self, office: Office, slack: Slack) -> None:
        self._office = office
        self._slack = slack
        self._seen: dict[int, int] = {}  # the version of each burst that was looked at last
        self._waiting: dict[int, OutboxRow] = {}
        self.pings = 0

    def bursts(self) -> list[Burst]:
        """Every burst as it is stored."""
        with self._office.store.read() as unit:
            return list(unit.bursts.get_many(sorted(unit.log.tips())).values())

    # --- after each step ---

    def look(self) -> None:
        """Rows are what logs say, and the outbox asks nothing twice."""
        with self._office.store.read() as unit:
            changed = [one.id for one in self.bursts() if self._seen.get(one.id) != one.version]
            for account in accounts(unit, changed):
                self._seen[account.burst.id] = account.burst.version
                _rows_are_what_the_log_says(account)
                _nothing_runs_after_the_end(account.burst)
                _no_step_fires_twice(account)
            self._nothing_is_asked_twice(unit)
            self._nothing_was_lost(unit)

    def _nothing_is_asked_twice(self, unit: Unit) -> None:
        """At most one intent lives for each ping. What is asked anew later, of new evidence or a new promise, is another."""
        waiting = [row for row in unit.outbox.listed(WAITING, limit=ALL) if row.audience is not None]
        settled = self._settled(unit, waiting)
        lives = Counter(
            (row.burst_id, row.kind, row.audience, row.created_at, tuple(sorted(row.subject.items())))
            for row in waiting
            if row.id not in settled
        )
        twice = [one for one, times in lives.items() if times > 1]
        assert twice == [], f"a ping waits twice: {twice}"
        self._waiting |= {row.id: row for row in waiting}

    def _nothing_was_lost(self, unit: Unit) -> None:
        """What waited and waits no more was delivered, went along, or is wanted no more."""
        for id_ in [*self._waiting]:
            row = unit.outbox.get(id_)
            assert row is not None
            assert row.state is not IntentState.PARKED, f"given up: {row.parked_reason}"
            if row.state not in WAITING:
                del self._waiting[id_]
                self.pings += 1
            if row.state is IntentState.DROPPED:
                assert self._wanted_of(unit, [row]) == set(), f"{row} was dropped, and is wanted"

    # --- the sweep ---

    def something_is_due(self) -> bool:
        """Whether a clock waits for the sweep."""
        with self._office.store.read() as unit:
            return bool(unit.clocks.claim_due(clock.now(), 1))

    def after_sweep(self) -> None:
        """Everything that was due has been rung and let go, and the watchdog agrees."""
        now = clock.now()
        with self._office.store.read() as unit:
            assert not unit.holding.any_due(now), "something is still held that is due"
            for account in accounts(unit, sorted(unit.log.tips())):
                facts = account.facts
                assert facts is not None
                policy = account.policies[facts.policy or ""]
                assert list(look(account.burst, facts, policy, now)) == []

    # --- deliveries ---

    def wanted(self, row: OutboxRow) -> set[int]:
        """Of an intent and of what goes along with it, whatever still has something to say."""
        if row.audience is None:
            return set()
        with self._office.store.read() as unit:
            return self._wanted_of(unit, [row, *unit.holding.carried(row.id)])

    def delivered(
        self, row: OutboxRow, settlement: Settlement, wanted: Collection[int], *, stood: bool
    ) -> None:
        """What was wanted is told, once; what was not is not, unless the message ``stood`` there already."""
        assert settlement.state is not IntentState.PARKED, settlement.reason
        if row.audience is None:
            return
        assert len(self._slack.posted_as(str(row.id))) <= 1, "a ping is shown twice"
        if settlement.state is IntentState.DROPPED:
            assert not wanted or settlement.heir in wanted, f"{row} was dropped, and is wanted"
        if settlement.state is IntentState.DONE and row.audience not in self._slack.unreachable:
            with self._office.store.read() as unit:
                told = {id_ for id_ in wanted if (post := unit.posts.by_outbox(id_)) and self._stands(post)}
            assert wanted or stood, f"{row} was sent, and nobody wanted it"
            assert told == set(wanted), "something that goes along is not told"

    # --- rest ---

    def when_calm(self) -> None:
        """Everything is delivered: no message asks for what is not wanted any more."""
        with self._office.store.read() as unit:
            left = unit.outbox.listed((IntentState.PENDING, IntentState.LEASED), limit=ALL)
            assert left == [], "something is never delivered"
            self._everybody_heard(unit)
            for message in self._slack.messages:
                row = unit.outbox.get(int(message.op.partition(".")[0] or 0))
                if row is not None and row.kind is EffectKind.PING:
                    parts = [row, *unit.holding.carried(row.id)]
                    wanted = self._wanted_of(unit, parts)
                    live = {one.burst_id for one in parts if one.id in wanted or self._rests(unit, one)}
                    asked = {int(value.partition(":")[0]) for value in message.buttons}
                    assert asked <= live, f"“{message.shown.text}” ({row}) asks for what is over"
        self.look()

    def _everybody_heard(self, unit: Unit) -> None:
        """What reached nobody, though they can be reached, is wanted no more."""
        silent = [
            row
            for burst in self.bursts()
            for row in unit.holding.unheard(burst.id)
            if row.audience not in self._slack.unreachable
        ]
        lost = self._wanted_of(unit, silent)
        assert lost == set(), f"nobody heard {[row for row in silent if row.id in lost]}, and it is wanted"

    def when_over(self) -> None:
        """Nothing waits, nothing is held, and `burst clocks verify` finds nothing."""
        self.look()
        with self._office.store.read() as unit:
            assert unit.outbox.listed((*WAITING, IntentState.PARKED), limit=ALL) == []
            for burst in self.bursts():
                assert burst.state in ENDED
                assert all(report.sound for report in verify_clocks(unit, clock.now(), burst.id))

    def _rests(self, unit: Unit, row: OutboxRow) -> bool:
        """Whether the clock that it speaks of only stands still for a while."""
        burst = unit.bursts.get(row.burst_id or 0)
        clocks = burst.clocks if burst is not None else ()
        return any(
            one.state is ClockState.PAUSED and one.number == row.subject.get("clock") for one in clocks
        )

    def _stands(self, post: PostRow) -> bool:
        return self._slack.at(post.channel, post.ts) is not None

    def _wanted_of(self, unit: Unit, rows: list[OutboxRow]) -> set[int]:
        settled = self._settled(unit, rows)
        bursts = unit.bursts.get_many({row.burst_id for row in rows if row.burst_id is not None})
        return {
            row.id for row in rows if row.id not in settled and not _is_over(bursts[row.burst_id or 0], row)
        }

    def _settled(self, unit: Unit, rows: list[OutboxRow]) -> set[int]:
        known = {row.id: row for row in rows}
        return {
            id_
            for id_, by in unit.holding.settled_since(known)
            if manners.settles(by, id_, known[id_].subject, known[id_].audience)
        }


def _is_over(burst: Burst, row: OutboxRow) -> bool:
    if row.kind is EffectKind.POST_ESCALATION:
        return burst.state in ENDED
    return is_moot(burst, row.subject)


def _rows_are_what_the_log_says(account: Account) -> None:
    facts = account.facts
    assert facts is not None
    assert facts == facts_of(account.burst), "the log alone does not yield the state"
    found = [
        *disagreements(account.burst, facts, clock.now()),
        *wrong_due_times(account.entries, account.policies),
    ]
    assert found == [], f"rows and log disagree: {found}"


def _nothing_runs_after_the_end(burst: Burst) -> None:
    if burst.state in ENDED:
        assert all(one.state in {ClockState.MET, ClockState.DISARMED} for one in burst.clocks)
        assert all(one.wake_at is None for one in burst.clocks)


def _no_step_fires_twice(account: Account) -> None:
    """Each step of a clock fires once for each time at which that clock was to be due, under each policy."""
    told, policies = Told(), 0
    fired: defaultdict[tuple[object, ...], set[object]] = defaultdict(set)
    for entry in account.entries:
        policies += "policy" in entry.body
        for number in told.hear(entry.body):
            one = told.clock(number)
            for step in one.fired if one is not None else ():
                assert one is not None
                fired[number, step.step, one.due_at, policies].add(step.fired_at)
    twice = [what for what, times in fired.items() if len(times) > 1]
    assert twice == [], "a step fired twice for one due time"
