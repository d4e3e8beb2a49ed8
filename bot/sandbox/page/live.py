"""What tells open pages that something changed: one number that grows, and those who wait for it."""

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page asks again at most so often (seconds), however much happens; and hears that all is well so often.
CALM = 0.15
LOOKS_EVERY = 1.0

# What a method is called after its last dot when it changes nothing.
_READING = frozenset({"list", "info", "history", "replies", "members", "test", "lookupByEmail"})


class Changes:
    """How often the workspace changed; `also` is asked once a second whether something else did."""

    def __init__(self, also: Callable[[], bool]) -> None:
        self.version = 0
        self._also = also
        self._changed = asyncio.Event()

    def note(self) -> None:
        """Something changed."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def look(self) -> None:
        """See whether something else changed, before what is done next can be taken for older or newer than that."""
        if self._also():
            self.note()

    async def stream(self) -> AsyncIterator[str]:
        """Server-sent events named `changed`, one for each change or for several at once."""
        seen = self.version
        yield f"event: changed\ndata: {seen}\n\n"
        while True:
            changed = self._changed
            if seen == self.version:
                try:
                    await asyncio.wait_for(changed.wait(), LOOKS_EVERY)
                except TimeoutError:
                    if self._also():
                        self.note()
                    else:
                        yield ": still here\n\n"
                        continue
            await asyncio.sleep(CALM)
            seen = self.version
            yield f"event: changed\ndata: {seen}\n\n"


class Noticing:
    """Middleware that notes a change after each request that may have made one."""

    def __init__(self, app: ASGIApp, changes: Changes) -> None:
        self._app = app
        self._changes = changes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note the change once it is answered."""

        async def sent(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self._changes.note()

        if not _may_change(scope):
            await self._app(scope, receive, send)
            return
        self._changes.look()
        await self._app(scope, receive, sent)


def _may_change(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] == "GET":
        return False
    path = str(scope["path"])
    return not (path.startswith("/api/") and path.rpartition(".")[2] in _READING)
