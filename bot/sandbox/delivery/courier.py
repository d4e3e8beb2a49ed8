"""Brings everything to the app: events with repeats, interactions once.

Facts: https://docs.slack.dev/apis/events-api (up to three repeats: nearly at once, after a
minute, after five) and https://docs.slack.dev/interactivity/handling-user-interaction.
"""

import asyncio
import time

from bot.sandbox.delivery.answer import Answer, Kind, Outlet, Parcel
from bot.sandbox.delivery.subscriptions import wanted
from bot.sandbox.faults import DeliveryFault, Faults
from bot.sandbox.record import DeliveryEntry, Record
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.workspace import Workspace


class Courier:
    """Delivers over one outlet, recording every attempt and obeying delivery faults."""

    def __init__(
        self,
        workspace: Workspace,
        outlet: Outlet,
        faults: Faults,
        record: Record,
        retry_waits_for: tuple[float, ...],
    ) -> None:
        self._workspace = workspace
        self._outlet = outlet
        self._faults = faults
        self._record = record
        self._retry_waits_for = retry_waits_for
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[tuple[DeliveryFault, asyncio.Event]] = []

    def event(self, event: JsonObject, channel: Channel | None) -> None:
        """Start delivering an event, if the app is subscribed to it and may see it."""
        manifest, bot = self._workspace.manifest, self._workspace.app.bot_user
        if wanted(manifest, bot, event, channel):
            self._start(event, self._outer(event, channel))

    async def interact(self, kind: Kind, name: str, payload: JsonObject) -> Answer:
        """Deliver a command or an interaction and return what the app answered."""
        if self._faults.outage:
            return Answer("failed", reason="connection_failed")
        fault = self._faults.for_delivery(kind, name)
        return await self._attempt(Parcel(kind, payload), name, fault)

    async def close(self) -> None:
        """Give up on everything that still waits."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, event: JsonObject, outer: JsonObject) -> None:
        task = asyncio.get_running_loop().create_task(self._repeat(event, outer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _repeat(self, event: JsonObject, outer: JsonObject) -> None:
        name = str(event["type"])
        fault = self._faults.for_delivery("events_api", name)
        answer = await self._attempt(Parcel("events_api", outer), name, fault)
        for attempt, wait in enumerate(self._retry_waits_for, start=1):
            if answer.outcome == "acknowledged" or answer.stop:
                return
            await asyncio.sleep(wait)
            parcel = Parcel("events_api", outer, attempt, answer.reason)
            fault = self._faults.for_delivery("events_api", name)
            answer = await self._attempt(parcel, name, fault)

    async def _attempt(self, parcel: Parcel, name: str, fault: DeliveryFault | None) -> Answer:
        entry = DeliveryEntry(
            kind=parcel.kind,
            name=name,
            payload=parcel.payload,
            event_id=parcel.payload.get("event_id"),
            attempt=parcel.attempt,
        )
        self._record.deliveries.append(entry)
        started = time.monotonic()
        answer = await self._send(parcel, name, fault)
        entry.took = time.monotonic() - started
        entry.outcome = "dropped" if fault and fault.way == "drop" else answer.outcome
        entry.answer = answer.payload
        return answer

    async def _send(self, parcel: Parcel, name: str, fault: DeliveryFault | None) -> Answer:
        if self._faults.outage or (fault and fault.way == "drop"):
            return Answer("timeout", reason="http_timeout")
        if fault and fault.way == "delay":
            await asyncio.sleep(fault.delay_for)
        if fault and fault.way == "reorder":
            await self._until_overtaken(fault)
        self._overtake(parcel.kind, name)
        if fault and fault.way == "duplicate":
            first, _second = await asyncio.gather(self._outlet.send(parcel), self._outlet.send(parcel))
            return first
        return await self._outlet.send(parcel)

    def _overtake(self, kind: str, name: str) -> None:
        """Release what was held back until a delivery like this one; it goes out right after."""
        for fault, overtaken in self._held:
            if fault.fits(kind, name):
                overtaken.set()

    async def _until_overtaken(self, fault: DeliveryFault) -> None:
        held = (fault, asyncio.Event())
        self._held.append(held)
        try:
            await asyncio.wait_for(held[1].wait(), fault.delay_for)
        except TimeoutError:
            return
        finally:
            self._held.remove(held)

    def _outer(self, event: JsonObject, channel: Channel | None) -> JsonObject:
        workspace, app = self._workspace, self._workspace.app
        authorization = {
            "enterprise_id": None,
            "team_id": workspace.team_id,
            "user_id": app.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "deprecated",
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.identifiers.new("Ev"),
            "event_time": int(time.time()),
            "authorizations": [authorization],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": workspace.identifiers.new("4-"),
        }
