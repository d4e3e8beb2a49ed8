"""Problems of a programme file: where, what was found, what is allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, at a path of the file (``sites``, ``NGH``, ``zone``) or at a line.

    A ``gap`` will hurt one day but can be served: somebody else steps in, or nobody is told.
    """

    path: Path
    message: str
    line: int | None = None
    gap: bool = False

    def text(self, file: str, lines: Mapping[Path, int]) -> str:
        """``programme.yml:12: sites.NGH.zone: found ...``."""
        line = self.line if self.line is not None else line_of(self.path, lines)
        where = f"{dotted(self.path)}: " if self.path else ""
        return f"{file}:{line}: {where}{'gap: ' if self.gap else ''}{self.message}"


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of the nearest part of ``path`` that the file has; 1 when it has none of it."""
    for length in range(len(path), 0, -1):
        line = lines.get(path[:length])
        if line is not None:
            return line
    return 1


def dotted(path: Path) -> str:
    """``people.priya.roles`` or ``contacts[2].role``, as people count: from 1."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return words.removeprefix(".")
