"""Whether resolution logs are what was logged: every chain, and every anchor of it that is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from bot.errors import BotError
from bot.taskforce.anchoring import Anchor, verify
from bot.taskforce.tampering import Finding, Tip
from storage import Unit
from storage.portable import Wanted

_NO_LOG = Tip(0, "")


@dataclass(frozen=True, slots=True)
class LogReport:
    """One burst's log: its entries, how many were erased, how many an anchor pins, and what is wrong."""

    burst_id: int
    entries: int
    erased: int
    anchored: int
    findings: tuple[Finding, ...]

    @property
    def key(self) -> str:
        """The burst's key."""
        return f"BURST-{self.burst_id}"


def verify_logs(
    unit: Unit, copied: Mapping[int, Sequence[Anchor]], key: bytes | None, only: int | None = None
) -> Iterator[LogReport]:
    """Verify every log, or that of burst ``only``, against the database's anchors and those ``copied`` away.

    ``key`` is the installation's, under which anchors are sealed. A burst that only anchors know has lost
    its whole log. Raises ``BotError`` for a burst that nobody knows, and for anchors without a key.
    """
    if only is not None and only not in copied and unit.log.tip(only) is None:
        raise BotError(f"There is no BURST-{only}.")
    for burst_id in _known(unit, copied) if only is None else [only]:
        anchors = (*unit.log.anchors(burst_id), *copied.get(burst_id, ()))
        if anchors and key is None:
            raise BotError("There are anchors, and no key to verify them with; name it with --anchor-key")
        rows = unit.log.rows(burst_id)
        yield LogReport(
            burst_id,
            entries=len(rows),
            erased=sum(row.erased for row in rows),
            anchored=max((anchor.entry_count for anchor in anchors), default=0),
            findings=verify(rows, unit.log.tip(burst_id) or _NO_LOG, anchors, key or b""),
        )


def _known(unit: Unit, copied: Mapping[int, Sequence[Anchor]]) -> Iterator[int]:
    """Every burst of the database and of the anchors once, in order; not all at once in memory."""
    return (burst_id for burst_id, _ in groupby(merge(unit.portable.bursts(Wanted()), sorted(copied))))
