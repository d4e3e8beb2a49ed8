"""What holds of a burst's ledger at any moment, counted again from what else the log says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.taskforce.burst import Burst
from bot.taskforce.causes import suggest
from bot.taskforce.decision import Entry
from bot.taskforce.delay import delay_of
from bot.taskforce.ledger import Phase, ledger_of
from bot.taskforce.terms import EntryKind, State

# Which phases the states that every decision writes into the log may be in.
_PHASES = {
    State.OPEN: frozenset({Phase.UNASSIGNED, Phase.UNACCEPTED}),
    State.ACCEPTED: frozenset({Phase.MOBILISING, Phase.WORKING}),
    State.WORKING: frozenset({Phase.MOBILISING, Phase.WORKING}),
    State.PAUSED: frozenset({Phase.WAITING}),
    State.RESOLVED: frozenset({Phase.VERIFYING}),
}


def every_moment_is_in_the_phase_of_its_state(burst: Burst, log: Sequence[Entry], now: datetime) -> None:
    """The state is one account of the time, the ledger another: they agree on the length of everything."""
    counted = dict.fromkeys(_PHASES.values(), timedelta())
    state = State.OPEN
    for entry, until in zip(log, [*(later.at for later in log[1:]), max(now, log[-1].at)], strict=True):
        state = State(str(entry.body.get("state", state)))
        if state in _PHASES:
            counted[_PHASES[state]] += until - entry.at
    ledger = ledger_of(log, now)
    assert {phases: ledger.spent_in(*phases) for phases in counted} == counted
    assert ledger.life_for == sum(counted.values(), timedelta())
    assert state == burst.state


def the_past_stays_as_it_was(_burst: Burst, log: Sequence[Entry], now: datetime) -> None:
    """What is logged later moves nothing that lies before it, and adds to every sum."""
    earlier = log[: len(log) * 2 // 3]
    if not earlier:
        return
    until = log[len(earlier)].at if len(earlier) < len(log) else now
    before, after = ledger_of(earlier, until), ledger_of(log, max(now, log[-1].at))
    past = tuple(part for one in after.stretches if (part := one.within(log[0].at, until)))
    assert past == before.stretches
    assert all(after.totals[key] >= length for key, length in before.totals.items())


def what_was_lost_is_put_down_to_causes(burst: Burst, log: Sequence[Entry], now: datetime) -> None:
    ledger = ledger_of(log, now)
    delay = delay_of(burst, log, ledger, now)
    assert sum((share.wall_for for share in delay.shares), timedelta()) == delay.wall_for
    assert sum((share.net_for for share in delay.shares), timedelta()) == delay.net_for
    assert all(share.wall_for >= timedelta() <= share.net_for for share in delay.shares)
    assert delay.net_for <= delay.wall_for <= ledger.life_for


def hand_offs_fit_into_the_life(_burst: Burst, log: Sequence[Entry], now: datetime) -> None:
    ledger = ledger_of(log, now)
    assert timedelta() <= ledger.dwell_for <= ledger.life_for


@dataclass(frozen=True, slots=True)
class Erased:
    """An entry as storage reads it after its body was erased."""

    kind: EntryKind
    actor: str
    at: datetime
    body: None = None


def what_is_erased_takes_no_time_away(burst: Burst, log: Sequence[Entry], now: datetime) -> None:
    """Whichever bodies are gone: as long a life, as much lost, all of it put down to something."""
    some = [
        entry if position % 3 == len(log) % 3 else Erased(entry.kind, entry.actor, entry.at)
        for position, entry in enumerate(log)
    ]
    whole, left = ledger_of(log, now), ledger_of(some, now)
    assert left.life_for == whole.life_for
    assert left.spent_in(Phase.VERIFYING) == whole.spent_in(Phase.VERIFYING)
    assert left.spent_in(Phase.WAITING) == whole.spent_in(Phase.WAITING)
    lost, before = delay_of(burst, some, left, now), delay_of(burst, log, whole, now)
    assert (lost.wall_for, lost.net_for) == (before.wall_for, before.net_for)
    assert sum((share.wall_for for share in lost.shares), timedelta()) == lost.wall_for
    suggest(burst, some, now=now)


ACCOUNTS = (
    every_moment_is_in_the_phase_of_its_state,
    the_past_stays_as_it_was,
    what_was_lost_is_put_down_to_causes,
    hand_offs_fit_into_the_life,
    what_is_erased_takes_no_time_away,
)
