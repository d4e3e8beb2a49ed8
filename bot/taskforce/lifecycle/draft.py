"""A decision in the making: the next burst, its log entries and its effects, put together step by step."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.taskforce import ladder, manners, spoken, told_clocks
from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM, Decision, Detail, Entry
from bot.taskforce.effects import CELL, Attention, Effect, EffectKind, burst_lane, cell_lane, person_lane
from bot.taskforce.lifecycle import hold
from bot.taskforce.outage import Outage
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import EntryKind, Rank

# Card refreshes wait this long, in real time, so that several changes become one call.
CARD_DELAY_FOR = timedelta(seconds=2)
# A ping that comes so many seconds late says why.
WORTH_SAYING_FROM = 60

# What the steering cell's card says of a burst, besides its clocks.
_ON_CELL_CARD = ("state", "severity", "owner", "clinical_lead", "technical_lead", "taken_up_by")

__all__ = ["CARD_DELAY_FOR", "SYSTEM", "Draft"]


@dataclass(slots=True)
class Draft:
    """What is decided so far about one burst at one moment; ``done`` turns it into a ``Decision``."""

    before: Burst | None
    after: Burst
    now: datetime
    entries: list[Entry] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    outage: Outage | None = None
    late_because: Outage | None = None

    @classmethod
    def of(cls, burst: Burst, now: datetime, outage: Outage | None = None) -> "Draft":
        """A draft that changes nothing yet; ``outage`` is when the bot last could not keep promises."""
        return cls(burst, burst, now, outage=outage)

    def change(self, **fields: Any) -> None:
        """Give the next burst other values in these fields."""
        self.after = self.after.having(**fields)

    def log(self, kind: EntryKind, actor: str, /, **body: Detail) -> int:
        """Add an entry to the log; returns the number that it will have.

        One that is late because of the outage says so, and so do the pings that follow it.
        """
        late_seconds = body.get("late_seconds")
        if self.outage is not None and isinstance(late_seconds, int):
            promised_at = self.now - timedelta(seconds=late_seconds)
            explained = self.outage.explains(promised_at)
            body = {**body, **self.outage.told} if explained else body
            # People need no excuse for a moment.
            self.late_because = self.outage if explained and late_seconds >= WORTH_SAYING_FROM else None
        self.entries.append(Entry(kind, actor, self.now, body))
        return (self.before.log_count if self.before else 0) + len(self.entries)

    def effect(self, kind: EffectKind, **subject: str | int) -> None:
        """Intend something in the burst's own lane."""
        self.effects.append(Effect(kind, burst_lane(self.after.id), subject))

    def notice(self, entry: int) -> None:
        """Show the log entry with this number in the burst's channel."""
        self.effect(EffectKind.POST_NOTICE, entry=entry)

    def refresh_card(self) -> None:
        """Show the burst's state on its card, soon."""
        lane = burst_lane(self.after.id)
        self.effects.append(Effect(EffectKind.REFRESH_CARD, lane, {}, CARD_DELAY_FOR))

    def ping(self, users: Iterable[str | None], rank: Rank, **subject: str | int) -> None:
        """Tell these people in their DM; nobody is told twice."""
        why = self.late_because.named if self.late_because else {}
        for user in dict.fromkeys(user for user in users if user is not None):
            content = {"user": user, "rank": rank.value, **subject, **why}
            attention = manners.attention(self.after, user, rank, subject)
            self.effects.append(Effect(EffectKind.PING, person_lane(user), content, attention=attention))

    def cell(self, kind: EffectKind, **subject: str | int) -> None:
        """Intend something in the lane of the steering cell's card; a new card asks for its attention."""
        attention = Attention(CELL) if kind is EffectKind.POST_ESCALATION else None
        self.effects.append(Effect(kind, cell_lane(self.after.id), subject, attention=attention))

    def refresh_cell(self) -> None:
        """Bring the steering cell's cards about the burst up to date, if there may be any."""
        if self.before is not None and _may_be_before_cell(self.before):
            self.cell(EffectKind.REFRESH_ESCALATION)

    def settle(self, *clocks: ResponseClock | None) -> None:
        """What was sent about these clocks is out of date: say so where people see it."""
        for clock in clocks:
            if clock is not None:
                self.cell(EffectKind.SETTLE_PINGS, clock=clock.number)
                self._refresh_steps(clock)

    def take_back(self, *clocks: ResponseClock) -> None:
        """The same of clocks that are set aside now: what was sent about them may hold again."""
        for clock in clocks:
            self.cell(EffectKind.SETTLE_PINGS, **_set_aside(clock, self.now))
            self._refresh_steps(clock)

    def revive(self, clock: ResponseClock, since: datetime) -> None:
        """What was told of the clock until it was put off at ``since`` holds again: say so, also to who had not heard."""
        self.cell(EffectKind.REVIVE_PINGS, **_set_aside(clock, since))
        self._refresh_steps(clock)

    def correct(self, *clocks: ResponseClock) -> None:
        """What was sent about these clocks still holds and names a due time that has moved: name the new one."""
        for clock in clocks:
            self.cell(EffectKind.REFRESH_PINGS, clock=clock.number)

    def _refresh_steps(self, clock: ResponseClock) -> None:
        for step in clock.fired:
            if ladder.asks_cell(self.after, step):
                self.cell(EffectKind.REFRESH_ESCALATION, clock=clock.number, step=step.step)

    def settle_for(self, user: str, clock: ResponseClock) -> None:
        """What was sent to this person about the clock is out of date, and nobody else's."""
        self.cell(EffectKind.SETTLE_PINGS, clock=clock.number, user=user)

    def done(self) -> Decision:
        """The decision: version and log count one further, every clock's next wake-up known."""
        self.after = hold.without_cause(self.after, self.now)
        self._settle_silenced()
        self._refresh_cell_if_it_shows()
        burst = ladder.with_wakes(self.after, self.now)
        version = self.before.version + 1 if self.before else 1
        count = (self.before.log_count if self.before else 0) + len(self.entries)
        self.after = burst.having(version=version, log_count=count)
        return Decision(self.before, self.after, self._complete_entries(), tuple(self.effects))

    def _settle_silenced(self) -> None:
        """What was sent about clocks that say nothing any more is out of date, however that came about."""
        if self.before is None:
            return
        said = [effect.subject for effect in self.effects if effect.kind is EffectKind.SETTLE_PINGS]
        self.settle(
            *(one for one in spoken.silenced(self.before, self.after) if {"clock": one.number} not in said)
        )

    def _refresh_cell_if_it_shows(self) -> None:
        """The cell's cards say who has the burst and how it stands, and offer what fits that: also when it is over."""
        before, after = self.before, self.after
        is_refreshed = any(effect.kind is EffectKind.REFRESH_ESCALATION for effect in self.effects)
        if not is_refreshed and any(
            getattr(before, name, None) != getattr(after, name) for name in _ON_CELL_CARD
        ):
            self.refresh_cell()

    def _complete_entries(self) -> tuple[Entry, ...]:
        """The last entry also says what became of the state, the policy and the clocks: the log tells everything."""
        if not self.entries:
            return ()
        changes: dict[str, Detail] = {}
        if self.before is None or self.before.state is not self.after.state:
            changes["state"] = self.after.state.value
        if self.before is None or self.before.policy is not self.after.policy:
            changes["policy"] = self.after.policy.digest
        told = told_clocks.changes(self.before.clocks if self.before else (), self.after.clocks)
        if told:
            changes["clocks"] = told
        last = self.entries[-1]
        return (*self.entries[:-1], replace(last, body={**last.body, **changes}))


def _set_aside(clock: ResponseClock, at: datetime) -> dict[str, str | int]:
    """What one time of setting a clock aside is known by, to take it back and to revive it."""
    return {"clock": clock.number, "set_aside": at.isoformat()}


def _may_be_before_cell(burst: Burst) -> bool:
    """Whether a step may have put the burst before the steering cell, perhaps before a due time moved."""
    fired = (step for clock in burst.clocks for step in clock.fired)
    return (
        bool(burst.extensions)
        or any(clock.set_aside for clock in burst.clocks)
        or any(ladder.asks_cell(burst, step) or ladder.step_by_id(burst, step.step) is None for step in fired)
    )
