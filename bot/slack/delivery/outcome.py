"""What came of delivering one intent, as a value: the sender records it, nobody else."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.operations.deliveries import Fact


@dataclass(frozen=True, slots=True)
class Done:
    """It is delivered; ``facts`` are what is known now."""

    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Stale:
    """There is nothing to deliver, and nothing was sent; ``facts`` are what is known now.

    What goes along has nothing to say either, or says it in the message of ``heir``, one of these intents.
    """

    facts: tuple[Fact, ...] = ()
    heir: int | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Nothing was sent: it goes along in the message of ``carrier``, an intent that waits behind it."""

    carrier: int


@dataclass(frozen=True, slots=True)
class Again:
    """Something else had to be found out or done first: record ``facts``, try again ``after`` real seconds."""

    facts: tuple[Fact, ...] = ()
    after: float = 0.0


Outcome: TypeAlias = Done | Stale | Joined | Again
