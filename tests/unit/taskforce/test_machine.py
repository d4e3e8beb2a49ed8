"""Anything that people, time and Slack can do to a burst, in any order, and what holds all the while."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.auditing.comparing import disagreements
from bot.taskforce.auditing.due_times import wrong_due_times
from bot.taskforce.burst import Burst, ChecklistItem, Place
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.lifecycle import Candidate, Exposure, facts_of, replay
from bot.taskforce.permissions import Actor, Right, allows
from bot.taskforce.policy import Policy
from bot.taskforce.terms import Severity, State
from tests.unit.taskforce.always import ALWAYS
from tests.unit.taskforce.attempts import NEXT, PEOPLE, POLICIES, USERS, VERBS, Attempt
from tests.unit.taskforce.cases import NOON, OWNER, REACH, TECHNICAL, opening
from tests.unit.taskforce.chronicle import HORIZON, Chronicle, check_pings, check_steps

# Those that the stopwatch is for.
MOVES = ("pause", "pause", "resume", "change_severity", "take_up", "extend", "post_update", "answer_request")
NUMBERS = st.lists(st.integers(0, 59), min_size=4, max_size=4)


class BurstMachine(RuleBasedStateMachine):
    """One burst among people who try everything, while its clocks ring on time or late."""

    burst: Burst

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.log: list[Entry] = []
        self.policies: dict[str, Policy] = {}  # every one that the burst ever had, by digest
        self.chronicle = Chronicle()

    @initialize(
        severity=st.sampled_from(list(POLICIES)),
        private=st.booleans(),
        owner=st.sampled_from([OWNER.user, None]),
        technical=st.sampled_from([TECHNICAL.user, OWNER.user, None]),
        missing=st.booleans(),
        workaround=st.sampled_from(["none", "none", "partial"]),
        needed_on=st.sampled_from([None, date(2026, 3, 2), date(2026, 3, 5)]),
    )
    def open(
        self,
        severity: Severity,
        private: bool,
        owner: str | None,
        technical: str | None,
        missing: bool,
        workaround: str,
        needed_on: date | None,
    ) -> None:
        opened = opening(
            severity=severity,
            policy=POLICIES[severity],
            private=private,
            owner=owner,
            technical_lead=technical,
            checklist=(ChecklistItem(0, "Tell privacy", "conditional:phi", blocks_closure=True),),
            missing=("Device",) if missing else (),
            workaround=workaround,
            needed_on=needed_on,
        )
        self.take(lifecycle.open_burst(opened, now=self.now), None)

    def take(self, decision: Decision, before: Burst | None) -> None:
        """Apply a decision as storage does, checking what every decision promises."""
        after = decision.after
        assert decision.before == before
        assert after.version == (before.version if before else 0) + 1
        assert after.log_count == (before.log_count if before else 0) + len(decision.entries)
        if before is not None and facts_of(before) != facts_of(after):
            assert decision.entries, "a change without an entry"
        numbers = range((before.log_count if before else 0) + 1, after.log_count + 1)
        for effect in decision.effects:
            if "entry" in effect.subject:
                assert effect.subject["entry"] in numbers, "a notice about another decision's entry"
            if "clock" in effect.subject:
                assert 1 <= int(effect.subject["clock"]) <= len(after.clocks)
        assert sum("entry" in effect.subject for effect in decision.effects) <= 1, "one notice is enough"
        check_steps(decision, self.now)
        check_pings(decision)
        self.chronicle.take(decision, self.now)
        self.log += decision.entries
        self.policies[after.policy.digest] = after.policy
        self.burst = after

    # --- people ---

    @rule(verb=st.sampled_from(list(VERBS)), numbers=NUMBERS, honest=st.sampled_from([True, True, False]))
    def somebody_tries(self, verb: str, numbers: Sequence[int], honest: bool) -> None:
        """Mostly somebody who may, sometimes anybody: it works for those who may, else it is refused in words."""
        before = self.burst
        right, attempt = VERBS[verb]
        everybody = (*PEOPLE, *(Actor(user) for user in (before.owner,) if user is not None))
        able = [person for person in everybody if honest and allows(right, person, before)]
        among = able or everybody
        actor = among[numbers[0] % len(among)]
        try:
            decision = attempt(Attempt(before, actor, self.now, numbers))
        except Refused as refused:
            self.answer(refused)
            return
        assert allows(right, actor, before), f"{actor.user} may not {verb}"
        if decision.after.severity > before.severity:
            assert allows(Right.LOWER_SEVERITY, actor, before), f"{actor.user} may not lower"
        self.take(decision, before)

    @rule(numbers=NUMBERS, again=NUMBERS)
    def it_takes_its_course(self, numbers: Sequence[int], again: Sequence[int]) -> None:
        """Whatever comes next in a burst's life is done by somebody who may."""
        course = {
            State.OPEN: ("accept", "hand_over"),
            State.ACCEPTED: ("post_update", "add_evidence"),
            State.WORKING: ("add_evidence", "add_evidence", "tick", "resolve"),
            State.PAUSED: ("resume",),
            State.RESOLVED: ("sign_off", "sign_off"),
            State.CLOSED: ("keep_open", "reopen"),
            State.ARCHIVED: ("note_reopened",),
        }
        for position, verb in enumerate(course[self.burst.state]):
            before, chosen = self.burst, numbers if position % 2 else again
            self.somebody_tries(verb, [number + position for number in chosen], honest=True)
            if verb == "accept" and self.burst is not before:
                return  # to hand it over again at once would keep it from ever being worked on

    @rule(verb=st.sampled_from(MOVES), numbers=NUMBERS)
    def somebody_moves_a_clock(self, verb: str, numbers: Sequence[int]) -> None:
        """What starts, stops and moves clocks is done more often than its share of all verbs."""
        self.somebody_tries(verb, numbers, honest=True)

    # --- time ---

    @precondition(lambda self: self.now < HORIZON)
    @rule(minutes=st.sampled_from([1, 7, 20, 45, 120, 600, 3000]))
    def time_passes_and_the_sweep_keeps_up(self, minutes: int) -> None:
        until = self.now + timedelta(minutes=minutes)
        while (due := min(self.awaited(), default=None)) is not None and due[0] <= until:
            self.now = max(self.now, due[0])
            self.ring(due[1])
        self.now = until

    @precondition(lambda self: self.now < HORIZON)
    @rule(minutes=st.sampled_from([30, 500, 5000]))
    def the_bot_sleeps_and_makes_up_for_it(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        rounds = 0
        while behind := [number for wake_at, number in self.awaited() if wake_at <= self.now]:
            rounds += 1
            assert rounds <= 3, "a clock that rings has nothing left to do"
            for number in behind:
                self.ring(number)

    def awaited(self) -> list[tuple[datetime, int]]:
        return [(clock.wake_at, clock.number) for clock in self.burst.clocks if clock.wake_at is not None]

    def ring(self, number: int) -> None:
        before = self.burst
        self.take(lifecycle.ring(before, number, REACH, now=self.now), before)

    # --- Slack, and what happens to people ---

    @rule(what=st.integers(0, 6), user=st.sampled_from(USERS), channel=st.sampled_from(["C1", "C2"]))
    def something_happens(self, what: int, user: str, channel: str) -> None:
        burst, now = self.burst, self.now
        successor = Candidate(NEXT.user) if channel == "C1" else None
        events: tuple[Callable[[], Decision], ...] = (
            lambda: lifecycle.vacate(burst, user, "Gone", successor, now=now),
            lambda: lifecycle.leave(burst, user, now=now),
            lambda: lifecycle.move_to(burst, Place(channel, ours=user > "U_M"), "So", now=now),
            lambda: lifecycle.lose_place(burst, "Gone", now=now),
            lambda: lifecycle.note_refusal(burst, "pins.add", channel, now=now),
            lambda: lifecycle.mark_archived(burst, now=now),
            lambda: lifecycle.note_exposed(
                burst, Exposure(channel, "1.2", "", user, ("mrn",), channel == "C1", (NEXT.user,)), now=now
            ),
        )
        self.tell(events[what])

    def answer(self, refused: Refused, *expected: str) -> None:
        """A refusal is a sentence for a person, with a code for us."""
        assert refused.message.endswith((".", "`"))
        assert refused.code in (expected or {refused.code})

    def tell(self, act: Callable[[], Decision]) -> None:
        """Somebody other than a person says something that may be known already."""
        before = self.burst
        try:
            decision = act()
        except Refused as refused:
            self.answer(refused, "already_done", "wrong_state", "too_early", "same_person", "clinical_lead")
            return
        self.take(decision, before)

    # --- what always holds ---

    @invariant()
    def what_always_holds_does(self) -> None:
        for holds in ALWAYS:
            holds(self.burst, self.log, self.now)

    @invariant()
    def every_due_time_follows_from_the_log(self) -> None:
        assert list(wrong_due_times(self.log, self.policies)) == []
        assert list(disagreements(self.burst, replay(self.log), self.now)) == []

    @invariant()
    def the_clocks_agree_with_a_stopwatch(self) -> None:
        self.chronicle.check(self.burst, self.now)


TestBurst = BurstMachine.TestCase
# A failing life is told as it was drawn: making sixty acts fewer takes longer than a test may.
TestBurst.settings = settings(
    max_examples=80,
    stateful_step_count=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
