"""Which entries of a log were corrected, and by which: a correction may be corrected as well."""

from collections.abc import Iterator, Mapping, Sequence

from bot.taskforce.burst import Correction


def original(corrections: Sequence[Correction], number: int) -> int:
    """The entry that entry ``number`` is about in the end: itself, unless it is a correction."""
    return [number, *_corrected_by(corrections, number)][-1]


def latest(corrections: Sequence[Correction]) -> Mapping[int, int]:
    """For each entry that was corrected, which one says last what it should have said."""
    last: dict[int, int] = {}
    for one in corrections:
        for number in _corrected_by(corrections, one.by):
            last[number] = one.by
    return last


def _corrected_by(corrections: Sequence[Correction], number: int) -> Iterator[int]:
    """What the correction ``number`` corrects, and what that corrects in turn."""
    corrects = {one.by: one.entry for one in corrections}
    while number in corrects:
        number = corrects[number]
        yield number
