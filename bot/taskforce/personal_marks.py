"""What tells of one person wherever it stands: their user id, and what else is known to be theirs alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

# A name of one word is in many texts that are about somebody else.
_FULL_NAME = re.compile(r"\S+\s+\S.*")


@dataclass(frozen=True)
class Marks:
    """The user id of a person, and the ``words`` that tell of them, however they are spelled."""

    user: str
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, user: str, *, name: str = "", handle: str = "", others: Iterable[str] = ()) -> "Marks":
        """Those of a person: the name where it is a full one, the handle behind its @, and all the ``others``."""
        full = name if _FULL_NAME.fullmatch(name) else ""
        words = (full, f"@{handle}" if handle else "", *others)
        return cls(user, tuple(dict.fromkeys(filter(None, words))))

    def stand_in(self, value: object) -> bool:
        """Whether a text, or any in what was read from JSON, tells of the person."""
        if isinstance(value, str):
            return self._pattern.search(value) is not None
        if isinstance(value, dict):
            return self.stand_in([*value, *value.values()])
        return isinstance(value, list | tuple) and any(map(self.stand_in, value))

    def replaced(self, value: object, label: str) -> object:
        """The same with ``label`` for the person in every text."""
        if isinstance(value, str):
            return self._pattern.sub(label, value)
        if isinstance(value, dict):
            return {self._pattern.sub(label, key): self.replaced(one, label) for key, one in value.items()}
        return [self.replaced(one, label) for one in value] if isinstance(value, list | tuple) else value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        user = rf"{re.escape(self.user)}(?:\|[^<>]*(?=>))?"
        words = "|".join(map(re.escape, sorted(self.words, key=len, reverse=True)))
        known = rf"{user}|(?i:{words})" if words else user
        return re.compile(rf"(?<!\w)(?:{known})(?!\w)")
