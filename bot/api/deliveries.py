"""``/slack/events``: everything that Slack delivers in HTTP mode, commands and interactions too."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect

from bot.slack.http import LARGEST_BODY, Reply

PATH = "/slack/events"
# As many as the database has connections; further ones wait, and health has threads of its own.
AT_ONCE = 16
# Real seconds in which a body has to arrive.
READ_WITHIN = 5.0

Deliver = Callable[[bytes, Mapping[str, str]], Reply]


def add_deliveries(app: FastAPI, deliver: Deliver) -> None:
    """Serve Slack's deliveries with ``deliver``, each on a thread: never on the event loop."""
    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="delivery")

    @app.post(PATH)
    async def events(request: Request) -> Response:
        """One delivery, answered when it is durable."""
        try:
            async with asyncio.timeout(READ_WITHIN):
                body = await _body(request)
        except TimeoutError:
            return Response("The body did not arrive in time.", 408)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = await asyncio.get_running_loop().run_in_executor(threads, deliver, body, headers)
        return Response(reply.body, reply.status, dict(reply.headers))


async def _body(request: Request) -> bytes:
    """The body, cut off just beyond what is accepted, so that nobody fills our memory."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST_BODY:
            break
    return bytes(read[: LARGEST_BODY + 1])
