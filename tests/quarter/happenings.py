"""What happened, in words that the bot's records and the oracle share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# The sweep looks once a second.
TICK = timedelta(seconds=1)


@dataclass(frozen=True, order=True)
class Happening:
    """To burst number ``burst`` at ``at``: ``what``, which begins with its kind, promised for ``due``."""

    burst: int
    at: datetime
    what: str
    due: datetime

    @property
    def kind(self) -> str:
        """What it is counted as: the first word."""
        return self.what.partition(" ")[0]


def pinged(user: str, rank: str, about: str) -> str:
    """A ping to one person, of a rank, about a clock or a step."""
    return f"ping {user} {rank} {about}"


def reached(user: str, rank: str, about: str) -> str:
    """A ping that was let go to its person, in a message of its own or along with others."""
    return f"told {user} {rank} {about}"


def dropped(user: str, rank: str, about: str) -> str:
    """A ping that was not sent any more, because what it asks was done meanwhile."""
    return f"dropped {user} {rank} {about}"


def climbed(step: str, reached: Iterable[str], brought: Iterable[str] = (), repeat: int = 0) -> str:
    """A step of the ladder that reached these people and brought those, in any order; ``repeat`` as it says."""
    words = f"step {step} reaches {', '.join(sorted(reached)) or 'nobody'}"
    if brought:
        words += f" and brings {', '.join(sorted(brought))}"
    return f"{words}, again {repeat}" if repeat else words


def did(verb: str, who: str) -> str:
    """Somebody's act that was possible."""
    return f"act {verb} by {who}"


def could_not(verb: str, who: str) -> str:
    """An act that was refused, or that nobody was there to do."""
    return f"refused {verb} by {who}"
