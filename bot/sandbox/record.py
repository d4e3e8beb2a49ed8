"""What happened between the app and the workspace: every call, every delivery.

Tokens are never recorded. Times are seconds since 1970 (`at`) and seconds (`took`).
"""

import fnmatch
import time
from collections import deque
from dataclasses import asdict, dataclass, field

from bot.sandbox.values import JsonObject

KEPT = 20_000
"""Entries of each kind that are kept; older ones are forgotten."""


@dataclass
class CallEntry:
    """One Web API call, or one use of a response URL, and what it was answered."""

    method: str
    arguments: JsonObject
    at: float = field(default_factory=time.time)
    took: float = 0.0
    status: int = 200
    ok: bool = False
    error: str | None = None
    retry_after: int | None = None
    fault: str | None = None
    answer: JsonObject = field(default_factory=dict)


@dataclass
class DeliveryEntry:
    """One attempt to deliver something to the app: an event, a command, an interaction."""

    kind: str
    name: str
    payload: JsonObject
    event_id: str | None = None
    attempt: int = 0
    at: float = field(default_factory=time.time)
    took: float | None = None
    outcome: str = "waiting"
    answer: JsonObject | None = None


class Record:
    """The latest calls and deliveries."""

    def __init__(self) -> None:
        self.calls: deque[CallEntry] = deque(maxlen=KEPT)
        self.deliveries: deque[DeliveryEntry] = deque(maxlen=KEPT)

    def reset(self) -> None:
        """Forget everything recorded so far."""
        self.calls.clear()
        self.deliveries.clear()

    def calls_json(
        self, *, method: str = "*", error: str | None = None, since: float = 0.0
    ) -> list[JsonObject]:
        """Return calls, oldest first: of methods like `method`, with this error, after `since`."""
        return [
            asdict(entry)
            for entry in self.calls
            if fnmatch.fnmatchcase(entry.method, method)
            and (error is None or entry.error == error)
            and entry.at > since
        ]

    def deliveries_json(
        self, *, kind: str = "*", name: str = "*", outcome: str = "*", since: float = 0.0
    ) -> list[JsonObject]:
        """Return delivery attempts, oldest first, by kind, name (event type or command), outcome."""
        return [
            asdict(entry)
            for entry in self.deliveries
            if fnmatch.fnmatchcase(entry.kind, kind)
            and fnmatch.fnmatchcase(entry.name, name)
            and fnmatch.fnmatchcase(entry.outcome, outcome)
            and entry.at > since
        ]
