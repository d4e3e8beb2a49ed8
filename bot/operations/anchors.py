"""The file of anchors, to be copied away from the machine: one line each, appended to, never rewritten.

2026-11-24T08:00:00+00:00 BURST-42 17 <head> <seal>
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.taskforce.anchoring import Anchor

FILE_NAME = "anchors.log"
_KEY = "BURST-"


def append(file: Path, anchors: Iterable[Anchor]) -> None:
    """Add a line for each anchor."""
    with file.open("a", encoding="ascii") as out:
        out.writelines(f"{_line(anchor)}\n" for anchor in anchors)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a file of anchors holds: those of every burst, and the numbers of lines that are none."""

    anchors: Mapping[int, tuple[Anchor, ...]]
    unreadable: tuple[int, ...] = ()


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
    return Copied({burst: tuple(known.values()) for burst, known in found.items()}, tuple(unreadable))


def _line(anchor: Anchor) -> str:
    at = anchor.at.isoformat()
    return f"{at} {_KEY}{anchor.burst_id} {anchor.entry_count} {anchor.head} {anchor.seal}"


def _anchor(line: str) -> Anchor:
    """Raises ``ValueError`` for what is no such line."""
    at, key, count, head, seal = line.rstrip("\n").split(" ")
    if not key.startswith(_KEY):
        raise ValueError(key)
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return Anchor(int(key.removeprefix(_KEY)), int(count), head, seal, moment)
