"""What one run of a campaign comes to, and the file that remembers it, so that a rerun goes on where it stopped."""

import json
import random
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True)
class Run:
    """The ``index``-th run of a campaign under a seed.

    ``numbers`` say what was done to the bot, ``duplicates`` what shows more often than it should, by kind,
    ``losses`` in words what was promised and did not hold.
    """

    campaign: str
    seed: int
    index: int
    numbers: Mapping[str, int]
    duplicates: Mapping[str, int] = field(default_factory=dict)
    losses: tuple[str, ...] = ()


# Makes the runs of these indices under a seed, in a folder of its own.
Campaign: TypeAlias = Callable[[Path, int, Iterable[int]], Generator[Run, None, None]]


def drawn(campaign: str, seed: int, index: int) -> random.Random:
    """What one run is drawn by: the same for the same seed."""
    return random.Random(f"{campaign} {seed} {index}")  # noqa: S311 - repeatable, not secret


class Ledger:
    """Runs as JSON lines in ``file``; each is written as soon as it is over."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def runs(self) -> list[Run]:
        """Every run so far; a line that was cut off when its process was killed is none."""
        if not self._file.exists():
            return []
        return [run for line in self._file.read_text(encoding="utf-8").splitlines() if (run := _read(line))]

    def add(self, run: Run) -> None:
        """Remember a run."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(run)) + "\n")


def _read(line: str) -> Run | None:
    try:
        held = json.loads(line)
    except json.JSONDecodeError:
        return None
    return Run(**{**held, "losses": tuple(held["losses"])})
