"""The file of anchors, to be copied away from the machine: one line each, appended to, never rewritten.

2026-11-24T08:00:00+00:00 BURST-42 17 <head> <seal>
2026-11-24T08:00:00+00:00 AUDIT 3 <head> <seal>
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.taskforce.anchoring import Anchor
from bot.taskforce.logbook import OF_NO_BURST

FILE_NAME = "anchors.log"
_KEY = "BURST-"
_OF_THE_INSTALLATION = "AUDIT"


def append(file: Path, anchors: Iterable[Anchor]) -> None:
    """Add a line for each anchor."""
    with file.open("a", encoding="ascii") as out:
        out.writelines(f"{_line(anchor)}\n" for anchor in anchors)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a file of anchors holds: those of every burst, of the installation's log, and the lines that are none."""

    anchors: Mapping[int, tuple[Anchor, ...]]
    unreadable: tuple[int, ...] = ()
    audit: tuple[Anchor, ...] = ()


def read(file: Path) -> Copied:
    """The anchors in ``file``; each state of a log once, with the time when it was first seen."""
    found: dict[int, dict[tuple[int, str, str], Anchor]] = {}
    unreadable = []
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                anchor = _anchor(line)
            except ValueError:
                unreadable.append(number)
                continue
            known = found.setdefault(anchor.burst_id, {})
            known.setdefault((anchor.entry_count, anchor.head, anchor.seal), anchor)
    audit = tuple(found.pop(OF_NO_BURST, {}).values())
    anchors = {burst: tuple(known.values()) for burst, known in found.items()}
    return Copied(anchors, tuple(unreadable), audit)


def _line(anchor: Anchor) -> str:
    at = anchor.at.isoformat()
    of = _OF_THE_INSTALLATION if anchor.burst_id == OF_NO_BURST else f"{_KEY}{anchor.burst_id}"
    return f"{at} {of} {anchor.entry_count} {anchor.head} {anchor.seal}"


def _anchor(line: str) -> Anchor:
    """Raises ``ValueError`` for what is no such line."""
    at, of, count, head, seal = line.rstrip("\n").split(" ")
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return Anchor(_pinned(of), int(count), head, seal, moment)


def _pinned(of: str) -> int:
    if of == _OF_THE_INSTALLATION:
        return OF_NO_BURST
    if not of.startswith(_KEY):
        raise ValueError(of)
    return int(of.removeprefix(_KEY))
