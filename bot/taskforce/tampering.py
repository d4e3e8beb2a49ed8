"""What was done to a resolution log behind our back: which entry was altered, removed, moved or put in.

The chain shows every change of an entry; here it is told which one it was. An entry fits when its hash
follows from the one before it. One that does not is innocent if it follows from what another entry's
hash is, or was before that was altered; it was moved if it fits under another number; else it was
altered. What the chain cannot show, that its end was cut off or all of it was made anew, ``pinning``
finds against anchors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.taskforce.logbook import GENESIS, Row, body_digest, entry_hash

# Among more misfits than this, entries are looked for only one place from where they stand.
_MOST_SEARCHED = 24


class Wrong(StrEnum):
    """What was done."""

    ALTERED = "altered"
    REMOVED = "removed"
    MOVED = "moved"
    INSERTED = "inserted"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was done to the entries ``first`` to ``last``, and how it shows, in words for an administrator."""

    wrong: Wrong
    first: int
    last: int
    words: str


@dataclass(frozen=True, slots=True)
class Tip:
    """How long the log is and how it ends, as its burst says."""

    count: int
    head: str


def examine(rows: Sequence[Row], tip: Tip) -> tuple[Finding, ...]:
    """Everything that is wrong with a log, in the order of its entries; empty when the chain holds.

    ``rows`` are all its entries by ascending number.
    """
    chain = _Chain(rows, tip)
    found = (*chain.broken(), *chain.edges())
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs without gaps: 3, 4, 7 are (3, 4) and (7, 7)."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def named(first: int, last: int) -> str:
    """The entries in words, as the subject of a sentence about what happened to them."""
    return f"entry {first} was" if first == last else f"entries {first} to {last} were"


class _Chain:
    """The entries of one log by the numbers under which they stand."""

    def __init__(self, rows: Sequence[Row], tip: Tip) -> None:
        self._tip = tip
        self._at = {row.number: row for row in rows}
        self._numbers = range(1, max(tip.count, *self._at, 0) + 1)
        self._misfits = [n for n in self._at if self._before(n) is not None and not self._fits(n)]
        self._unknown = [n for n in self._at if self._before(n) is None]
        self._few = len(self._misfits) <= _MOST_SEARCHED
        self._hashes = [GENESIS, *(row.entry_hash for row in rows)] if self._few else []
        self._moved = self._find_moved()
        self._forged = {n for n in self._at if self._is_forged(n)}

    def broken(self) -> Iterator[Finding]:
        """Entries that are not what was logged, or not where it was logged."""
        for number in self._at:
            origin = self._moved.get(number)
            if number in self._forged:
                yield _inserted(number, number)
            elif _text_differs(self._at[number]):
                yield _altered(number, "its text is not what was logged")
            elif origin is not None:
                words = f"entry {origin} stands where entry {number} should"
                yield Finding(Wrong.MOVED, number, number, words)
            elif number in self._misfits and not self._innocent(number):
                yield _altered(number, self._why(number))

    def edges(self) -> Iterator[Finding]:
        """Entries that are gone, or that stand behind the end which the burst names."""
        kept = {self._moved.get(n, n): row for n, row in self._at.items() if n not in self._forged}
        last, count = max(kept, default=0), self._tip.count
        head = kept[last].entry_hash if kept else GENESIS
        for first, until in spans([n for n in range(1, last) if n not in kept]):
            yield Finding(Wrong.REMOVED, first, until, f"{named(first, until)} removed")
        if head == self._tip.head:
            if last != count:
                yield _altered(last, f"it is the last one, and its burst says that {count} is")
        elif last < count:
            yield Finding(Wrong.CUT_OFF, last + 1, count, f"{named(last + 1, count)} cut off")
        elif last > count:
            yield _inserted(count + 1, last)
        elif last not in self._misfits:
            yield _altered(last, "it is not the one with which its burst says that the log ends")

    def _before(self, number: int) -> str | None:
        """The hash before that number; None when it is not known."""
        if number == 1:
            return GENESIS
        row = self._at.get(number - 1)
        return row.entry_hash if row is not None else None

    def _fits(self, number: int) -> bool:
        return _follows(self._at[number], self._before(number), number)

    def _innocent(self, number: int) -> bool:
        """Whether an entry is what was logged, and only what stands before it is not."""
        row, before = self._at[number], self._at.get(number - 1)
        if before is not None and _follows(row, _made(before, self._before(number - 1)), number):
            return True
        return any(_follows(row, other, number) for other in self._hashes)

    def _find_moved(self) -> dict[int, int]:
        """Under which number an entry was logged, by the number under which it stands, if it is another."""
        origins: dict[int, int] = {}
        for number in (*self._misfits, *self._unknown):
            origin, before = next(self._origins(number), (number, ""))
            if origin == number:
                continue
            origins[number] = origin
            # Whatever has the hash that this one follows was logged just before it.
            standing = next((n for n in self._misfits if self._at[n].entry_hash == before), None)
            if standing not in {None, origin - 1} and not self._innocent(standing):
                origins.setdefault(standing, origin - 1)
        return origins

    def _origins(self, number: int) -> Iterator[tuple[int, str]]:
        """Other numbers under which an entry fits, with the hash that it follows."""
        if number in self._misfits and self._innocent(number):
            return
        strange = [self._at[n].entry_hash for n in self._misfits] if self._few else []
        near = (self._before(number), self._before(number - 1))
        for origin in self._numbers if self._few else (number - 1, number + 1):
            for before in (*near, self._before(origin), *strange):
                if origin != number and before is not None and _follows(self._at[number], before, origin):
                    yield origin, before

    def _is_forged(self, number: int) -> bool:
        """Whether an entry was put in: before all others, as a copy, or where another one was logged."""
        if number < 1:
            return number not in self._moved
        origin = self._moved.get(number)
        if origin is not None:
            return self._copies(number, origin)
        claims = [here for here, claimed in self._moved.items() if claimed == number]
        return any(not self._copies(here, number) for here in claims)

    def _copies(self, number: int, origin: int) -> bool:
        there = self._at.get(origin)
        return there is not None and there.entry_hash == self._at[number].entry_hash

    def _why(self, number: int) -> str:
        made = _made(self._at[number], self._before(number))
        if number + 1 in self._at and _follows(self._at[number + 1], made, number + 1):
            return "its hash is not its own"
        if number == 1:
            return "it is not what was logged"
        return f"it does not follow from entry {number - 1}, unless that one was altered and hashed anew"


def _inserted(first: int, last: int) -> Finding:
    return Finding(Wrong.INSERTED, first, last, f"{named(first, last)} put in")


def _altered(number: int, why: str) -> Finding:
    return Finding(Wrong.ALTERED, number, number, f"entry {number} was altered: {why}")


def _made(row: Row, before: str | None, number: int | None = None) -> str | None:
    """The hash that an entry would have after ``before``, under its own number or ``number``."""
    header = row.header if number is None else {**row.header, "number": number}
    try:
        return None if before is None else entry_hash(before, header, row.digest)
    except ValueError:
        # Something in it is no hash, or no text, any more.
        return None


def _follows(row: Row, before: str | None, number: int) -> bool:
    return before is not None and _made(row, before, number) == row.entry_hash


def _text_differs(row: Row) -> bool:
    if row.erased:
        return False
    if row.salt is None or row.body is None:
        return True
    try:
        return body_digest(row.salt, row.body, row.names) != row.digest
    except ValueError:
        return True
