"""Who may take a decision at one moment: the seats that hold its right, and how many of them must agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Holders:
    """Those who hold a decision right.

    ``seats`` has every holder with whoever stands in for them, or None. ``quorum`` is how many seats
    must give the same answer; ``called`` says in words who they are ("the steering cell").
    """

    seats: Mapping[str, str | None] = field(default_factory=dict)
    quorum: int = 1
    called: str = "whoever holds that right"

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who may answer, each holder before their stand-in, nobody twice."""
        pairs = (user for pair in self.seats.items() for user in pair)
        return tuple(dict.fromkeys(user for user in pairs if user is not None))

    def needed(self, quorum: int) -> int:
        """How many voices it takes where ``quorum`` was asked for: never more than there are seats."""
        return max(1, min(quorum, len(self.seats)))

    def seat_of(self, user: str) -> str | None:
        """The seat that ``user`` speaks for: their own, else the first in which they stand in; None without one.

        One person has one voice, for however many they stand in.
        """
        if user in self.seats:
            return user
        return next((holder for holder, stand_in in self.seats.items() if stand_in == user), None)

    def silent(self, voted: frozenset[str]) -> tuple[str, ...]:
        """Everybody of the seats that have not ``voted``."""
        left = {holder: stand_in for holder, stand_in in self.seats.items() if holder not in voted}
        return Holders(left).people
