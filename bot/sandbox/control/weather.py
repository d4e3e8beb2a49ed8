"""The record of what happened, and the faults that make it happen worse."""

from fastapi import APIRouter

from bot.sandbox.control import models
from bot.sandbox.delivery.sockets import WARNED_FOR
from bot.sandbox.faults import CallFault, DeliveryFault
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject


def routes(sandbox: Sandbox) -> APIRouter:
    """Return the routes of the record, of faults, limits and sockets."""
    router = APIRouter(prefix="/sandbox", tags=["weather"])
    _record(router, sandbox)
    _faults(router, sandbox)

    @router.post("/rate-limits")
    async def rate_limits(change: models.LimitScale) -> JsonObject:
        sandbox.limits.set_scale(change.scale)
        return {}

    @router.post("/sockets")
    async def sockets(request: models.Refresh) -> JsonObject:
        if request.reason == "cut":
            return {"connections": await sandbox.sockets.cut()}
        usual = WARNED_FOR if request.reason == "warning" else 0.0
        stays_for = usual if request.stays_for is None else request.stays_for
        return {"connections": await sandbox.sockets.refresh(request.reason, stays_for)}

    return router


def _record(router: APIRouter, sandbox: Sandbox) -> None:
    record = sandbox.record

    @router.get("/record/calls")
    async def calls(method: str = "*", error: str | None = None, since: float = 0.0) -> JsonObject:
        return {"calls": record.calls_json(method=method, error=error, since=since)}

    @router.get("/record/deliveries")
    async def deliveries(
        kind: str = "*", name: str = "*", outcome: str = "*", since: float = 0.0
    ) -> JsonObject:
        found = record.deliveries_json(kind=kind, name=name, outcome=outcome, since=since)
        return {"deliveries": found}

    @router.delete("/record")
    async def reset() -> JsonObject:
        record.reset()
        return {}


def _faults(router: APIRouter, sandbox: Sandbox) -> None:
    faults = sandbox.faults

    @router.post("/faults/calls")
    async def add_call_fault(new: models.NewCallFault) -> JsonObject:
        return {"id": faults.add_call(CallFault(**new.model_dump()))}

    @router.post("/faults/deliveries")
    async def add_delivery_fault(new: models.NewDeliveryFault) -> JsonObject:
        return {"id": faults.add_delivery(DeliveryFault(**new.model_dump()))}

    @router.post("/faults/outage")
    async def outage(new: models.Outage) -> JsonObject:
        faults.start_outage(new.lasts_for)
        await sandbox.sockets.cut()
        return {}

    @router.get("/faults")
    async def present() -> JsonObject:
        return faults.as_json()

    @router.delete("/faults")
    async def clear() -> JsonObject:
        faults.clear()
        return {}
