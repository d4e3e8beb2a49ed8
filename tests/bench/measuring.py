"""Measuring two things side by side, so that whatever else the machine does hits both alike."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event
from typing import TypeAlias

from bot import clock

Samples: TypeAlias = list[float]


def taken(work: Callable[[], object]) -> float:
    """Real seconds that ``work`` takes."""
    started = clock.monotonic()
    work()
    return clock.monotonic() - started


def percentile(samples: Iterable[float], of: float) -> float:
    """The value below which the share ``of`` (0 to 1) of the samples lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))]


@dataclass
class Pair:
    """Rounds of two things that were measured in turn."""

    ours: list[Samples] = field(default_factory=list)
    peer: list[Samples] = field(default_factory=list)

    def ratio(self, of: float = 0.5) -> float:
        """Ours to the peer's at that percentile: the median over the rounds."""
        return statistics.median(
            percentile(ours, of) / percentile(peer, of)
            for ours, peer in zip(self.ours, self.peer, strict=True)
        )

    def ours_at(self, of: float = 0.5) -> float:
        """Ours at that percentile, over all rounds."""
        return percentile((sample for samples in self.ours for sample in samples), of)

    def peer_at(self, of: float = 0.5) -> float:
        """The peer's at that percentile, over all rounds."""
        return percentile((sample for samples in self.peer for sample in samples), of)


def side_by_side(ours: Callable[[], Samples], peer: Callable[[], Samples], rounds: int) -> Pair:
    """Measure both ``rounds`` times, each time the other one first; a round before that warms up."""
    pair = Pair()
    for turn in range(rounds + 1):
        if turn % 2:
            theirs, own = peer(), ours()
        else:
            own, theirs = ours(), peer()
        if turn:
            pair.ours.append(own)
            pair.peer.append(theirs)
    return pair


def paced(work: Iterable[Callable[[], float]], per_second: float) -> Samples:
    """What each piece of work says it took, so many begun a second at most: nobody types without a pause."""
    pause, samples = Event(), []
    for piece in work:
        began = clock.monotonic()
        samples.append(piece())
        pause.wait(max(0.0, began + 1 / per_second - clock.monotonic()))
    return samples


def repeated(work: Callable[[], object], times: int) -> Callable[[], Samples]:
    """A round that does ``work`` so many times."""
    return lambda: [taken(work) for _ in range(times)]
