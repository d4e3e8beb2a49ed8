"""Socket Mode: up to ten WebSocket connections, each delivery to any one of them.

Facts: https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import contextlib
import itertools
import json
import uuid
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox.delivery.answer import Answer, Parcel
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.workspace import Workspace

MOST_CONNECTIONS = 10
WARNED_FOR = 10.0
"""Seconds between a `warning` and the end of the connection."""
LIVES_FOR = 18_060
"""Seconds that `hello` announces as the likely age of a connection."""


@dataclass(eq=False)
class Connection:
    """One open WebSocket and the acknowledgements that it still owes."""

    socket: WebSocket
    number: int
    waiting: dict[str, asyncio.Future[JsonObject]] = field(default_factory=dict)
    leaving: bool = False

    async def send(self, frame: JsonObject) -> None:
        """Send one JSON text frame."""
        await self.socket.send_text(json.dumps(frame))

    def lose(self) -> None:
        """Wake everybody who waits for an acknowledgement that can no longer come."""
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError())


class Sockets:
    """The app's connections, and the outlet over them."""

    def __init__(self, workspace: Workspace, acknowledge_within: float) -> None:
        self._workspace = workspace
        self._acknowledge_within = acknowledge_within
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self.connections: list[Connection] = []
        self._closing: set[asyncio.Task[None]] = set()

    async def serve(self, socket: WebSocket) -> None:
        """Keep one connection for as long as the app does; needs an unused ticket."""
        good = self._workspace.tickets.use(socket.query_params.get("ticket", ""))
        if not good:
            await socket.close(code=1008)
            return
        await socket.accept()
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_text(json.dumps(_disconnect("too_many_websockets")))
            await socket.close()
            return
        connection = Connection(socket, next(self._numbers))
        self.connections.append(connection)
        try:
            await connection.send(self._hello())
            await self._listen(connection)
        except WebSocketDisconnect:
            connection.leaving = True
        finally:
            self.connections.remove(connection)
            connection.lose()

    async def send(self, parcel: Parcel) -> Answer:
        """Deliver through one of the live connections, taking turns."""
        live = [connection for connection in self.connections if not connection.leaving]
        if not live:
            return Answer("failed", reason="connection_failed")
        connection = live[next(self._turn) % len(live)]
        envelope_id = str(uuid.uuid4())
        future: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.send(_envelope(envelope_id, parcel))
            acknowledgement = await asyncio.wait_for(future, self._acknowledge_within)
        except TimeoutError:
            return Answer("timeout", reason="http_timeout")
        except (ConnectionResetError, WebSocketDisconnect):
            return Answer("failed", reason="connection_failed")
        finally:
            connection.waiting.pop(envelope_id, None)
        payload = acknowledgement.get("payload")
        return Answer("acknowledged", payload=payload if isinstance(payload, dict) else None)

    async def refresh(self, reason: str, stays_for: float) -> int:
        """Ask every connection to reconnect, for a Slack reason; return how many were asked.

        Each stays open for `stays_for` seconds and takes its turns meanwhile, beside the one that follows it.
        """
        asked = list(self.connections)
        for connection in asked:
            await connection.send(_disconnect(reason))
        if stays_for > 0:
            self._later(stays_for, asked)
        else:
            await self._close_all(asked)
        return len(asked)

    async def cut(self) -> int:
        """Close every connection without a word; return how many there were."""
        present = list(self.connections)
        await self._close_all(present)
        return len(present)

    def _later(self, wait: float, connections: list[Connection]) -> None:
        async def close() -> None:
            await asyncio.sleep(wait)
            await self._close_all(connections)

        task = asyncio.get_running_loop().create_task(close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _close_all(self, connections: list[Connection]) -> None:
        for connection in connections:
            await self._close(connection)

    async def _close(self, connection: Connection) -> None:
        connection.leaving = True
        if connection.socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await connection.socket.close()
        connection.lose()

    async def _listen(self, connection: Connection) -> None:
        while True:
            text = await connection.socket.receive_text()
            acknowledgement = _read(text)
            future = connection.waiting.get(str(acknowledgement.get("envelope_id")))
            if future is not None and not future.done():
                future.set_result(acknowledgement)

    def _hello(self) -> JsonObject:
        return {
            "type": "hello",
            "connection_info": {"app_id": self._workspace.app.id},
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": LIVES_FOR,
            },
        }


def _envelope(envelope_id: str, parcel: Parcel) -> JsonObject:
    envelope: JsonObject = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "accepts_response_payload": parcel.kind != "events_api",
        "payload": parcel.payload,
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope


def _disconnect(reason: str) -> JsonObject:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}


def _read(text: str) -> JsonObject:
    try:
        frame = json.loads(text)
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) else {}
