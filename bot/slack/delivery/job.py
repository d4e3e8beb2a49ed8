"""One intent at the moment of its delivery: the burst as it stands now, and the tools at hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.operations.deliveries import Fact
from bot.operations.office import actor_of
from bot.programme import Programme
from bot.reports.labelling import labels_for
from bot.reports.labels import Labels
from bot.slack.gateway import Gateway
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Standing
from storage import Store
from storage.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Tools:
    """What every delivery works with. ``bot_user`` is the Slack user id of our bot."""

    gateway: Gateway
    store: Store
    programme: Callable[[], Programme]
    bot_user: str

    @property
    def steering_channel(self) -> str:
        """The steering cell's channel."""
        return self.programme().channels.steering

    @property
    def archive_channel(self) -> str:
        """Where summaries of closed bursts go."""
        return self.programme().channels.archive

    def workstream_channel(self, workstream: str) -> str | None:
        """Where a workstream talks; None when it has no channel or is no longer in the programme."""
        return self.programme().channels.workstream(workstream)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be delivered.

    ``tried`` says that an earlier attempt may have taken effect, so look first. ``keep`` records
    facts at once, for deliveries of several parts. ``now`` is policy time, aware UTC.
    """

    row: OutboxRow
    about: Burst | None
    tried: bool
    now: datetime
    tools: Tools
    keep: Callable[[tuple[Fact, ...]], None]

    def word(self, name: str) -> str:
        """The text that the intent's subject has under ``name``; empty when it has none."""
        return str(self.row.subject.get(name, ""))

    def number(self, name: str) -> int | None:
        """The number that the intent's subject has under ``name``."""
        value = self.row.subject.get(name)
        return value if isinstance(value, int) else None

    @property
    def burst(self) -> Burst:
        """The burst that the intent is about. Raises ``LookupError`` for one that is about none."""
        if self.about is None:
            raise LookupError(f"a {self.row.kind} without a burst")
        return self.about

    @property
    def labels(self) -> Labels:
        """What the burst's ids are called."""
        return self.labels_naming(())

    def labels_naming(self, others: Iterable[str]) -> Labels:
        """The same with the names of ``others``, who are not on the burst."""
        with self.tools.store.read() as unit:
            return labels_for(unit, self.tools.programme(), self.burst, others)

    def actor(self, user: str) -> Actor:
        """A person with their rights at this moment: what they are offered depends on these."""
        with self.tools.store.read() as unit:
            programme = self.tools.programme().with_covers(unit.covers.standing(self.now))
            known = unit.directory.get(user)
        return actor_of(programme, user, known.standing if known is not None else Standing.MEMBER, self.now)
