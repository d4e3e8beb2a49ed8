"""Faults on demand: what goes wrong between the app and Slack, in a way a test can choose."""

import fnmatch
import itertools
import random
import time
from dataclasses import asdict, dataclass, field
from typing import Literal

from bot.sandbox.values import JsonObject

Kind = Literal["error", "status", "drop", "rate_limit", "non_json", "delay"]
Way = Literal["drop", "duplicate", "reorder", "delay"]


@dataclass
class CallFault:
    """A fault of Web API calls whose method is like `method` (a glob such as `chat.*`).

    `after` lets the call take effect first, so that the app cannot know. `arguments` narrows the
    fault to calls that carry these values. `count` is how often it strikes (None: always),
    `probability` how likely each time. `delay_for` seconds pass before the answer, whatever the
    kind; `retry_after` belongs to `rate_limit`, `status` to `status` and `non_json`, `error` to
    `error`.
    """

    method: str
    kind: Kind
    after: bool = False
    arguments: JsonObject = field(default_factory=dict)
    count: int | None = 1
    probability: float = 1.0
    error: str = "internal_error"
    status: int = 500
    retry_after: int = 1
    delay_for: float = 0.0
    id: int = 0
    struck: int = 0


@dataclass
class DeliveryFault:
    """A fault of deliveries whose kind or name is like `name` (a glob).

    `drop` loses one attempt, `duplicate` sends it twice, `reorder` holds it back until another
    delivery like `name` went out (or `delay_for` passed), `delay` sends it `delay_for` seconds late.
    """

    name: str
    way: Way
    count: int | None = 1
    probability: float = 1.0
    delay_for: float = 1.0
    id: int = 0
    struck: int = 0

    def fits(self, kind: str, name: str) -> bool:
        """Whether a delivery of this kind and name is one that the fault is about."""
        return any(fnmatch.fnmatchcase(word, self.name) for word in (kind, name))


class Faults:
    """The faults in force, and an outage if there is one."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._calls: list[CallFault] = []
        self._deliveries: list[DeliveryFault] = []
        self._outage_ends = 0.0

    def add_call(self, fault: CallFault) -> int:
        """Put a fault of calls in force and return its id."""
        fault.id = next(self._ids)
        self._calls.append(fault)
        return fault.id

    def add_delivery(self, fault: DeliveryFault) -> int:
        """Put a fault of deliveries in force and return its id."""
        fault.id = next(self._ids)
        self._deliveries.append(fault)
        return fault.id

    def clear(self) -> None:
        """End every fault and outage."""
        self._calls.clear()
        self._deliveries.clear()
        self._outage_ends = 0.0

    def start_outage(self, lasts_for: float) -> None:
        """Make Slack unreachable for so many seconds of real time."""
        self._outage_ends = time.monotonic() + lasts_for

    @property
    def outage(self) -> bool:
        """Whether Slack is down now."""
        return time.monotonic() < self._outage_ends

    def for_call(self, method: str, arguments: JsonObject) -> CallFault | None:
        """Return the fault that strikes this call, counting it."""
        for fault in self._calls:
            fits = fnmatch.fnmatchcase(method, fault.method) and _carries(arguments, fault)
            if fits and _strikes(fault):
                return fault
        return None

    def for_delivery(self, kind: str, name: str) -> DeliveryFault | None:
        """Return the fault that strikes this delivery, counting it."""
        for fault in self._deliveries:
            if fault.fits(kind, name) and _strikes(fault):
                return fault
        return None

    def as_json(self) -> JsonObject:
        """Return the faults in force, with how often each struck."""
        return {
            "calls": [asdict(fault) for fault in self._calls],
            "deliveries": [asdict(fault) for fault in self._deliveries],
            "outage": self.outage,
        }


def _carries(arguments: JsonObject, fault: CallFault) -> bool:
    return all(str(arguments.get(name)) == str(value) for name, value in fault.arguments.items())


def _strikes(fault: CallFault | DeliveryFault) -> bool:
    if fault.count is not None and fault.struck >= fault.count:
        return False
    if random.random() >= fault.probability:
        return False
    fault.struck += 1
    return True
