"""What a row of the table found: ours, what it stands beside, and whether the aim is reached."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. ``met`` is None where there is no aim; ``because`` says why one is missed."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None
    because: str = ""

    @classmethod
    def at_most(cls, what: str, value: float, most: float, *, ours: str, beside: str, because: str) -> Self:
        """A ratio that should stay small: how many times as long, as much or as often."""
        return cls(what, ours, beside, f"{value:.2f}×", f"≤ {most:g}×", value <= most, because)

    @classmethod
    def at_least(cls, what: str, value: float, least: float, *, ours: str, beside: str, because: str) -> Self:
        """A ratio that should be large: what share of the speed."""
        return cls(what, ours, beside, f"{value:.2f}×", f"≥ {least:g}×", value >= least, because)


def seconds(value: float) -> str:
    """Seconds, milliseconds or microseconds, whichever reads best."""
    if value >= 1:
        return f"{value:.2f} s"
    if value >= 0.001:
        return f"{value * 1e3:.1f} ms"
    return f"{value * 1e6:.0f} µs"
