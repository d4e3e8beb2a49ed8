"""Deliveries have threads of their own: none is on the event loop, and health is answered beside them."""

import asyncio
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Semaphore
from urllib.parse import urlsplit

import httpx
import pytest
from prometheus_client import CollectorRegistry

from bot.api import deliveries, server
from bot.api.deliveries import AT_ONCE, PATH, Deliver, add_deliveries
from bot.api.health import Health
from bot.slack.http import Reply

SOON = 20.0


@contextmanager
def serving(deliver: Deliver) -> Iterator[str]:
    """An address at which deliveries are answered so."""
    application = server.build(Health((), ()), CollectorRegistry())
    add_deliveries(application, deliver)
    running = server.Server(application, "127.0.0.1", 0)
    running.start()
    try:
        yield running.url
    finally:
        running.stop()


def post(address: str) -> int:
    """Deliver something; returns the status."""
    with httpx.Client(trust_env=False, verify=False, timeout=SOON) as client:  # noqa: S501 - loopback
        return client.post(address + PATH, content=b"x").status_code


def get(address: str) -> int:
    """Ask for health; returns the status."""
    with httpx.Client(trust_env=False, verify=False, timeout=SOON) as client:  # noqa: S501 - loopback
        return client.get(f"{address}/healthz").status_code


def test_a_delivery_is_not_on_the_event_loop() -> None:
    """Where there is none, asking for the running one fails."""
    found: list[str] = []

    def deliver(_body: bytes, _headers: Mapping[str, str]) -> Reply:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            found.append("a thread")
        return Reply(200, "", {})

    with serving(deliver) as address:
        assert post(address) == 200
    assert found == ["a thread"]


def test_health_is_answered_while_every_delivery_waits_for_the_database() -> None:
    """More deliveries than there are threads for them."""
    inside, leave = Semaphore(0), Event()

    def deliver(_body: bytes, _headers: Mapping[str, str]) -> Reply:
        inside.release()
        leave.wait(SOON)
        return Reply(200, "", {})

    with serving(deliver) as address, ThreadPoolExecutor(AT_ONCE + 4) as people:
        waiting = [people.submit(post, address) for _ in range(AT_ONCE + 4)]
        for _ in range(AT_ONCE):
            assert inside.acquire(timeout=SOON)
        assert get(address) == 200
        assert not any(one.done() for one in waiting)
        leave.set()
        assert {one.result() for one in waiting} == {200}


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody announces a hundred bytes and sends none."""
    monkeypatch.setattr(deliveries, "READ_WITHIN", 0.1)
    with serving(lambda _body, _headers: Reply(200, "", {})) as address:
        where = urlsplit(address)
        with socket.create_connection((str(where.hostname), where.port or 0), timeout=SOON) as line:
            line.sendall(f"POST {PATH} HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n".encode())
            assert line.recv(100).startswith(b"HTTP/1.1 408 ")


def test_who_hangs_up_while_sending_harms_nobody() -> None:
    """The next is served."""
    with serving(lambda _body, _headers: Reply(200, "", {})) as address:
        where = urlsplit(address)
        with socket.create_connection((str(where.hostname), where.port or 0), timeout=SOON) as line:
            line.sendall(f"POST {PATH} HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nx".encode())
        assert post(address) == 200
