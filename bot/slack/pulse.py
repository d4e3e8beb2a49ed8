"""Notices that this process stood still: it was frozen, or the machine gave it no time.

Whatever it hears right after that may have waited in a buffer, and whoever sent it has long been told that
it failed, or has sent it to another process. Doing it now would do it a second time.
"""

from collections.abc import Callable
from threading import Event, Lock, Thread

import structlog
from slack_bolt import BoltResponse

from bot import clock

log = structlog.get_logger(__name__)

BEATS_EVERY = 1.0
# Slack waits three seconds for an answer; a process that stood still for longer has missed it.
STOOD_STILL_FOR = 5.0
SETTLES_FOR = 2.0


class Pulse:
    """Beats once a second from ``start`` to ``stop``. Thread safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._beat_at = clock.monotonic()
        self._woke_at = float("-inf")
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="pulse", daemon=True)

    def start(self) -> None:
        """Begin beating."""
        self._beat_at = clock.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Beat no more."""
        self._stopping.set()
        self._thread.join()

    def just_woke(self) -> bool:
        """Whether this process stood still until a moment ago, so that what it hears now may be old."""
        with self._lock:
            now = clock.monotonic()
            if now - self._beat_at > STOOD_STILL_FOR:
                self._woke_at = now
            self._beat_at = now
            return now - self._woke_at < SETTLES_FOR

    def _run(self) -> None:
        while not self._stopping.wait(BEATS_EVERY):
            self.just_woke()


def refusing_what_waited(just_woke: Callable[[], bool]) -> Callable[..., BoltResponse]:
    """Bolt middleware: 503, or no answer in Socket Mode, so that events come again and people try again."""

    def middleware(next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt calls it so
        if not just_woke():
            return next()
        log.warning("delivery_too_late")
        return BoltResponse(status=503, body="")

    return middleware
