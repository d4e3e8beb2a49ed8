"""When a ping may reach somebody: a table of ranks and minutes, and what never happens whatever is told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.taskforce.manners import SPACING_FOR, Ping, Sent, Verdict, arrange, attention, settles, verdict
from bot.taskforce.terms import ClockKind, Rank
from tests.unit.taskforce.cases import OWNER, at, opened

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
REMINDER, ASSIGNED, ASKED, MISSED, STEP, LATER_STEP = range(6)
NAMES = ("reminder", "assigned", "asked", "missed", "step", "later step")
QUIET = NOW + timedelta(hours=9)


def minutes(count: float) -> timedelta:
    """So many."""
    return timedelta(minutes=count)


def ping(weight: int, id_: int = 2, about: str = "1:", *, at_once: bool = False) -> Ping:
    """A ping of that rank."""
    return Ping(id_, weight, about, at_once)


def sent(weight: int, ago: float, about: str = "1:", id_: int = 1) -> Sent:
    """A ping that went so many minutes ago."""
    return Sent(ping(weight, id_, about), NOW - minutes(ago))


@pytest.mark.parametrize("new", range(6), ids=NAMES)
@pytest.mark.parametrize("old", range(6), ids=NAMES)
@pytest.mark.parametrize("ago", [0, 1, 9.99, 10, 11])
def test_equal_and_lower_ranks_wait_ten_minutes_and_higher_ones_overtake(
    old: int, new: int, ago: float
) -> None:
    """About the same clock, every rank against every other."""
    found = verdict(ping(new), [sent(old, ago)], quiet_until=None, now=NOW)
    if ago >= 10:
        assert found == Verdict()
    elif new > old:
        assert found == Verdict(overtakes=(1,))
    else:
        assert found == Verdict(until=NOW + minutes(10 - ago))


@pytest.mark.parametrize("question", [ASSIGNED, ASKED])
@pytest.mark.parametrize("old", range(6), ids=NAMES)
def test_a_question_about_something_else_is_asked_at_once(question: int, old: int) -> None:
    """Nobody's button is kept from them by a reminder, nor by a missed promise of another kind."""
    found = verdict(ping(question, about="4:sign_off"), [sent(old, 1, "2:")], quiet_until=None, now=NOW)
    assert found.until is None


@pytest.mark.parametrize("new", [MISSED, STEP, LATER_STEP])
def test_a_question_keeps_its_buttons_when_something_else_is_missed(new: int) -> None:
    """Only what speaks of the same clock takes its place."""
    asked = [sent(ASSIGNED, 1, "1:", id_=7), sent(ASKED, 1, "4:sign_off", id_=8)]
    assert verdict(ping(new, about="3:"), asked, quiet_until=None, now=NOW) == Verdict()
    assert verdict(ping(new, about="1:"), asked, quiet_until=None, now=NOW) == Verdict(overtakes=(7,))


def test_a_warning_of_a_short_promise_never_waits() -> None:
    """Not for what was sent, nor for the morning."""
    hurried = ping(REMINDER, at_once=True)
    assert verdict(hurried, [sent(STEP, 1)], quiet_until=QUIET, now=NOW) == Verdict()


def test_quiet_hours_hold_everything_else_until_they_end() -> None:
    """Questions too."""
    for weight in range(6):
        assert verdict(ping(weight), [], quiet_until=QUIET, now=NOW) == Verdict(until=QUIET)


def test_a_clock_that_was_set_back_keeps_nobody_waiting_for_long() -> None:
    """What seems to have been sent in five minutes counts as sent now; in hours, not at all."""
    soon, later = sent(MISSED, -5), sent(MISSED, -300)
    assert verdict(ping(MISSED), [soon], quiet_until=None, now=NOW) == Verdict(until=NOW + SPACING_FOR)
    assert verdict(ping(MISSED), [later], quiet_until=None, now=NOW) == Verdict()


def test_what_tells_goes_along_with_what_ranks_highest() -> None:
    """One message, led by the step."""
    pings = [ping(REMINDER, 1), ping(STEP, 2), ping(MISSED, 3, "3:")]
    (message,) = arrange(pings, [], quiet_until=None, now=NOW).messages
    assert message.lead.id == 2
    assert {one.id for one in message.along} == {1, 3}


def test_what_waits_is_taken_along_by_a_higher_rank() -> None:
    """The reminder would have waited nine minutes more."""
    pings = [ping(MISSED, 1), ping(STEP, 2)]
    found = arrange(pings, [sent(MISSED, 1, id_=9)], quiet_until=None, now=NOW)
    assert [(one.lead.id, [also.id for also in one.along]) for one in found.messages] == [(2, [1])]
    assert found.messages[0].overtakes == (9,)
    assert found.waiting == {}


def test_each_question_is_a_message_of_its_own() -> None:
    """And a reminder that comes with them waits behind them."""
    pings = [ping(ASKED, 1, "4:confirm"), ping(ASKED, 2, "4:sign_off"), ping(REMINDER, 3, "2:")]
    found = arrange(pings, [], quiet_until=None, now=NOW)
    assert sorted(one.lead.id for one in found.messages) == [1, 2]
    assert found.waiting == {3: NOW + SPACING_FOR}


def test_the_same_question_twice_is_one_message() -> None:
    """The newer one asks it."""
    (message,) = arrange([ping(ASKED, 1), ping(ASKED, 2)], [], quiet_until=None, now=NOW).messages
    assert (message.lead.id, [one.id for one in message.along]) == (2, [1])


def test_ranks_rise_from_reminder_to_the_last_step() -> None:
    """Later steps of a ladder outrank earlier ones; every rank has its weight."""
    burst = opened()
    clock = next(one for one in burst.clocks if one.kind is ClockKind.ACCEPT)
    steps = [step.id for step in burst.policy.steps[ClockKind.ACCEPT]]
    subjects: list[tuple[Rank, dict[str, str | int]]] = [
        (rank, {"clock": clock.number}) for rank in Rank if rank is not Rank.STEP
    ]
    subjects += [(Rank.STEP, {"clock": clock.number, "step": step}) for step in steps]
    weights = [attention(burst, OWNER.user, rank, subject).weight for rank, subject in subjects]
    assert weights == sorted(set(weights))


def test_an_overdue_question_is_asked_as_a_missed_promise() -> None:
    """It may then share a message with others."""
    burst = opened()
    late = replace(burst, clocks=tuple(replace(one, missed_at=at(60)) for one in burst.clocks))
    (missed, asked) = (attention(late, OWNER.user, rank, {"clock": 1}) for rank in (Rank.MISSED, Rank.ASKED))
    assert asked == missed


@pytest.mark.parametrize(("length", "hurried"), [(15, True), (30, True), (31, False), (0, False)])
def test_only_warnings_of_half_an_hour_or_less_are_hurried(length: int, hurried: bool) -> None:
    """A promise without a length is no short one."""
    burst = opened()
    timed = replace(burst, clocks=tuple(replace(one, total_for=minutes(length)) for one in burst.clocks))
    assert attention(timed, OWNER.user, Rank.REMINDER, {"clock": 1}).at_once is hurried
    assert not attention(timed, OWNER.user, Rank.MISSED, {"clock": 1}).at_once


@pytest.mark.parametrize(
    ("settled", "over"),
    [
        ({"clock": 4}, True),
        ({"clock": 5}, False),
        ({"clock": 4, "user": "U1", "ask": "sign_off"}, True),
        ({"clock": 4, "user": "U2", "ask": "sign_off"}, False),
        ({"clock": 4, "user": "U1", "ask": "confirm"}, False),
        ({"user": "U1", "overtaken": 7}, True),
        ({"user": "U1", "overtaken": 8}, False),
    ],
)
def test_what_is_settled_names_what_it_puts_out_of_date(settled: dict[str, str | int], over: bool) -> None:
    """A clock, a question to a person, or one message."""
    assert settles(settled, 7, {"clock": 4, "ask": "sign_off"}, "U1") is over


@dataclass
class Desk:
    """One person and one burst: pings come, time passes, and whatever may go goes."""

    sent: list[Sent]
    held: list[Ping]
    carried: set[int]

    def look(self, now: datetime) -> None:
        """Let go what may go."""
        found = arrange(self.held, self.sent, quiet_until=None, now=now)
        for message in found.messages:
            self.sent += [Sent(one, now) for one in (message.lead, *message.along)]
            self.carried |= {one.id for one in message.along}
        self.held = [one for one in self.held if one.id in found.waiting]
        assert all(until > now for until in found.waiting.values())

    def leads(self) -> Iterable[Sent]:
        """The messages that were sent, by what leads each."""
        return [one for one in self.sent if one.ping.id not in self.carried]


_ARRIVALS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 7), st.integers(1, 3), st.booleans()), max_size=25
)


@given(_ARRIVALS)
def test_nobody_is_told_twice_in_ten_minutes_and_nothing_is_lost(
    arrivals: list[tuple[int, int, int, bool]],
) -> None:
    """Of equal or lower rank, questions about different things and hurried warnings aside."""
    desk, now = Desk([], [], set()), NOW
    for id_, (passed, weight, clock, hurried) in enumerate(arrivals, 1):
        now += minutes(passed)
        desk.held.append(Ping(id_, weight, f"{clock}:", at_once=hurried and weight == REMINDER))
        desk.look(now)

    known = {one.ping.id for one in desk.sent} | {one.id for one in desk.held}
    assert known == set(range(1, len(arrivals) + 1))
    leads = sorted(desk.leads(), key=lambda one: (one.at, one.ping.id))
    hurried_at = {one.at for one in desk.sent if one.ping.at_once}
    for earlier in leads:
        for later in leads:
            if not timedelta() < later.at - earlier.at < SPACING_FOR or later.at in hurried_at:
                continue
            apart = later.ping.asks and later.ping.about != earlier.ping.about
            assert apart or later.ping.weight > earlier.ping.weight
