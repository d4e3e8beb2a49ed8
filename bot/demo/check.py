"""What the story promises: each expectation is looked for, and what did not come true is named at the end."""

from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.client import NeverHappened, wait_for

Found = TypeVar("Found")
WITHIN = 15.0


class StoryStops(Exception):
    """A promise did not come true and the scene cannot go on without it."""


class Promises:
    """Collects what came true and what did not; ``told`` hears of each as it is known.

    ``within`` are the seconds in which a promise has to come true unless it says otherwise.
    """

    def __init__(self, told: Callable[[str, bool], None], within: float = WITHIN) -> None:
        self._told = told
        self._within = within
        self.kept: list[str] = []
        self.broken: list[str] = []

    def that(self, words: str, came_true: object, *, seen: object = "") -> None:
        """Note whether a promise came true; ``seen`` is what was there instead."""
        if came_true:
            self.kept.append(words)
        else:
            self.broken.append(f"{words}; seen: {seen!r}" if seen else words)
        self._told(words, bool(came_true))

    def soon(self, words: str, look: Callable[[], Found], within: float | None = None) -> Found:
        """Wait until ``look`` finds something and return it. Raises ``StoryStops`` after ``within`` seconds."""
        found = self.silently(words, look, within)
        self.that(words, came_true=True)
        return found

    def silently(self, words: str, look: Callable[[], Found], within: float | None = None) -> Found:
        """Wait as ``soon`` does, for what is no promise by itself: only its absence is told."""
        try:
            return wait_for(look, self._within if within is None else within, words)
        except NeverHappened as never:
            self.that(words, came_true=False, seen=str(never))
            raise StoryStops(words) from never

    def broken_off(self, scene: str, error: Exception) -> None:
        """Note that a scene was not played to its end."""
        self.that(f"the scene “{scene}” is played to its end", came_true=False, seen=str(error))
