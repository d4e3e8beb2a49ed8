"""Hanging up: a line that is stopped as it should be leaves no error in the log."""

import logging
import ssl
from collections.abc import Iterator
from pathlib import Path
from threading import Event, current_thread

import pytest
from slack_bolt import App
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from bot.slack.socket import SocketLine
from tests.sandbox.support import puppet, web_client

WATCHDOG = "socket-watchdog"
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
def line() -> Iterator[SocketLine]:
    """A line to a workspace of its own, connected."""
    with running(SandboxSettings(manifest=MANIFEST, port=0, rate_limit_scale=None)) as address:
        app: App = puppet(web_client(address))
        trust = ssl.create_default_context()
        connected = SocketLine(
            app, app_token="xapp-sandbox", api_url=f"{address}/api/", proxy=None, trust=trust
        )
        connected.start()
        with SandboxClient(address) as client:
            client.wait_until_connected(1)
        yield connected


def test_a_line_that_is_closed_while_its_reader_reaches_for_the_socket_logs_no_error(
    line: SocketLine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begun, looked, taken = Event(), Event(), Event()
    is_active, disconnect = Connection.is_active, Connection.disconnect

    def reach(connection: Connection) -> bool:
        active = is_active(connection)
        if current_thread().name != WATCHDOG:
            if begun.is_set():
                looked.set()
                taken.wait(0.3)
            begun.set()
        return active

    def take(connection: Connection) -> None:
        disconnect(connection)
        taken.set()

    monkeypatch.setattr(Connection, "is_active", reach)
    monkeypatch.setattr(Connection, "disconnect", take)
    assert looked.wait(10)
    line.close()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
