"""The bot's quarter beside the oracle's: counts by kind, and every difference as a short story."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tests.quarter.acts import Act
from tests.quarter.happenings import Happening

KINDS = ("warned", "missed", "step", "resumed", "ping", "told", "dropped", "card", "act", "refused")


@dataclass(frozen=True)
class Comparison:
    """What both say happened, and what only one of them does."""

    acts: Sequence[Act]
    bot: Collection[Happening]
    oracle: Collection[Happening]

    @property
    def missing(self) -> list[Happening]:
        """What was due and did not happen, in order."""
        return sorted((Counter(self.oracle) - Counter(self.bot)).elements())

    @property
    def extra(self) -> list[Happening]:
        """What happened and was not due, in order."""
        return sorted((Counter(self.bot) - Counter(self.oracle)).elements())

    def table(self) -> Iterator[str]:
        """How often each kind of thing was due, happened, was missing, was too much."""
        yield "| kind | due | happened | missing | extra |"
        yield "|---|---|---|---|---|"
        sets = [Counter(one.kind for one in found) for found in self._columns()]
        for kind in KINDS:
            yield f"| {kind} | " + " | ".join(f"{counts[kind]:,}" for counts in sets) + " |"

    def _columns(self) -> tuple[Collection[Happening], ...]:
        return (self.oracle, self.bot, self.missing, self.extra)

    def stories(self, most: int) -> Iterator[str]:
        """The first differences of the first bursts that have any: what people did, what was due, what happened."""
        missing, extra = self.missing, self.extra
        for burst in sorted({one.burst for one in (*missing, *extra)})[:most]:
            yield f"BURST-{burst}"
            ours = [one for one in (*missing, *extra) if one.burst == burst]
            first = min(one.at for one in ours)
            for act in self.acts:
                if act.burst == burst and act.at <= first:
                    yield f"  given    {act.at:%a %m-%d %H:%M:%S} {act.verb} by {act.who} {act.told}"
            for label, found in (("expected", missing), ("got", extra)):
                for one in [one for one in found if one.burst == burst][:6]:
                    yield f"  {label:8} {one.at:%a %m-%d %H:%M:%S} {one.what} (due {one.due:%a %m-%d %H:%M:%S})"
