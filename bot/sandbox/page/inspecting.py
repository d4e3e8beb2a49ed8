"""The inspector: what went between the app and the workspace, faults to inject, and policy time to move."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from fastapi import APIRouter, Depends, HTTPException, Response

from bot.sandbox.faults import CallFault, DeliveryFault
from bot.sandbox.page.desk import Desk
from bot.sandbox.page.guarding import require_own
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message

SHOWN = 60
_LATEST = 20
_MOMENT = re.compile(r"<!date\^([0-9]{1,11})\^")


@dataclass(frozen=True)
class Happening:
    """One call or delivery: `way` is `call` or `delivery`, `took` in milliseconds or None while it lasts."""

    way: str
    name: str
    at: datetime
    took: int | None
    outcome: str
    is_well: bool
    attempt: int
    sent: JsonObject
    answered: JsonObject | None

    @property
    def key(self) -> str:
        """What tells it from the others of its way: when it happened, to the microsecond."""
        return f"{self.at.timestamp():.6f}"


@dataclass(frozen=True)
class Inspected:
    """Everything that the inspector shows; `next_at` is the next time that the app has shown anywhere."""

    happenings: tuple[Happening, ...]
    faults: tuple[str, ...]
    connections: int
    is_movable: bool
    now: datetime
    next_at: datetime | None
    rate: float


def inspected(desk: Desk) -> Inspected:
    """What the inspector shows now, the latest first."""
    sandbox = desk.sandbox
    both = sorted([*_calls(desk), *_deliveries(desk)], key=lambda one: one.at, reverse=True)
    return Inspected(
        happenings=tuple(both[:SHOWN]),
        faults=tuple(_faults(desk)),
        connections=len(sandbox.sockets.connections),
        is_movable=desk.time.is_movable,
        now=desk.time.now(),
        next_at=next_moment(desk),
        rate=desk.time.rate,
    )


def next_moment(desk: Desk) -> datetime | None:
    """The earliest time ahead that the app has written as a date into a message that can still be seen."""
    now = desk.time.now()
    return min((at for at in _moments(desk) if at > now), default=None)


def happened(desk: Desk, way: str, key: str) -> Happening | None:
    """The call or delivery of that key, while it is among the latest."""
    return next(
        (one for one in (*_calls(desk), *_deliveries(desk)) if (one.way, one.key) == (way, key)), None
    )


def routes(desk: Desk) -> APIRouter:
    """Return the routes by which the inspector moves time and breaks things."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(require_own)])

    @router.post("/page/time/forward/{minutes}")
    async def forward(minutes: int) -> Response:
        return _moved(desk, lambda: desk.time.forward(timedelta(minutes=minutes)))

    @router.post("/page/time/next")
    async def to_next() -> Response:
        ahead = next_moment(desk)
        if ahead is None:
            return desk.toast("The app has shown no time that lies ahead.")
        # The app rings its clocks once a second.
        return _moved(desk, lambda: desk.time.forward(ahead - desk.time.now() + timedelta(seconds=2)))

    @router.post("/page/time/rate/{rate}")
    async def rate(rate: int) -> Response:
        return _moved(desk, lambda: desk.time.run(rate))

    @router.post("/page/fault/{kind}")
    async def fault(kind: str) -> Response:
        inject = _INJECT.get(kind)
        if inject is None:
            raise HTTPException(404, "There is no such fault.")
        inject(desk)
        return desk.toast("")

    return router


def _moved(desk: Desk, move: Callable[[], None]) -> Response:
    try:
        move()
    except ValueError as error:
        return desk.toast(f"{str(error).capitalize()}.")
    return desk.toast("")


def _calls(desk: Desk) -> Iterator[Happening]:
    for entry in islice(reversed(desk.sandbox.record.calls), SHOWN):
        yield Happening(
            way="call",
            name=entry.method,
            at=datetime.fromtimestamp(entry.at, UTC),
            took=round(entry.took * 1000),
            outcome="ok" if entry.ok else entry.error or f"HTTP {entry.status}",
            is_well=entry.ok,
            attempt=0,
            sent=entry.arguments,
            answered=entry.answer,
        )


def _deliveries(desk: Desk) -> Iterator[Happening]:
    for entry in islice(reversed(desk.sandbox.record.deliveries), SHOWN):
        yield Happening(
            way="delivery",
            name=entry.name,
            at=datetime.fromtimestamp(entry.at, UTC),
            took=None if entry.took is None else round(entry.took * 1000),
            outcome=entry.outcome,
            is_well=entry.outcome in {"acknowledged", "waiting"},
            attempt=entry.attempt,
            sent=entry.payload,
            answered=entry.answer,
        )


def _faults(desk: Desk) -> Iterator[str]:
    present = desk.sandbox.faults.as_json()
    if present["outage"]:
        yield "Slack is down"
    for fault in present["calls"]:
        if fault["count"] is None or fault["struck"] < fault["count"]:
            yield f"{fault['method']}: {fault['kind']}"
    for fault in present["deliveries"]:
        if fault["count"] is None or fault["struck"] < fault["count"]:
            yield f"{fault['name']}: {fault['way']}"


def _moments(desk: Desk) -> Iterator[datetime]:
    for channel in desk.sandbox.workspace.conversations.channels.values():
        for message in () if channel.archived else _prominent(channel):
            if message.is_by_app:
                for found in _MOMENT.findall(repr(message.blocks)):
                    yield datetime.fromtimestamp(int(found), UTC)


def _prominent(channel: Channel) -> Iterator[Message]:
    """What is pinned, and the latest: looking through everything that was ever said would take too long."""
    pinned = (channel.timeline.find(pin.ts) for pin in channel.pins)
    yield from (message for message in pinned if message is not None)
    yield from channel.timeline.latest(_LATEST)


def _refuse_calls(desk: Desk) -> None:
    desk.sandbox.faults.add_call(CallFault("chat.*", "status", count=3))


def _cut_calls(desk: Desk) -> None:
    desk.sandbox.faults.add_call(CallFault("chat.postMessage", "drop", after=True))


def _limit_calls(desk: Desk) -> None:
    desk.sandbox.faults.add_call(CallFault("*", "rate_limit", retry_after=5))


def _lose_delivery(desk: Desk) -> None:
    desk.sandbox.faults.add_delivery(DeliveryFault("*", "drop"))


def _repeat_delivery(desk: Desk) -> None:
    desk.sandbox.faults.add_delivery(DeliveryFault("*", "duplicate"))


def _outage(desk: Desk) -> None:
    desk.sandbox.faults.start_outage(10)


_INJECT: Mapping[str, Callable[[Desk], None]] = {
    "refuse": _refuse_calls,
    "cut": _cut_calls,
    "limit": _limit_calls,
    "lose": _lose_delivery,
    "repeat": _repeat_delivery,
    "outage": _outage,
    "clear": lambda desk: desk.sandbox.faults.clear(),
}
