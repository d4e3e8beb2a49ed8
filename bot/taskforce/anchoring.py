"""Anchors: where a log stood at some time, under a seal, and whether it still stands there.

A chain cannot show that its end was cut off together with what its burst says of it, or that all of it
was made anew. An anchor can, as far as nobody has the key under which it was sealed.
"""

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.taskforce.logbook import GENESIS, Row, seal
from bot.taskforce.tampering import Finding, Tip, Wrong, examine, named


@dataclass(frozen=True, slots=True)
class Anchor:
    """A log of ``entry_count`` entries, the last with hash ``head``, at a time (aware UTC), under a ``seal``."""

    burst_id: int
    entry_count: int
    head: str
    seal: str
    at: datetime

    def genuine(self, key: bytes) -> bool:
        """Whether it was sealed with ``key`` and is as it was then."""
        made = seal(key, self.burst_id, self.entry_count, self.head)
        return hmac.compare_digest(made.encode(), self.seal.encode())


def verify(rows: Sequence[Row], tip: Tip, anchors: Iterable[Anchor], key: bytes) -> tuple[Finding, ...]:
    """Everything that is wrong with a log, by its chain and by its anchors; empty when it holds.

    ``rows`` are all its entries by ascending number, ``anchors`` are of the same burst.
    """
    chain = examine(rows, tip)
    pinned = [one for one in _against(rows, anchors, key) if not _explained(one, chain)]
    left = [one for one in chain if not any(_within(one, cut) for cut in pinned)]
    return tuple(sorted((*left, *pinned), key=lambda one: (one.first, one.last)))


def _against(rows: Sequence[Row], anchors: Iterable[Anchor], key: bytes) -> Iterator[Finding]:
    hashes = {0: GENESIS, **{row.number: row.entry_hash for row in rows}}
    last, holds = max(hashes), 0
    once = {(anchor.entry_count, anchor.head, anchor.seal): anchor for anchor in anchors}
    ordered = sorted(once.values(), key=lambda anchor: (anchor.entry_count, anchor.at))
    trusted = [anchor for anchor in ordered if anchor.genuine(key)]
    for anchor in ordered:
        if anchor not in trusted:
            words = f"the anchor of {_moment(anchor)} was made with another key, or altered"
            yield Finding(Wrong.ANCHOR, anchor.entry_count, anchor.entry_count, words)
    if trusted and (longest := trusted[-1]).entry_count > last:
        words = f"{named(last + 1, longest.entry_count)} cut off: the anchor of {_moment(longest)} has them"
        yield Finding(Wrong.CUT_OFF, last + 1, longest.entry_count, words)
    for anchor in trusted:
        if anchor.entry_count in hashes and hashes[anchor.entry_count] != anchor.head:
            first = min(holds + 1, anchor.entry_count)
            what = "entry" if first == anchor.entry_count else "one of the entries"
            span = f"{first}" if first == anchor.entry_count else f"{first} to {anchor.entry_count}"
            words = f"{what} {span} was written anew: the anchor of {_moment(anchor)} has another hash"
            yield Finding(Wrong.REWRITTEN, first, anchor.entry_count, words)
            return
        if anchor.entry_count in hashes:
            holds = anchor.entry_count


def _explained(finding: Finding, chain: Sequence[Finding]) -> bool:
    """Whether the chain itself shows what was done where an anchor finds entries rewritten or cut off."""
    if finding.wrong is Wrong.REWRITTEN:
        return any(one.first <= finding.last and one.last >= finding.first for one in chain)
    return any(_within(finding, one) for one in chain)


def _within(finding: Finding, cut: Finding) -> bool:
    both_cut = finding.wrong is cut.wrong is Wrong.CUT_OFF
    return both_cut and cut.first <= finding.first and finding.last <= cut.last


def _moment(anchor: Anchor) -> str:
    return anchor.at.strftime("%Y-%m-%d %H:%M UTC")
