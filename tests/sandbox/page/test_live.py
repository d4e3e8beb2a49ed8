"""Which requests open pages hear of: those that may have changed what somebody sees."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from bot.sandbox.page.live import Changes, Noticing


async def _answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


def _versions(method: str, path: str) -> tuple[int, int]:
    """How often the workspace changed, before and after a request."""
    changes = Changes(lambda: False)
    before = changes.version

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_message: Message) -> None:
        return

    scope: Scope = {"type": "http", "method": method, "path": path}
    asyncio.run(Noticing(_answer, changes)(scope, receive, send))
    return before, changes.version


@pytest.mark.parametrize(
    "path", ["/api/views.open", "/api/chat.postMessage", "/as/ann/C1/say", "/response/1"]
)
def test_what_may_change_something_is_noticed(path: str) -> None:
    before, after = _versions("POST", path)
    assert after == before + 1


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/conversations.history"), ("POST", "/api/auth.test"), ("GET", "/as/ann/home")],
)
def test_what_only_reads_is_not(method: str, path: str) -> None:
    before, after = _versions(method, path)
    assert after == before


def test_whatever_moved_before_a_request_is_seen_before_it_is_answered() -> None:
    order: list[str] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_message: Message) -> None:
        return

    async def answering(_scope: Scope, _receive: Receive, _send: Send) -> None:
        order.append("answered")

    def looked() -> bool:
        order.append("looked")
        return True

    scope: Scope = {"type": "http", "method": "POST", "path": "/api/chat.postMessage"}
    changes = Changes(looked)
    asyncio.run(Noticing(answering, changes)(scope, receive, send))
    assert order == ["looked", "answered"]
    assert changes.version == 1
