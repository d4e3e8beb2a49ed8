"""``/slack/events``: everything that Slack delivers in HTTP mode, commands and interactions too."""

from collections.abc import Callable, Mapping

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from bot.slack.http import LARGEST_BODY, Reply

PATH = "/slack/events"

Deliver = Callable[[bytes, Mapping[str, str]], Reply]


def add_deliveries(app: FastAPI, deliver: Deliver) -> None:
    """Serve Slack's deliveries with ``deliver``, each on a thread: never on the event loop."""

    @app.post(PATH)
    async def events(request: Request) -> Response:
        """One delivery, answered when it is durable."""
        body = await _body(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = await run_in_threadpool(deliver, body, headers)
        return Response(reply.body, reply.status, dict(reply.headers))


async def _body(request: Request) -> bytes:
    """The body, cut off just beyond what is accepted, so that nobody fills our memory."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST_BODY:
            break
    return bytes(read[: LARGEST_BODY + 1])
