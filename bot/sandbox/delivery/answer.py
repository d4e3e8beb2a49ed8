"""What came back from one attempt to deliver something."""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.sandbox.values import JsonObject

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Answer:
    """How an attempt ended; `reason` is Slack's retry reason when it was not acknowledged.

    `payload` is what the app sent along with its acknowledgement, `stop` its wish for no repeat.
    """

    outcome: Literal["acknowledged", "timeout", "failed"]
    payload: JsonObject | None = None
    reason: str = ""
    stop: bool = False


@dataclass(frozen=True)
class Parcel:
    """Something to deliver, with the count and the reason of a repeat."""

    kind: Kind
    payload: JsonObject
    attempt: int = 0
    reason: str = ""


class Outlet(Protocol):
    """A way to the app."""

    async def send(self, parcel: Parcel) -> Answer:
        """Deliver once and wait for the acknowledgement, for as long as Slack waits."""
