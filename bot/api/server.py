"""The HTTP side: health, metrics and, in HTTP mode, Slack's deliveries, on one port.

uvicorn runs in a thread of its own, because the main thread waits for signals.
"""

import socket
from threading import Thread

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from bot.api.health import Health
from bot.errors import BotError

STARTS_WITHIN = 10.0
BACKLOG = 512


def build(health: Health, metrics: CollectorRegistry) -> FastAPI:
    """The application with ``/healthz``, ``/readyz`` and ``/metrics``."""
    app = FastAPI(title="Issue Burst", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        """200 while the engine lives, else 503 with what is wrong."""
        wrong = health.ask_alive()
        return JSONResponse({"ok": not wrong, "wrong": dict(wrong)}, 503 if wrong else 200)

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        """200 while Slack reaches us and we can serve it, else 503 with what is wrong."""
        wrong = health.ask_ready()
        return JSONResponse({"ok": not wrong, "wrong": dict(wrong)}, 503 if wrong else 200)

    @app.get("/metrics")
    def read_metrics() -> Response:
        """Prometheus text."""
        return Response(generate_latest(metrics), media_type=CONTENT_TYPE_LATEST)

    return app


class Server:
    """Serves an application from a thread; ``url`` names the real port, also when 0 was asked for."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        self._socket = _bound(host, port)
        self.url = f"http://{host}:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=5)
        )
        self._thread = Thread(target=self._run, name="http", daemon=True)

    def start(self) -> None:
        """Accept connections from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what is in hand, then stop."""
        self._server.should_exit = True
        self._thread.join(timeout=STARTS_WITHIN)
        self._socket.close()  # uvicorn does not when it is stopped before it has started

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio turns Nagle's delay off only where it is.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise BotError(
            f"cannot listen on {host}:{port}: {error.strerror}; set BURST_HTTP_HOST and BURST_HTTP_PORT"
        ) from error
    return listening
