"""What ``/healthz`` and ``/readyz`` say, and that they mean it.

Alive: the engine ticks and the database answers; if not, restarting helps. Ready: alive, and Slack
reaches us and accepts our token; if not, restarting does not help, but somebody should look.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that can be wrong. ``check`` returns what is wrong in words, or an empty string."""

    name: str
    check: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Health:
    """The probes behind both questions."""

    alive: tuple[Probe, ...]
    ready: tuple[Probe, ...]

    def ask_alive(self) -> Mapping[str, str]:
        """What is wrong with the engine, by probe; empty when it lives."""
        return _wrong(self.alive)

    def ask_ready(self) -> Mapping[str, str]:
        """What keeps us from serving, by probe; empty when we do."""
        return _wrong(self.alive + self.ready)


def _wrong(probes: tuple[Probe, ...]) -> dict[str, str]:
    found = {}
    for probe in probes:
        try:
            words = probe.check()
        except Exception as error:  # noqa: BLE001 - a probe that fails is an answer too
            words = f"could not be checked: {type(error).__name__}"
        if words:
            found[probe.name] = words
    return found
