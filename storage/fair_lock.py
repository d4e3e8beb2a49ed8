"""A lock that is handed over in the order in which it was asked for.

SQLite's own waiting is a lottery: with eight writers the unluckiest waits for seconds
(https://www.sqlite.org/c3ref/busy_timeout.html), and ``threading.Lock`` promises no order either.
Slack gives three seconds, so every writer of this process queues here first.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """First come, first served, between the threads of one process. Not reentrant."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._holder: int | None = None

    @contextmanager
    def turn(self, wait_for: float) -> Iterator[bool]:
        """Hold the lock inside the block; yields False, without it, after ``wait_for`` real seconds.

        Raises ``RuntimeError`` when the thread already holds it: it would wait for itself.
        """
        taken = self._take(wait_for)
        try:
            yield taken
        finally:
            if taken:
                self._pass_on()

    def _take(self, wait_for: float) -> bool:
        me = threading.get_ident()
        with self._guard:
            if self._holder == me:
                raise RuntimeError("this thread already holds the write turn")
            if self._holder is None:
                self._holder = me
                return True
            called = threading.Event()
            self._queue.append(called)
        try:
            if called.wait(wait_for):
                self._holder = me
                return True
        except BaseException:
            # An interrupted waiter must not be handed a turn that it would never pass on.
            if self._give_up(called, me):
                self._pass_on()
            raise
        return self._give_up(called, me)

    def _give_up(self, called: threading.Event, me: int) -> bool:
        """Leave the queue, unless the turn came in the very moment of giving up."""
        with self._guard:
            if called.is_set():
                self._holder = me
                return True
            self._queue.remove(called)
            return False

    def _pass_on(self) -> None:
        with self._guard:
            if self._queue:
                self._holder = -1  # handed over; the next one writes its name when it wakes
                self._queue.popleft().set()
            else:
                self._holder = None
