"""Starting the sandbox: for good, or in the background of a test."""

import errno
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from bot.sandbox.application import application
from bot.sandbox.errors import Unreachable
from bot.sandbox.sandbox import Sandbox, build
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.wire import CuttableProtocol

STARTS_WITHIN = 15.0


def serve(settings: SandboxSettings, announce: Callable[[str], None] | None = None) -> None:
    """Run the sandbox until the process is told to stop; ``announce`` is told its address once it is up.

    Raises `Unreachable` for a public address, an address in use, or a wrong manifest or seed.
    """
    listening = _listen(settings)
    with listening:
        _server(settings, listening, announce).run(sockets=[listening])


@contextmanager
def running(settings: SandboxSettings) -> Iterator[str]:
    """Run the sandbox in a thread and yield its address; port 0 takes a free one.

    Raises `Unreachable` as `serve` does, and when the server does not come up.
    """
    listening = _listen(settings)
    with listening:
        server = _server(settings, listening)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        if not _up(server, thread):
            raise Unreachable("The sandbox did not start.")
        try:
            yield _address(settings, listening)
        finally:
            server.should_exit = True
            thread.join()


def _server(
    settings: SandboxSettings, listening: socket.socket, announce: Callable[[str], None] | None = None
) -> "_Announcing":
    sandbox = build(settings, _address(settings, listening))
    config = uvicorn.Config(
        application(sandbox),
        http=CuttableProtocol,
        ws="websockets-sansio",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    return _Announcing(config, sandbox, announce)


class _Announcing(uvicorn.Server):
    """A server that tells people, other threads, and through a file other processes, when it is up."""

    def __init__(
        self, config: uvicorn.Config, sandbox: Sandbox, announce: Callable[[str], None] | None
    ) -> None:
        super().__init__(config)
        self.up = threading.Event()
        self._sandbox = sandbox
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self._sandbox.settings.state_file is not None:
            _write_state(self._sandbox, self._sandbox.settings.state_file)
        if self._announce is not None:
            self._announce(self._sandbox.base_url)
        self.up.set()


def _write_state(sandbox: Sandbox, path: Path) -> None:
    """Write the address and the app's identifiers, whole or not at all."""
    app = sandbox.workspace.app
    state = {"address": sandbox.base_url, "app_id": app.id, "bot_user_id": app.bot_user}
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(state), encoding="utf-8")
    unfinished.replace(path)


def _up(server: _Announcing, thread: threading.Thread) -> bool:
    return server.up.wait(STARTS_WITHIN) and thread.is_alive()


def _listen(settings: SandboxSettings) -> socket.socket:
    settings.require_loopback()
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named: without, answers take 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise Unreachable(_no_port(settings, error)) from error
    return listening


def _no_port(settings: SandboxSettings, error: OSError) -> str:
    where = f"Port {settings.port} on {settings.host}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is in use: stop what listens there, or choose another with --port; --port 0 takes a free one."
    return f"{where}: {error.strerror}."


def _address(settings: SandboxSettings, listening: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}"
