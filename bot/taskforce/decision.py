"""What a lifecycle function returns: the next burst, what to log, and what Slack must show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect
from bot.taskforce.terms import EntryKind

Detail: TypeAlias = "str | int | float | bool | Sequence[Detail] | Mapping[str, Detail] | None"

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the resolution log before it is chained.

    ``actor`` is a Slack user id or ``system``; ``body`` holds the free text and details, which can
    be erased later, while kind, actor, time and number stay.
    """

    kind: EntryKind
    actor: str
    at: datetime
    body: Mapping[str, Detail] = field(default_factory=dict)

    @property
    def showed_at(self) -> datetime:
        """What the clock showed: an entry's own time is never before the last one's, were the clock set back."""
        showed = self.body.get("clock_showed")
        return datetime.fromisoformat(showed) if isinstance(showed, str) else self.at


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one domain operation, applied by storage in one transaction.

    ``after.version`` is already one higher than the version that was loaded. The number of an entry
    in the log is ``before.log_count + position + 1``, so effects may name it.
    """

    before: Burst | None
    after: Burst
    entries: tuple[Entry, ...]
    effects: tuple[Effect, ...]
